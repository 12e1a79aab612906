#!/usr/bin/env python3
"""Each check finds what is planted in a small tree, and nothing in the same tree without it."""
import contextlib
import io
import pathlib
import tempfile
import unittest

import check_layers
import check_mirror
import check_readmes
import check_size
import check_tags
import check_tests
import check_words
import run

TABLE = """set(SAGGAR_LAYERS
  "sdk:"
  "domain: sdk"
  "wire: domain"
  "guard: domain"
  "record: domain"
  "app: *")
function(x)
endfunction()
"""


class Tree(unittest.TestCase):
    """A temporary tree; plant() writes a file into it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.plant("cmake/layers.cmake", TABLE)

    def plant(self, path, content=""):
        """Writes a file."""
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(content, encoding="utf-8")

    def expect_clean(self, check):
        """Nothing is found."""
        self.assertEqual(check.check(self.root), [])

    def expect_one(self, check, *words):
        """Exactly one finding, with these words in it."""
        findings = check.check(self.root)
        self.assertEqual(len(findings), 1, findings)
        for word in words:
            self.assertIn(word, findings[0])


class Layers(Tree):
    """check_layers.py"""

    def test_allowed_includes(self):
        self.plant("runtime/guard/a.hpp", '#include <vector>\n#include "runtime/domain/frame.hpp"\n')
        self.plant("runtime/guard/b.cpp", "#include <saggar/plugin/units.hpp>\n")
        self.plant("runtime/domain/tag.hpp", "#include <saggar/plugin/units.hpp>\n")
        self.plant("runtime/app/main.cpp", '#include "runtime/wire/link.hpp"\n#include <CLI/CLI.hpp>\n')
        self.plant("tests/runtime/guard/a_test.cpp", '#include <zmq.hpp>\n#include "runtime/wire/link.hpp"\n')
        self.expect_clean(check_layers)

    def test_forbidden_edge(self):
        self.plant("runtime/guard/a.cpp", '\n#include "runtime/wire/link.hpp"\n')
        self.expect_one(check_layers, "runtime/guard/a.cpp:2", "'guard' must not include from 'wire'")

    def test_sdk_beyond_units(self):
        self.plant("runtime/guard/a.cpp", "#include <saggar/plugin/abi.h>\n")
        self.expect_one(check_layers, "'sdk'")

    def test_domain_takes_units_only(self):
        self.plant("runtime/domain/a.cpp", "#include <saggar/plugin/controller.hpp>\n")
        self.expect_one(check_layers, "units.hpp only")

    def test_folder_without_row(self):
        self.plant("runtime/newcomer/a.cpp")
        self.expect_one(check_layers, "newcomer", "no row")

    def test_third_party_is_private(self):
        for header in ("zmq.hpp", "boost/dll/shared_library.hpp", "sqlite3.h", "toml++/toml.h", "openssl/evp.h",
                       "spdlog/spdlog.h", "fmt/format.h", "flatbuffers/flatbuffers.h", "gtest/gtest.h"):
            with self.subTest(header=header):
                self.plant("runtime/guard/a.cpp", f"#include <{header}>\n")
                self.expect_one(check_layers, header, "private")

    def test_logging_in_a_header(self):
        self.plant("runtime/record/log.hpp", "#include <spdlog/spdlog.h>\n")
        self.expect_one(check_layers, "no logging")

    def test_including_tests(self):
        self.plant("runtime/guard/a.cpp", '#include "tests/support/gate.hpp"\n')
        self.expect_one(check_layers, "never include tests")


class Mirror(Tree):
    """check_mirror.py"""

    def test_mirrored(self):
        self.plant("runtime/guard/guard.cpp")
        self.plant("tests/runtime/guard/guard_test.cpp")
        self.plant("tests/runtime/guard/CMakeLists.txt", "saggar_test(guard_test SOURCES guard_test.cpp)\n")
        self.expect_clean(check_mirror)

    def test_source_without_test(self):
        self.plant("hil/kiln/heat.cpp")
        self.expect_one(check_mirror, "hil/kiln/heat.cpp", "tests/hil/kiln/heat_test.cpp")

    def test_listed_reason(self):
        self.plant("hil/kiln/heat.cpp")
        self.plant("tests/lint/mirror_exceptions.txt", "# note\nhil/kiln/heat.cpp tested through kiln_test.cpp\n")
        self.expect_clean(check_mirror)

    def test_row_without_reason(self):
        self.plant("hil/kiln/heat.cpp")
        self.plant("tests/lint/mirror_exceptions.txt", "hil/kiln/heat.cpp\n")
        self.expect_one(check_mirror, "no reason")

    def test_stale_row(self):
        self.plant("tests/lint/mirror_exceptions.txt", "hil/kiln/gone.cpp it was here\n")
        self.expect_one(check_mirror, "gone.cpp is not a source")

    def test_lost_test(self):
        self.plant("tests/runtime/guard/guard_test.cpp")
        self.expect_one(check_mirror, "never runs")


class Tests(Tree):
    """check_tests.py"""

    def test_clean(self):
        self.plant("tests/a_test.cpp", "TEST(A, B) {}\n// later work is in TO" "DO #12\n")
        self.expect_clean(check_tests)

    def test_disabled(self):
        self.plant("tests/a_test.cpp", "TEST(A, DIS" "ABLED_B) {}\n")
        self.expect_one(check_tests, "tests/a_test.cpp:1", "disabled")

    def test_skipped(self):
        self.plant("tests/a_test.cpp", 'TEST(A, B) { GTEST_' 'SKIP() << "slow"; }\n')
        self.expect_one(check_tests, "without a reason")
        self.plant("tests/lint/skip_exceptions.txt", "tests/a_test.cpp needs a network\n")
        self.expect_clean(check_tests)

    def test_stale_skip_row(self):
        self.plant("tests/lint/skip_exceptions.txt", "tests/a_test.cpp needs a network\n")
        self.expect_one(check_tests, "skips nothing")

    def test_commented_out(self):
        self.plant("tests/CMakeLists.txt", "# saggar_test(a_test SOURCES a_test.cpp)\n")
        self.expect_one(check_tests, "commented out")

    def test_left_for_later(self):
        for word in ("TO" "DO", "FIX" "ME"):
            with self.subTest(word=word):
                self.plant("runtime/guard/a.cpp", f"// {word}: the other case\n")
                self.expect_one(check_tests, "issue number")


class Size(Tree):
    """check_size.py"""

    @staticmethod
    def function(name, lines):
        """A C++ function of so many lines."""
        return f"int {name}(int a,\n" + " " * 8 + "int b) noexcept {\n" + "  a += b;\n" * (lines - 4) + "  return a;\n}\n"

    def test_limits_are_inclusive(self):
        self.plant("runtime/a.cpp", "// line\n" * (400 - 60) + self.function("f", 60))
        self.expect_clean(check_size)

    def test_long_file(self):
        self.plant("runtime/a.cpp", "// line\n" * 401)
        self.expect_one(check_size, "401 lines")

    def test_long_function(self):
        self.plant("runtime/a.cpp", "namespace x {\n" + self.function("f", 61) + self.function("g", 60) + "}\n")
        self.expect_one(check_size, "a.cpp:2", "f has 61 lines")

    def test_long_method_constructor_and_template(self):
        body = "  x();\n" * 60
        for head in ("class A final : public B {\n public:\n  void f() const override", "A::A(int a)\n    : a_{a}, b_(1)",
                     "template <class T>\nauto f(T&& t) -> decltype(t())", "bool operator==(const A& a)"):
            with self.subTest(head=head):
                tail = "};\n" if head.startswith("class") else ""
                self.plant("runtime/a.cpp", f"{head} {{\n{body}}}\n{tail}")
                self.assertEqual(len(check_size.check(self.root)), 1)

    def test_tables_strings_and_types_are_no_functions(self):
        rows = '  {"a(", 1},\n' * 100
        self.plant("runtime/a.cpp", f"constexpr Row kRows[] = {{\n{rows}}};\nstruct A {{\n" + "  int a;\n" * 100 + "};\n")
        self.expect_clean(check_size)

    def test_a_macro_body_is_no_function(self):
        self.plant("runtime/a.cpp", "#define F(x) \\\n" + "  if (x) { \\\n" * 70 + "  y\nint g() { return 1; }\n")
        self.expect_clean(check_size)

    def test_python_function(self):
        self.plant("tests/a.py", "def f():\n" + "    x = 1\n" * 60)
        self.expect_one(check_size, "f has 61 lines")

    def test_listed_with_date_and_reason(self):
        self.plant("runtime/a.cpp", self.function("f", 61))
        self.plant("tests/lint/size_exceptions.txt", "runtime/a.cpp:f 2025-01-31 one table of cases\n")
        self.expect_clean(check_size)
        self.plant("tests/lint/size_exceptions.txt", "runtime/a.cpp:f because\n")
        self.expect_one(check_size, "needs a date")

    def test_stale_row(self):
        self.plant("tests/lint/size_exceptions.txt", "runtime/a.cpp 2025-01-31 it was long\n")
        self.expect_one(check_size, "small enough now")


class Tags(Tree):
    """check_tags.py"""

    def header(self, content):
        """Plants an SDK header."""
        self.plant("plugins/sdk/include/saggar/plugin/ext/x.h", content)

    def test_tagged(self):
        self.header("typedef struct s {\n  /* Does.   [main & !active] */\n  void (*f)(void *self);\n"
                    "  /* Says.\n   *   [control & active] */\n  const char *(*g)(void *self, int (*h)(void));\n} s;\n"
                    "/* Entry. [any] */\nSAGGAR_EXPORT const s *entry(void);\n")
        # h is a parameter of g and stands behind its tag.
        self.expect_clean(check_tags)

    def test_untagged_pointer(self):
        self.header("typedef struct s {\n  /* Does. [main] */\n  void (*f)(void);\n  /* Says. */\n  int (*g)(void);\n} s;\n")
        self.expect_one(check_tags, "x.h:5", "g has no")

    def test_unknown_thread(self):
        self.header("typedef struct s {\n  /* Does. [worker] */\n  void (*f)(void);\n} s;\n")
        self.expect_one(check_tags, "f has no")

    def test_untagged_export(self):
        self.header("/* Entry. */\nSAGGAR_EXPORT const int *entry(void);\n")
        self.expect_one(check_tags, "entry has no")


class Words(Tree):
    """check_words.py"""

    def test_clean(self):
        self.plant("docs/a.md", "see build/release/bin and https://example.org/wo" "rk/x\n")
        self.expect_clean(check_words)

    def test_paths_of_one_machine(self):
        for path in ("/wo" "rk/main", "/ho" "me/kim/saggar", "/ro" "ot/x"):
            with self.subTest(path=path):
                self.plant("docs/a.md", f"look into {path}\n")
                self.expect_one(check_words, "docs/a.md:1", "one machine")

    def test_merge_blanks_and_line_end(self):
        self.plant("runtime/a.cpp", "<<<<<<" "< ours\n")
        self.expect_one(check_words, "merge")
        self.plant("runtime/a.cpp", "int a; \n")
        self.expect_one(check_words, "blanks")
        self.plant("runtime/a.cpp", "int a;")
        self.expect_one(check_words, "no end of line")


class Readmes(Tree):
    """check_readmes.py"""

    def test_folders_with_sources_need_one(self):
        self.plant("runtime/README.md", "# runtime\n")
        self.plant("runtime/guard/a.cpp")
        self.expect_one(check_readmes, "runtime/guard")
        self.plant("runtime/guard/README.md", "# guard\n")
        self.expect_clean(check_readmes)

    def test_one_screen(self):
        self.plant("docs/README.md", "line\n" * 61)
        self.expect_one(check_readmes, "one screen")

    def test_mirrors_need_none(self):
        self.plant("tests/README.md", "# tests\n")
        self.plant("tests/runtime/guard/a_test.cpp")
        self.expect_clean(check_readmes)
        self.plant("tests/zoo/throws.cpp")
        self.expect_one(check_readmes, "tests/zoo")


class Runner(Tree):
    """run.py"""

    def test_one_line_each_and_an_exit_code(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            self.assertEqual(run.main([str(self.root)]), 0)
        self.assertEqual(len(out.getvalue().splitlines()), len(run.CHECKS))
        self.plant("runtime/guard/a.cpp", '#include "runtime/wire/link.hpp"\n')
        with contextlib.redirect_stdout(out):
            self.assertEqual(run.main([str(self.root), "layers"]), 1)
        self.assertIn("must not include", out.getvalue())


if __name__ == "__main__":
    unittest.main()
