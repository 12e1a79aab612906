/* Controllers that ask for whatever does harm, within the limits they are told: at random, from one
 * edge to the other, or always away from the reference. What a safety filter is for (LC-13). While
 * another rung drives they track, as the host asks of all, so that they get the seat and keep it.
 */
#include "zoo.h"

enum { SWINGS_HOLD_STEPS = 90 };

#if defined(ZOO_RANDOM)
/* Uniform in 0 .. 1, the minimal standard generator: exact in doubles. */
static double swings_draw(zoo_self* self) {
  if (self->other < 1) self->other = 1 + self->param[ZOO_TRIM_K] * self->param[ZOO_TRIM_K];
  self->other = (double)(16807U * (uint64_t)self->other % 2147483647U);
  return self->other / 2147483647.0;
}
#endif

/* Proposes what is in force. */
static saggar_status track(saggar_output* out) {
  uint32_t i;
  for (i = 0; i < out->count; ++i) out->value[i] = out->working[i];
  return SAGGAR_OK;
}

static saggar_status step(void* me, saggar_io* io) {
  zoo_self* self = (zoo_self*)me;
  saggar_output* out = &io->outputs[0];
  uint32_t i;
  if (!zoo_is_time(self, io)) {
    const saggar_status status = zoo_step(self, io);
    self->steps = 0;
    return status;
  }
  if (!(io->flags & SAGGAR_IO_DRIVING)) return track(out);
#if defined(ZOO_WORST_SIGN)
  const saggar_input* in = &io->inputs[0];
  for (i = 0; i < out->count; ++i) {
    const int above = i < in->count && in->value[i] >= out->reference[i];
    out->value[i] = above ? out->high[i] : out->low[i];
  }
#else
  const uint64_t steps = (uint64_t)self->steps;
  const int again = steps % SWINGS_HOLD_STEPS == 0;
  static double kept[8][256];
  double* mine = kept[self - zoo_instance];
#if defined(ZOO_BANG_BANG)
  const int up = steps / SWINGS_HOLD_STEPS % 2 == 0;
  for (i = 0; again && i < out->count && i < 256; ++i) mine[i] = up ? 1 : 0;
#else
  for (i = 0; again && i < out->count && i < 256; ++i) mine[i] = swings_draw(self);
#endif
  for (i = 0; i < out->count && i < 256; ++i) {
    out->value[i] = out->low[i] + mine[i] * (out->high[i] - out->low[i]);
  }
#endif
  self->steps += 1;
  return SAGGAR_OK;
}

static void spoil(saggar_plugin* table) { table->step = step; }
ZOO_PLUGIN(spoil)
