#include "hil/report/style.hpp"

namespace saggar::report {
namespace {

// Colours of things are Okabe & Ito's, with those that are too near to the ground exchanged: black
// and blue on dark for white and yellow. Words of verdicts are darker or lighter shades of them, so
// that they are read as text (4.5:1). Dark is for screens only: paper is light.
constexpr std::string_view kStyle = R"css(:root {
  color-scheme: light dark;
  --ground: #ffffff; --ink: #1b1f24; --soft: #57606a; --rule: #d0d7de; --stripe: #f6f8fa;
  --link: #0b5394; --reference: #57606a;
  --pass: #00634a; --miss: #a33b00; --misfit: #7d5200; --info: #00568a;
  --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #cc79a7; --c4: #e69f00; --c5: #56b4e9;
  --c6: #1b1f24;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #14181d; --ink: #e6e9ed; --soft: #a3abb5; --rule: #39414b; --stripe: #1b2027;
    --link: #7cc4f0; --reference: #a3abb5;
    --pass: #4fd0a5; --miss: #ff9a5c; --misfit: #f0c04a; --info: #7cc4f0;
    --c0: #56b4e9; --c1: #e8762b; --c2: #1fb98b; --c3: #d68fb7; --c4: #e69f00; --c5: #f0e442;
    --c6: #e6e9ed;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans KR", sans-serif;
}
main { max-width: 728px; margin: 0 auto; padding: 24px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
h2 {
  font-size: 19px; margin: 36px 0 10px; padding-top: 14px; border-top: 1px solid var(--rule);
}
p { margin: 8px 0; max-width: 70ch; overflow-wrap: anywhere; }
a { color: var(--link); }
.subtitle { font-size: 17px; color: var(--soft); margin: 0; }
.date, .caption, .note, .unit { color: var(--soft); font-size: 13px; }
.caption, .note { margin: 4px 0 0; }
nav { margin: 20px 0; padding: 10px 14px; background: var(--stripe); border-radius: 6px; }
nav ol { margin: 0; padding-left: 22px; }
.scroll { overflow-x: auto; }
figure { margin: 18px 0 24px; }
figcaption, caption { font-weight: 600; text-align: left; margin: 0 0 6px; padding: 0; }
.table { margin: 18px 0 24px; }
table { border-collapse: collapse; font-size: 14px; }
caption { padding-bottom: 6px; }
th, td { padding: 4px 14px 4px 0; text-align: left; vertical-align: top; }
th { border-bottom: 2px solid var(--rule); vertical-align: bottom; }
td { border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
.r { text-align: right; font-variant-numeric: tabular-nums; }
.m { text-align: center; }
.unit { display: block; font-weight: 400; }
b.pass { color: var(--pass); }
b.miss { color: var(--miss); }
b.misfit { color: var(--misfit); }
b.info { color: var(--info); }
svg { display: block; }
svg text { font-size: 12px; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg text.small { font-size: 11px; }
svg text.title { fill: var(--soft); }
svg text.halo { paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
.axis { stroke: var(--soft); stroke-width: 1; }
.grid { stroke: var(--rule); stroke-width: 1; }
.reference { stroke: var(--reference); stroke-width: 1.2; stroke-dasharray: 7 4; }
.hatch { stroke: var(--soft); stroke-width: 1; fill: none; }
.line {
  fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linejoin: round;
  stroke-linecap: round;
}
.dashed { stroke-dasharray: 6 5; }
.dots { fill: none; stroke: currentColor; stroke-width: 5; stroke-linecap: round; }
.area { fill: currentColor; fill-opacity: 0.22; stroke: none; }
.bars { fill: currentColor; }
.line.d1 { stroke-dasharray: 2 4; }
.line.d2 { stroke-dasharray: 10 4 2 4; }
.bars.d1, .area.d1, .dots.d1 { opacity: 0.65; }
.bars.d2, .area.d2, .dots.d2 { opacity: 0.4; }
.c0 { color: var(--c0); }
.c1 { color: var(--c1); }
.c2 { color: var(--c2); }
.c3 { color: var(--c3); }
.c4 { color: var(--c4); }
.c5 { color: var(--c5); }
.c6 { color: var(--c6); }
@page { size: A4; margin: 15mm; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  figure, tr { break-inside: avoid; }
  h2, figcaption, caption { break-after: avoid; }
  thead { display: table-header-group; }
  svg, b { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

}  // namespace

std::string_view style() { return kStyle; }

}  // namespace saggar::report
