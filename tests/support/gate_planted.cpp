// A library that does, on request, one thing that a control thread must not do.
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <vector>

extern "C" {

__attribute__((visibility("default"))) void planted_vector(int n) {
  std::vector<double> values(static_cast<std::size_t>(n), 1.0);
  // Keeps the vector alive: without it the compiler may drop the allocation.
  asm volatile("" : : "r"(values.data()) : "memory");
}

__attribute__((visibility("default"))) void planted_mutex() {
  static std::mutex mutex;
  const std::lock_guard<std::mutex> lock(mutex);
}

__attribute__((visibility("default"))) int planted_write(int fd) {
  return static_cast<int>(::write(fd, "x", 1));
}

__attribute__((visibility("default"))) double planted_sum(const double* values, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i) sum += values[i];
  return sum;
}
}
