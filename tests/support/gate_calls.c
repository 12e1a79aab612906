/* The calls that the gate counts, each handed on to the C library. C, not C++: the C library
 * declares some of them noexcept and some not, and a C++ definition would have to agree. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { ALLOCATION, FREE, LOCK, WAIT, WRITE };
extern void saggar_gate_count(int kind, const char* call);

/* ---- heap: the C library's own doors, so that nothing has to be looked up inside malloc ---- */
extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);
extern void* __libc_memalign(size_t, size_t);
extern void __libc_free(void*);

void* malloc(size_t size) {
  saggar_gate_count(ALLOCATION, "malloc");
  return __libc_malloc(size);
}

void* calloc(size_t count, size_t size) {
  saggar_gate_count(ALLOCATION, "calloc");
  return __libc_calloc(count, size);
}

void* realloc(void* data, size_t size) {
  saggar_gate_count(ALLOCATION, "realloc");
  return __libc_realloc(data, size);
}

void* aligned_alloc(size_t alignment, size_t size) {
  saggar_gate_count(ALLOCATION, "aligned_alloc");
  return __libc_memalign(alignment, size);
}

void* memalign(size_t alignment, size_t size) {
  saggar_gate_count(ALLOCATION, "memalign");
  return __libc_memalign(alignment, size);
}

int posix_memalign(void** out, size_t alignment, size_t size) {
  saggar_gate_count(ALLOCATION, "posix_memalign");
  if (alignment % sizeof(void*) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
    return EINVAL;
  }
  void* data = __libc_memalign(alignment, size);
  if (data == NULL) return ENOMEM;
  *out = data;
  return 0;
}

void free(void* data) {
  if (data == NULL) return;
  saggar_gate_count(FREE, "free");
  __libc_free(data);
}

/* ---- everything else: the next definition in the lookup order ---- */
static void* next(const char* name) {
  void* found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}

#define GATED(kind, type, name, params, args) \
  type name params {                          \
    static type(*_Atomic real) params;        \
    saggar_gate_count(kind, #name);           \
    type(*call) params = atomic_load(&real);  \
    if (call == NULL) {                       \
      *(void**)(&call) = next(#name);         \
      atomic_store(&real, call);              \
    }                                         \
    return call args;                         \
  }

GATED(LOCK, int, pthread_mutex_lock, (pthread_mutex_t * m), (m))
GATED(LOCK, int, pthread_mutex_trylock, (pthread_mutex_t * m), (m))
GATED(LOCK, int, pthread_rwlock_rdlock, (pthread_rwlock_t * l), (l))
GATED(LOCK, int, pthread_rwlock_wrlock, (pthread_rwlock_t * l), (l))

GATED(WAIT, int, pthread_cond_wait, (pthread_cond_t * c, pthread_mutex_t* m), (c, m))
GATED(WAIT, int, pthread_cond_timedwait,
      (pthread_cond_t * c, pthread_mutex_t* m, const struct timespec* t), (c, m, t))
GATED(WAIT, int, pthread_cond_clockwait,
      (pthread_cond_t * c, pthread_mutex_t* m, clockid_t k, const struct timespec* t), (c, m, k, t))
GATED(WAIT, int, sem_wait, (sem_t * s), (s))
GATED(WAIT, int, nanosleep, (const struct timespec* t, struct timespec* left), (t, left))
GATED(WAIT, int, clock_nanosleep,
      (clockid_t k, int flags, const struct timespec* t, struct timespec* left),
      (k, flags, t, left))
GATED(WAIT, int, usleep, (useconds_t us), (us))
GATED(WAIT, int, poll, (struct pollfd * fds, nfds_t n, int ms), (fds, n, ms))
GATED(WAIT, int, ppoll,
      (struct pollfd * fds, nfds_t n, const struct timespec* t, const sigset_t* s), (fds, n, t, s))
GATED(WAIT, int, epoll_wait, (int fd, struct epoll_event* e, int n, int ms), (fd, e, n, ms))
GATED(WAIT, int, select, (int n, fd_set* r, fd_set* w, fd_set* x, struct timeval* t),
      (n, r, w, x, t))

GATED(WRITE, ssize_t, write, (int fd, const void* data, size_t n), (fd, data, n))
GATED(WRITE, ssize_t, writev, (int fd, const struct iovec* v, int n), (fd, v, n))
GATED(WRITE, ssize_t, pwrite, (int fd, const void* data, size_t n, off_t at), (fd, data, n, at))
GATED(WRITE, ssize_t, pwrite64, (int fd, const void* data, size_t n, off64_t at), (fd, data, n, at))
GATED(WRITE, ssize_t, read, (int fd, void* data, size_t n), (fd, data, n))
GATED(WRITE, ssize_t, send, (int fd, const void* data, size_t n, int flags), (fd, data, n, flags))
GATED(WRITE, ssize_t, sendmsg, (int fd, const struct msghdr* m, int flags), (fd, m, flags))
GATED(WRITE, ssize_t, sendto,
      (int fd, const void* data, size_t n, int flags, __CONST_SOCKADDR_ARG to, socklen_t size),
      (fd, data, n, flags, to, size))
GATED(WRITE, ssize_t, recv, (int fd, void* data, size_t n, int flags), (fd, data, n, flags))
GATED(WRITE, ssize_t, recvmsg, (int fd, struct msghdr* m, int flags), (fd, m, flags))
GATED(WRITE, int, fsync, (int fd), (fd))
GATED(WRITE, int, fdatasync, (int fd), (fd))
GATED(WRITE, size_t, fwrite, (const void* data, size_t size, size_t n, FILE* file),
      (data, size, n, file))
GATED(WRITE, int, fputs, (const char* text, FILE* file), (text, file))
GATED(WRITE, int, fputc, (int c, FILE* file), (c, file))
GATED(WRITE, int, puts, (const char* text), (text))
GATED(WRITE, int, fflush, (FILE * file), (file))
GATED(WRITE, FILE*, fopen, (const char* path, const char* mode), (path, mode))
GATED(WRITE, FILE*, fopen64, (const char* path, const char* mode), (path, mode))
GATED(WRITE, int, vfprintf, (FILE * file, const char* format, va_list args), (file, format, args))

/* Calls with an open end are handed on by hand. */
int printf(const char* format, ...) {
  va_list args;
  va_start(args, format);
  const int n = vfprintf(stdout, format, args);
  va_end(args);
  return n;
}

int fprintf(FILE* file, const char* format, ...) {
  va_list args;
  va_start(args, format);
  const int n = vfprintf(file, format, args);
  va_end(args);
  return n;
}

static int open_at(const char* name, int folder, const char* path, int flags, unsigned mode) {
  saggar_gate_count(WRITE, name);
  return (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define GATED_OPEN(name, folder_param, folder, extra_flags)           \
  int name(folder_param const char* path, int flags, ...) {           \
    va_list args;                                                     \
    va_start(args, flags);                                            \
    const unsigned mode = va_arg(args, unsigned);                     \
    va_end(args);                                                     \
    return open_at(#name, folder, path, flags | (extra_flags), mode); \
  }
#define FOLDER int folder,
GATED_OPEN(open, , AT_FDCWD, 0)
GATED_OPEN(open64, , AT_FDCWD, O_LARGEFILE)
GATED_OPEN(openat, FOLDER, folder, 0)
GATED_OPEN(openat64, FOLDER, folder, O_LARGEFILE)

/* std::atomic::wait and the guards of function-local statics end here. Waking is not waiting. */
long syscall(long number, ...) {
  static long (*_Atomic real)(long, ...);
  long a[6];
  va_list args;
  va_start(args, number);
  for (int i = 0; i < 6; ++i) a[i] = va_arg(args, long);
  va_end(args);
  if (number == SYS_futex) {
    const long command = a[1] & FUTEX_CMD_MASK;
    if (command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET) saggar_gate_count(WAIT, "futex");
  }
  long (*call)(long, ...) = atomic_load(&real);
  if (call == NULL) {
    *(void**)(&call) = next("syscall");
    atomic_store(&real, call);
  }
  return call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
