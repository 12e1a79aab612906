/* Controllers whose step goes wrong: one way each, while it is the time (see zoo.h). */
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "zoo.h"

static saggar_status misbehave(zoo_self* self, saggar_io* io);

static saggar_status step(void* self, saggar_io* io) {
  const saggar_status status = zoo_step(self, io);
  return zoo_is_time((const zoo_self*)self, io) ? misbehave((zoo_self*)self, io) : status;
}

#if defined(ZOO_NEVER_RETURNS)
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  const struct timespec hour = {3600, 0};
  (void)self;
  while (io != 0) nanosleep(&hour, 0);
  return SAGGAR_OK;
}
#elif defined(ZOO_NOT_A_NUMBER)
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  io->outputs[0].value[io->outputs[0].count - 1] = NAN;
  return SAGGAR_OK;
}
#elif defined(ZOO_INFINITE)
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  io->outputs[0].value[0] = -INFINITY;
  return SAGGAR_OK;
}
#elif defined(ZOO_WRONG_LENGTH)
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  io->outputs[0].count -= 1;
  return SAGGAR_OK;
}
#elif defined(ZOO_WRITES_PAST_END)
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  io->outputs[0].value[io->outputs[0].count] = 800;
  return SAGGAR_OK;
}
#elif defined(ZOO_MOVES_POINTERS)
static double mine[256];
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  io->outputs[0].value = mine;
  return SAGGAR_OK;
}
#elif defined(ZOO_ALLOCATES)
static void* volatile kept;
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  (void)io;
  kept = malloc(4096);
  free(kept);
  return SAGGAR_OK;
}
#elif defined(ZOO_REPORTS_FAULT)
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  static const char text[] = "thermal model diverged";
  (void)self;
  if (io->message_capacity >= sizeof text) memcpy(io->message, text, sizeof text);
  return SAGGAR_FAULT;
}
#elif defined(ZOO_STRANGE_STATUS)
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  (void)io;
  return 77;
}
#elif defined(ZOO_NO_PROPOSAL)
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  io->reason = SAGGAR_WHY_INFEASIBLE;
  return SAGGAR_NO_PROPOSAL;
}
#elif defined(ZOO_OUT_OF_DOMAIN)
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  io->reason = SAGGAR_WHY_OUT_OF_DOMAIN;
  return SAGGAR_NO_PROPOSAL;
}
#elif defined(ZOO_NOT_READY)
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  io->reason = SAGGAR_WHY_NOT_READY;
  return SAGGAR_NO_PROPOSAL;
}
#elif defined(ZOO_INPUTS_MISSING)
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  io->reason = SAGGAR_WHY_INPUTS_MISSING;
  return SAGGAR_OK_DEGRADED;
}
#elif defined(ZOO_LIMITLESS)
/* Finite nonsense, in and out of every limit: what the guard is for. */
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  uint32_t i;
  for (i = 0; i < io->outputs[0].count; ++i) {
    io->outputs[0].value[i] = ((uint64_t)self->steps + i) % 2 == 0 ? 1e9 : -1e9;
  }
  return SAGGAR_OK;
}
#elif defined(ZOO_TOO_SLOW) || defined(ZOO_SLEEPS)
/* 50 ms, by spinning or by sleeping: far above the budget of a step inside the cycle. */
static saggar_status misbehave(zoo_self* self, saggar_io* io) {
  (void)self;
  (void)io;
#if defined(ZOO_SLEEPS)
  const struct timespec pause = {0, 50000000};
  nanosleep(&pause, 0);
#else
  struct timespec begin, now;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  do {
    clock_gettime(CLOCK_MONOTONIC, &now);
  } while ((now.tv_sec - begin.tv_sec) * 1000000000L + (now.tv_nsec - begin.tv_nsec) < 50000000L);
#endif
  return SAGGAR_OK;
}
#endif

static void spoil(saggar_plugin* table) { table->step = step; }
ZOO_PLUGIN(spoil)
