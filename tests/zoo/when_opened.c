/* Libraries that do harm while they are opened: for the scan in a child process only. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "zoo.h"

__attribute__((constructor)) static void on_open(void) {
#if defined(ZOO_CRASHES)
  signal(SIGSEGV, SIG_DFL);
  raise(SIGSEGV);
#elif defined(ZOO_EXITS)
  _exit(3);
#elif defined(ZOO_HANGS)
  for (;;) pause();
#endif
}
static void spoil(saggar_plugin* table) { (void)table; }
ZOO_PLUGIN(spoil)
