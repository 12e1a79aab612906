/* Preloaded into a program, it makes threads sleep at random where they meet the system: up to
 * SAGGAR_CHAOS_US microseconds, at about one call in eight. What such a run computes must not
 * change. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <poll.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static __thread uint64_t t_state;

static void maybe_sleep(void) {
  static long limit_us = -1;
  if (limit_us < 0) {
    const char* text = getenv("SAGGAR_CHAOS_US");
    limit_us = text != NULL ? atol(text) : 0;
  }
  if (limit_us == 0) return;
  if (t_state == 0) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    t_state = (uint64_t)now.tv_nsec * 2654435761u + (uint64_t)(uintptr_t)&t_state + 1u;
  }
  t_state ^= t_state << 13;
  t_state ^= t_state >> 7;
  t_state ^= t_state << 17;
  if ((t_state >> 20) % 8u != 0) return;
  struct timespec nap = {0, (long)((t_state >> 32) % (uint64_t)limit_us) * 1000};
  nanosleep(&nap, NULL);
}

/* std::atomic wait and notify reach the kernel through syscall(). */
long syscall(long number, ...) {
  static long (*real)(long, ...) = NULL;
  if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "syscall");
  va_list list;
  va_start(list, number);
  const long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long);
  const long d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
  va_end(list);
  if (number == SYS_futex) maybe_sleep();
  return real(number, a, b, c, d, e, f);
}

int poll(struct pollfd* fds, nfds_t count, int timeout) {
  static int (*real)(struct pollfd*, nfds_t, int) = NULL;
  if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "poll");
  maybe_sleep();
  return real(fds, count, timeout);
}

int epoll_wait(int fd, struct epoll_event* events, int count, int timeout) {
  static int (*real)(int, struct epoll_event*, int, int) = NULL;
  if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "epoll_wait");
  maybe_sleep();
  return real(fd, events, count, timeout);
}

ssize_t send(int fd, const void* data, size_t size, int flags) {
  static ssize_t (*real)(int, const void*, size_t, int) = NULL;
  if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "send");
  maybe_sleep();
  return real(fd, data, size, flags);
}
