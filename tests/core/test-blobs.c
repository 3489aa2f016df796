/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-blobs.h"
#include "lz-error.h"
#include "lz-test.h"

#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define ABC_SHA256 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

typedef struct
{
  char *dir;
  char *blob_dir;
  LzBlobs *blobs;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  f->dir = lz_test_make_dir ();
  f->blob_dir = g_build_filename (f->dir, "station", "photos", NULL);
  f->blobs = lz_blobs_open (f->blob_dir, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  lz_blobs_unref (f->blobs);
  lz_test_remove_tree (f->dir);
  g_free (f->dir);
  g_free (f->blob_dir);
}

/* Counts the files anywhere under @path whose name begins with @prefix and ends with @suffix. */
static guint
count_files (const char *path, const char *prefix, const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        n += count_files (child, prefix, suffix);
      else if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, suffix))
        n++;
    }

  return n;
}

static char *
write_source (Fixture *f, const char *name, const void *data, gssize size)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (f->dir, name, NULL);

  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
  return path;
}

/* Bytes that differ from one @seed to the next. */
static GBytes *
make_bytes (guint32 seed, gsize size)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) ((seed = seed * 1664525 + 1013904223) >> 24);
  return g_bytes_new_take (data, size);
}

static void
test_sha256_text (void)
{
  guint8 sha256[32] = { 7 };
  char text[65];

  g_assert_true (lz_sha256_parse (ABC_SHA256, sha256));
  lz_sha256_format (sha256, text);
  g_assert_cmpstr (text, ==, ABC_SHA256);

  g_assert_false (lz_sha256_parse (NULL, sha256));
  g_assert_false (lz_sha256_parse ("", sha256));
  g_assert_false (lz_sha256_parse (ABC_SHA256 "0", sha256));
  text[63] = 'g';
  g_assert_false (lz_sha256_parse (text, sha256));
  g_assert_cmpint (sha256[0], ==, 0xba);
}

static void
test_add (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *source = write_source (f, "a.jpg", "abc", 3);
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  guint8 sha256[32];
  char text[65];
  gint64 size = 0;
  gsize length;

  g_assert_true (lz_blobs_add_file (f->blobs, source, sha256, &size, &error));
  g_assert_no_error (error);
  g_assert_cmpint (size, ==, 3);
  lz_sha256_format (sha256, text);
  g_assert_cmpstr (text, ==, ABC_SHA256);

  path = lz_blobs_dup_path (f->blobs, sha256);
  g_assert_true (g_str_has_suffix (path, "/ba/" ABC_SHA256 ".bin"));
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, "abc", 3);
  g_assert_true (lz_blobs_has (f->blobs, sha256));
  g_assert_true (lz_blobs_verify (f->blobs, sha256, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (f->blob_dir, ".tmp-", ""), ==, 0);
}

/* More than one chunk, and an empty file. */
static void
test_add_sizes (Fixture *f, gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 1024 * 1024, 3 * 1024 * 1024 + 17 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = make_bytes ((guint32) i, sizes[i]);
      g_autofree char *source =
          write_source (f, "big", g_bytes_get_data (bytes, NULL), (gssize) sizes[i]);
      guint8 from_file[32], from_bytes[32];
      gint64 size = -1;

      lz_blobs_add_file (f->blobs, source, from_file, &size, &error);
      g_assert_no_error (error);
      lz_blobs_add_bytes (f->blobs, bytes, from_bytes, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (from_file, 32, from_bytes, 32);
      g_assert_cmpint (size, ==, sizes[i]);
      g_assert_true (lz_blobs_verify (f->blobs, from_file, NULL));
    }
  g_assert_cmpuint (count_files (f->blob_dir, "", ".bin"), ==, G_N_ELEMENTS (sizes));
}

/* The second time nothing is written; a blob cut short is put right. */
static void
test_add_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_bytes (1, 5000);
  g_autofree char *path = NULL;
  guint8 sha256[32];
  GStatBuf first, second;

  lz_blobs_add_bytes (f->blobs, bytes, sha256, &error);
  g_assert_no_error (error);
  path = lz_blobs_dup_path (f->blobs, sha256);
  g_assert_cmpint (g_stat (path, &first), ==, 0);

  lz_blobs_add_bytes (f->blobs, bytes, sha256, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &second), ==, 0);
  g_assert_cmpuint (first.st_ino, ==, second.st_ino);
  g_assert_cmpuint (count_files (f->blob_dir, "", ""), ==, 1);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_true (g_file_set_contents (path, "cut", 3, NULL));
  g_assert_false (lz_blobs_verify (f->blobs, sha256, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_CORRUPT);
  g_clear_error (&error);
  lz_blobs_add_bytes (f->blobs, bytes, sha256, &error);
  g_assert_no_error (error);
  g_assert_true (lz_blobs_verify (f->blobs, sha256, &error));
}

static void
test_add_no_file (Fixture *f, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (f->dir, "missing", NULL);
  g_autofree char *fifo = g_build_filename (f->dir, "fifo", NULL);
  g_autoptr (GError) error = NULL;
  guint8 sha256[32];

  g_assert_false (lz_blobs_add_file (f->blobs, missing, sha256, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_false (lz_blobs_add_file (f->blobs, f->dir, sha256, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_false (lz_blobs_add_file (f->blobs, fifo, sha256, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_assert_cmpuint (count_files (f->blob_dir, "", ""), ==, 0);
}

/* A file where the sub-folder should be: the failure comes after the copying. */
static void
test_add_blocked (Fixture *f, gconstpointer data)
{
  g_autofree char *shard = g_build_filename (f->blob_dir, "ba", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GError) error = NULL;
  guint8 sha256[32];

  g_assert_true (g_file_set_contents (shard, "", 0, NULL));
  g_assert_false (lz_blobs_add_bytes (f->blobs, bytes, sha256, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  g_assert_cmpuint (count_files (f->blob_dir, ".tmp-", ""), ==, 0);
}

static void
test_adopt (Fixture *f, gconstpointer data)
{
  g_autofree char *first = write_source (f, "upload", "abc", 3);
  g_autofree char *in_place = NULL;
  g_autoptr (GError) error = NULL;
  guint8 sha256[32];

  g_assert_true (lz_sha256_parse (ABC_SHA256, sha256));
  for (int i = 0; i < 2; i++) /* the second is there already */
    {
      g_autofree char *again = write_source (f, "upload", "abc", 3);

      lz_blobs_adopt_file (f->blobs, again, sha256, &error);
      g_assert_no_error (error);
      g_assert_false (g_file_test (again, G_FILE_TEST_EXISTS));
      g_assert_true (lz_blobs_verify (f->blobs, sha256, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (count_files (f->blob_dir, "", ""), ==, 1);

  in_place = lz_blobs_dup_path (f->blobs, sha256);
  g_assert_true (lz_blobs_adopt_file (f->blobs, in_place, sha256, &error));
  g_assert_true (lz_blobs_verify (f->blobs, sha256, &error));

  g_assert_false (lz_blobs_adopt_file (f->blobs, first, sha256, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* From another file system, where there is one. */
static void
test_adopt_far (Fixture *f, gconstpointer data)
{
  g_autofree char *far = g_strdup_printf ("/dev/shm/lz-test-%d", (int) getpid ());
  g_autoptr (GError) error = NULL;
  guint8 sha256[32];
  GStatBuf here, there;

  if (!g_file_set_contents (far, "abc", 3, NULL) || g_stat (far, &there) < 0 ||
      g_stat (f->dir, &here) < 0 || here.st_dev == there.st_dev)
    {
      g_unlink (far);
      g_test_skip ("no second file system");
      return;
    }

  g_assert_true (lz_sha256_parse (ABC_SHA256, sha256));
  sha256[31] ^= 1;
  g_assert_false (lz_blobs_adopt_file (f->blobs, far, sha256, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (g_file_test (far, G_FILE_TEST_EXISTS));

  sha256[31] ^= 1;
  lz_blobs_adopt_file (f->blobs, far, sha256, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (far, G_FILE_TEST_EXISTS));
  g_assert_true (lz_blobs_verify (f->blobs, sha256, NULL));
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  static const guint8 sha256[32] = { 1, 2, 3 };
  g_autoptr (GError) error = NULL;

  g_assert_false (lz_blobs_has (f->blobs, sha256));
  g_assert_false (lz_blobs_verify (f->blobs, sha256, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (lz_blobs_remove (f->blobs, sha256, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
}

typedef struct
{
  guint n;
  gint64 bytes;
  guint stop_after;
} Tally;

static gboolean
tally_cb (const guint8 sha256[32], gint64 size_bytes, gpointer data)
{
  Tally *tally = data;

  (void) sha256;
  tally->n++;
  tally->bytes += size_bytes;
  return tally->n != tally->stop_after;
}

static void
test_foreach (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stranger = NULL;
  g_autofree char *misplaced = NULL;
  guint8 sha256[32];
  Tally tally = { 0 };

  for (guint32 i = 0; i < 50; i++)
    {
      g_autoptr (GBytes) bytes = make_bytes (i, 100 + i);

      g_assert_true (lz_blobs_add_bytes (f->blobs, bytes, sha256, &error));
    }
  stranger = g_strdup_printf ("%s/%02x/notes.bin", f->blob_dir, sha256[0]);
  g_assert_true (g_file_set_contents (stranger, "x", 1, NULL));
  misplaced = g_strdup_printf ("%s/%02x/" ABC_SHA256 ".bin", f->blob_dir,
                               sha256[0] == 0xba ? 0 : sha256[0]);
  g_assert_true (g_file_set_contents (misplaced, "abc", 3, NULL));

  g_assert_true (lz_blobs_foreach (f->blobs, tally_cb, &tally, &error));
  g_assert_cmpuint (tally.n, ==, 50);
  g_assert_cmpint (tally.bytes, ==, 50 * 100 + 49 * 50 / 2);

  tally = (Tally){ .stop_after = 7 };
  g_assert_true (lz_blobs_foreach (f->blobs, tally_cb, &tally, &error));
  g_assert_cmpuint (tally.n, ==, 7);

  g_assert_true (lz_blobs_remove (f->blobs, sha256, &error));
  g_assert_false (lz_blobs_has (f->blobs, sha256));
  tally = (Tally){ 0 };
  g_assert_true (lz_blobs_foreach (f->blobs, tally_cb, &tally, &error));
  g_assert_cmpuint (tally.n, ==, 49);
}

static void
test_sweep (Fixture *f, gconstpointer data)
{
  g_autofree char *left = g_build_filename (f->blob_dir, ".tmp-1-0", NULL);
  g_autofree char *previews = g_build_filename (f->blob_dir, "previews", NULL);
  g_autofree char *left_too = g_build_filename (previews, ".tmp-2-0", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  guint8 sha256[32];

  g_assert_true (lz_blobs_add_bytes (f->blobs, bytes, sha256, NULL));
  g_assert_cmpint (g_mkdir_with_parents (previews, 0700), ==, 0);
  g_assert_true (g_file_set_contents (left, "half", 4, NULL));
  g_assert_true (g_file_set_contents (left_too, "half", 4, NULL));

  g_assert_cmpuint (lz_blobs_sweep (f->blobs, 3600), ==, 0);
  g_assert_cmpuint (lz_blobs_sweep (f->blobs, 0), ==, 2);
  g_assert_cmpuint (count_files (f->blob_dir, ".tmp-", ""), ==, 0);
  g_assert_true (lz_blobs_verify (f->blobs, sha256, NULL));
}

static gpointer
sweep_until_told (gpointer data)
{
  struct
  {
    LzBlobs *blobs;
    int stop;
  } *work = data;

  while (!g_atomic_int_get (&work->stop))
    lz_blobs_sweep (work->blobs, 0);
  return NULL;
}

/* Tidying up while another is at work takes nothing from under its hands. */
static void
test_sweep_while_adding (Fixture *f, gconstpointer data)
{
  struct
  {
    LzBlobs *blobs;
    int stop;
  } work = { f->blobs, 0 };
  GThread *sweeper = g_thread_new ("sweeper", sweep_until_told, &work);

  for (guint32 i = 0; i < 150; i++)
    {
      g_autoptr (GBytes) bytes = make_bytes (i, 5000);
      g_autoptr (GError) error = NULL;
      guint8 sha256[32];

      lz_blobs_add_bytes (f->blobs, bytes, sha256, &error);
      g_assert_no_error (error);
    }
  g_atomic_int_set (&work.stop, 1);
  g_thread_join (sweeper);
  g_assert_cmpuint (count_files (f->blob_dir, "", ".bin"), ==, 150);
}

static gpointer
add_many (gpointer data)
{
  LzBlobs *blobs = data;

  for (guint32 i = 0; i < 40; i++)
    {
      g_autoptr (GBytes) bytes = make_bytes (i, 20000);
      g_autoptr (GError) error = NULL;
      guint8 sha256[32];

      lz_blobs_add_bytes (blobs, bytes, sha256, &error);
      g_assert_no_error (error);
    }

  return NULL;
}

static gboolean
verify_cb (const guint8 sha256[32], gint64 size_bytes, gpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) size_bytes;
  lz_blobs_verify (data, sha256, &error);
  g_assert_no_error (error);
  return TRUE;
}

static void
wait_for_success (pid_t child)
{
  int status;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* The same bytes at once from two processes, and in each from two threads. */
static void
test_race (Fixture *f, gconstpointer data)
{
  pid_t children[2];

  for (int i = 0; i < 2; i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        {
          g_autoptr (LzBlobs) own = lz_blobs_open (f->blob_dir, NULL);
          GThread *other = g_thread_new ("other", add_many, own);

          add_many (own);
          g_thread_join (other);
          _exit (0);
        }
    }
  wait_for_success (children[0]);
  wait_for_success (children[1]);

  g_assert_cmpuint (count_files (f->blob_dir, "", ""), ==, 40);
  g_assert_true (lz_blobs_foreach (f->blobs, verify_cb, f->blobs, NULL));
}

/* A limit on the size of files stands for a full disk: at each chunk of the copy in turn. */
static void
test_no_space (Fixture *f, gconstpointer data)
{
  static const rlim_t limits[] = { 0, 1, 4096, 1024 * 1024, 2 * 1024 * 1024 + 1 };
  g_autoptr (GBytes) bytes = make_bytes (3, 2 * 1024 * 1024 + 2);
  g_autofree char *source =
      write_source (f, "big", g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      pid_t child = fork ();

      if (child == 0)
        {
          struct rlimit limit = { limits[i], limits[i] };
          g_autoptr (GError) error = NULL;
          guint8 sha256[32] = { 9 };
          gint64 size = 9;

          signal (SIGXFSZ, SIG_IGN);
          if (setrlimit (RLIMIT_FSIZE, &limit) < 0)
            _exit (2);
          if (lz_blobs_add_file (f->blobs, source, sha256, &size, &error))
            _exit (3);
          if (!g_error_matches (error, LZ_ERROR, LZ_ERROR_NO_SPACE))
            _exit (4);
          _exit (sha256[0] == 9 && size == 9 ? 0 : 5);
        }
      wait_for_success (child);
      g_assert_cmpuint (count_files (f->blob_dir, "", ""), ==, 0);
    }
}

/* A child adds blobs and says so for each; it is killed while at work.  Whatever it said is there,
 * whatever is there is whole, and the rest is swept. */
static void
test_kill (Fixture *f, gconstpointer data)
{
  for (guint round = 0; round < 40; round++)
    {
      guint8 said[32];
      int pipe_fds[2], status;
      pid_t child;
      guint to_read = 1 + round % 3;

      g_assert_cmpint (pipe (pipe_fds), ==, 0);
      child = fork ();
      if (child == 0)
        {
          for (guint32 i = 0;; i++)
            {
              g_autoptr (GBytes) bytes = make_bytes (round * 1000 + i, 1 + i % 7 * 30000);

              if (!lz_blobs_add_bytes (f->blobs, bytes, said, NULL) ||
                  write (pipe_fds[1], said, sizeof said) != sizeof said)
                _exit (1);
            }
        }
      close (pipe_fds[1]);

      while (to_read-- > 0)
        {
          g_assert_cmpint (read (pipe_fds[0], said, sizeof said), ==, sizeof said);
          g_assert_true (lz_blobs_verify (f->blobs, said, NULL));
        }
      for (guint wait = g_test_rand_int_range (0, 1000); wait > 0; wait--)
        sched_yield ();
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));
      while (read (pipe_fds[0], said, sizeof said) == sizeof said)
        g_assert_true (lz_blobs_verify (f->blobs, said, NULL));
      close (pipe_fds[0]);
    }

  g_assert_true (lz_blobs_foreach (f->blobs, verify_cb, f->blobs, NULL));
  lz_blobs_sweep (f->blobs, 0);
  g_assert_cmpuint (count_files (f->blob_dir, ".tmp-", ""), ==, 0);
}

static void
test_open_fails (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lz_blobs_open ("/dev/null/photos", &error));
  g_assert_nonnull (error);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/blobs/sha256-text", test_sha256_text);
  ADD ("/core/blobs/add", test_add);
  ADD ("/core/blobs/add-sizes", test_add_sizes);
  ADD ("/core/blobs/add-twice", test_add_twice);
  ADD ("/core/blobs/add-no-file", test_add_no_file);
  ADD ("/core/blobs/add-blocked", test_add_blocked);
  ADD ("/core/blobs/adopt", test_adopt);
  ADD ("/core/blobs/adopt-far", test_adopt_far);
  ADD ("/core/blobs/missing", test_missing);
  ADD ("/core/blobs/foreach", test_foreach);
  ADD ("/core/blobs/sweep", test_sweep);
  ADD ("/core/blobs/sweep-while-adding", test_sweep_while_adding);
  ADD ("/core/blobs/race", test_race);
  ADD ("/core/blobs/no-space", test_no_space);
  ADD ("/core/blobs/kill", test_kill);
  g_test_add_func ("/core/blobs/open-fails", test_open_fails);

  return g_test_run ();
}
