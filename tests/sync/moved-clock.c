/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* Preloaded into programs of a test, it sets their wall clocks: they all read the ms since 1970
 * that stand in the file LZ_MOVED_CLOCK, 8 bytes of this machine's order, and time passes when the
 * test says so.  Monotonic clocks are left alone: waits and time limits are real. */

static const volatile int64_t *moved_ms;

__attribute__ ((constructor)) static void
map_clock (void)
{
  const char *path = getenv ("LZ_MOVED_CLOCK");
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  void *mapped = fd >= 0 ? mmap (NULL, sizeof *moved_ms, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;

  if (mapped == MAP_FAILED)
    abort ();
  moved_ms = mapped;
  close (fd);
}

int
clock_gettime (clockid_t clock, struct timespec *now)
{
  int64_t ms;

  if ((clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) || moved_ms == NULL)
    return (int) syscall (SYS_clock_gettime, clock, now);
  ms = *moved_ms;
  now->tv_sec = ms / 1000;
  now->tv_nsec = ms % 1000 * 1000000;
  return 0;
}

int
gettimeofday (struct timeval *restrict now, void *restrict zone)
{
  struct timespec moved;

  (void) zone;
  clock_gettime (CLOCK_REALTIME, &moved);
  now->tv_sec = moved.tv_sec;
  now->tv_usec = moved.tv_nsec / 1000;
  return 0;
}

time_t
time (time_t *now)
{
  struct timespec moved;

  clock_gettime (CLOCK_REALTIME, &moved);
  if (now != NULL)
    *now = moved.tv_sec;
  return moved.tv_sec;
}
