/* Preloaded into a program, it makes threads sleep at random where they meet the system, for a
 * uniform 0 to SAGGAR_CHAOS_US microseconds. What such a run computes must not change.
 *
 * Hooked, and how often a call is delayed before it is made:
 *   1 in 16    where threads wait or wake each other: futex (std::atomic wait and notify), poll,
 *              epoll_wait, sem_wait, pthread_cond_wait, _timedwait, _clockwait, _signal and
 *              _broadcast, nanosleep, clock_nanosleep
 *   always     the first call of each thread, whatever it is: some hardly call at all
 *   1 in 32    where data pass: read, write, send, sendmsg, recv, recvmsg
 *   1 in 1024  what is called by the thousand: pthread_mutex_lock, sched_yield, clock_gettime (it
 *              stands inside the cycle too)
 * At exit it writes `calls`, `sleeps`, `threads` and `threads_slept`, and the same per call, to the
 * file SAGGAR_CHAOS_REPORT. Calls that libc makes inside itself are not seen. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* name, one in so many */
#define CHAOS_CALLS(X) \
  X(futex, 16)         \
  X(poll, 16)          \
  X(epoll_wait, 16)    \
  X(sem_wait, 16)      \
  X(cond_wait, 16)     \
  X(cond_wake, 16)     \
  X(nanosleep, 16)     \
  X(read, 32)          \
  X(write, 32)         \
  X(send, 32)          \
  X(recv, 32)          \
  X(mutex_lock, 1024)  \
  X(sched_yield, 1024) \
  X(clock_gettime, 1024)

#define CHAOS_ID(name, rate) CALL_##name,
enum { CHAOS_CALLS(CHAOS_ID) CALLS };
#define CHAOS_RATE(name, rate) rate,
static const uint32_t kRates[CALLS] = {CHAOS_CALLS(CHAOS_RATE)};
#define CHAOS_NAME(name, rate) #name,
static const char* const kNames[CALLS] = {CHAOS_CALLS(CHAOS_NAME)};

static atomic_ullong calls[CALLS], sleeps[CALLS];
static atomic_uint threads, threads_slept;
static atomic_uint limit_us; /* 0: not started, or over */
static __thread uint64_t t_state;
static __thread int t_slept, t_inside;

static void begin_thread(void) {
  const unsigned n = atomic_fetch_add(&threads, 1) + 1;
  t_state = (uint64_t)getpid() * 2654435761u ^ (uint64_t)n * 0x9E3779B97F4A7C15u;
  if (t_state == 0) t_state = n;
}

static void maybe_sleep(int call) {
  const unsigned most = atomic_load_explicit(&limit_us, memory_order_relaxed);
  if (most == 0 || t_inside) return;
  t_inside = 1;
  if (t_state == 0) begin_thread();
  atomic_fetch_add_explicit(&calls[call], 1, memory_order_relaxed);
  t_state ^= t_state << 13;
  t_state ^= t_state >> 7;
  t_state ^= t_state << 17;
  if (!t_slept || (t_state >> 20) % kRates[call] == 0) {
    atomic_fetch_add_explicit(&sleeps[call], 1, memory_order_relaxed);
    if (!t_slept) atomic_fetch_add(&threads_slept, 1);
    t_slept = 1;
    const struct timespec nap = {0, (long)((t_state >> 32) % (most + 1u)) * 1000};
    nanosleep(&nap, NULL); /* the hook below sees t_inside and adds nothing */
  }
  t_inside = 0;
}

__attribute__((constructor)) static void begin(void) {
  const char* text = getenv("SAGGAR_CHAOS_US");
  const long us = text != NULL ? atol(text) : 0;
  atomic_store(&limit_us, us > 0 && us < 1000000 ? (unsigned)us : 0u);
}

__attribute__((destructor)) static void end(void) {
  const char* path = getenv("SAGGAR_CHAOS_REPORT");
  atomic_store(&limit_us, 0);
  FILE* out = path != NULL ? fopen(path, "w") : NULL;
  if (out == NULL) return;
  unsigned long long all_calls = 0, all_sleeps = 0;
  for (int i = 0; i < CALLS; ++i) {
    all_calls += atomic_load(&calls[i]);
    all_sleeps += atomic_load(&sleeps[i]);
    fprintf(out, "%s %llu %llu\n", kNames[i], atomic_load(&calls[i]), atomic_load(&sleeps[i]));
  }
  fprintf(out, "calls %llu\nsleeps %llu\nthreads %u\nthreads_slept %u\n", all_calls, all_sleeps,
          atomic_load(&threads), atomic_load(&threads_slept));
  fclose(out);
}

/* The next definition in the lookup order; of the condition functions the present ones, not those
 * of 2002 that bear the same name. */
static void* next(const char* name) {
  void* found = dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2");
  return found != NULL ? found : dlsym(RTLD_NEXT, name);
}
#define REAL(result, name, ...)              \
  static result (*real)(__VA_ARGS__) = NULL; \
  if (real == NULL) *(void**)&real = next(#name)

long syscall(long number, ...) {
  REAL(long, syscall, long, ...);
  va_list list;
  va_start(list, number);
  const long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long);
  const long d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
  va_end(list);
  if (number == SYS_futex) maybe_sleep(CALL_futex);
  return real(number, a, b, c, d, e, f);
}

int poll(struct pollfd* fds, nfds_t count, int timeout) {
  REAL(int, poll, struct pollfd*, nfds_t, int);
  maybe_sleep(CALL_poll);
  return real(fds, count, timeout);
}
int epoll_wait(int fd, struct epoll_event* events, int count, int timeout) {
  REAL(int, epoll_wait, int, struct epoll_event*, int, int);
  maybe_sleep(CALL_epoll_wait);
  return real(fd, events, count, timeout);
}
int sem_wait(sem_t* semaphore) {
  REAL(int, sem_wait, sem_t*);
  maybe_sleep(CALL_sem_wait);
  return real(semaphore);
}

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  REAL(int, pthread_cond_wait, pthread_cond_t*, pthread_mutex_t*);
  maybe_sleep(CALL_cond_wait);
  return real(condition, mutex);
}
int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                           const struct timespec* until) {
  REAL(int, pthread_cond_timedwait, pthread_cond_t*, pthread_mutex_t*, const struct timespec*);
  maybe_sleep(CALL_cond_wait);
  return real(condition, mutex, until);
}
int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                           const struct timespec* until) {
  REAL(int, pthread_cond_clockwait, pthread_cond_t*, pthread_mutex_t*, clockid_t,
       const struct timespec*);
  maybe_sleep(CALL_cond_wait);
  return real(condition, mutex, clock, until);
}
int pthread_cond_signal(pthread_cond_t* condition) {
  REAL(int, pthread_cond_signal, pthread_cond_t*);
  maybe_sleep(CALL_cond_wake);
  return real(condition);
}
int pthread_cond_broadcast(pthread_cond_t* condition) {
  REAL(int, pthread_cond_broadcast, pthread_cond_t*);
  maybe_sleep(CALL_cond_wake);
  return real(condition);
}
int pthread_mutex_lock(pthread_mutex_t* mutex) {
  REAL(int, pthread_mutex_lock, pthread_mutex_t*);
  maybe_sleep(CALL_mutex_lock);
  return real(mutex);
}

int nanosleep(const struct timespec* time, struct timespec* left) {
  REAL(int, nanosleep, const struct timespec*, struct timespec*);
  maybe_sleep(CALL_nanosleep);
  return real(time, left);
}
int clock_nanosleep(clockid_t clock, int flags, const struct timespec* time,
                    struct timespec* left) {
  REAL(int, clock_nanosleep, clockid_t, int, const struct timespec*, struct timespec*);
  maybe_sleep(CALL_nanosleep);
  return real(clock, flags, time, left);
}
int sched_yield(void) {
  REAL(int, sched_yield, void);
  maybe_sleep(CALL_sched_yield);
  return real();
}
int clock_gettime(clockid_t clock, struct timespec* now) {
  REAL(int, clock_gettime, clockid_t, struct timespec*);
  maybe_sleep(CALL_clock_gettime);
  return real(clock, now);
}

ssize_t read(int fd, void* data, size_t size) {
  REAL(ssize_t, read, int, void*, size_t);
  maybe_sleep(CALL_read);
  return real(fd, data, size);
}
ssize_t write(int fd, const void* data, size_t size) {
  REAL(ssize_t, write, int, const void*, size_t);
  maybe_sleep(CALL_write);
  return real(fd, data, size);
}
ssize_t send(int fd, const void* data, size_t size, int flags) {
  REAL(ssize_t, send, int, const void*, size_t, int);
  maybe_sleep(CALL_send);
  return real(fd, data, size, flags);
}
ssize_t sendmsg(int fd, const struct msghdr* message, int flags) {
  REAL(ssize_t, sendmsg, int, const struct msghdr*, int);
  maybe_sleep(CALL_send);
  return real(fd, message, flags);
}
ssize_t recv(int fd, void* data, size_t size, int flags) {
  REAL(ssize_t, recv, int, void*, size_t, int);
  maybe_sleep(CALL_recv);
  return real(fd, data, size, flags);
}
ssize_t recvmsg(int fd, struct msghdr* message, int flags) {
  REAL(ssize_t, recvmsg, int, struct msghdr*, int);
  maybe_sleep(CALL_recv);
  return real(fd, message, flags);
}
