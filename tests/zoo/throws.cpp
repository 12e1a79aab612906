// Controllers that let a C++ exception escape through the C table, each from another function.
// (One written with controller.hpp cannot: its trampolines are noexcept.)
#include <stdexcept>

#include "zoo.h"

namespace {

[[noreturn, maybe_unused]] void raise_it() { throw std::runtime_error("matrix is singular"); }

#if defined(ZOO_THROWS_IN_STEP)
saggar_status step(void* self, saggar_io* io) {
  const saggar_status status = zoo_step(self, io);
  if (zoo_is_time(static_cast<const zoo_self*>(self), io)) raise_it();
  return status;
}
void spoil(saggar_plugin* table) { table->step = step; }
#elif defined(ZOO_THROWS_AN_INT)
saggar_status step(void* self, saggar_io* io) {
  const saggar_status status = zoo_step(self, io);
  if (zoo_is_time(static_cast<const zoo_self*>(self), io)) throw 42;
  return status;
}
void spoil(saggar_plugin* table) { table->step = step; }
#elif defined(ZOO_THROWS_IN_CREATE)
saggar_status create(const saggar_host*, void**) { raise_it(); }
void spoil(saggar_plugin* table) { table->create = create; }
#elif defined(ZOO_THROWS_IN_CONFIGURE)
saggar_status configure(void*, const saggar_setup*, char*, std::uint32_t) { raise_it(); }
void spoil(saggar_plugin* table) { table->configure = configure; }
#elif defined(ZOO_THROWS_IN_ACTIVATE)
saggar_status activate(void*) { raise_it(); }
void spoil(saggar_plugin* table) { table->activate = activate; }
#elif defined(ZOO_THROWS_AT_THE_END)
void deactivate(void*) { raise_it(); }
void destroy(void* self) {
  zoo_destroy(self);
  raise_it();
}
void spoil(saggar_plugin* table) {
  table->deactivate = deactivate;
  table->destroy = destroy;
}
#endif

}  // namespace

extern "C" {
ZOO_PLUGIN(spoil)
}
