/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-verbs.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <sys/stat.h>

#define GIB (G_GINT64_CONSTANT (1) << 30)

static const struct
{
  const char *name;
  LzVerb verb;
} verbs[] = {
  { "init", lz_verb_init },           { "serve", lz_verb_serve },
  { "verify", lz_verb_verify },       { "user", lz_verb_user },
  { "feed", lz_verb_feed },           { "device", lz_verb_device },
  { "roads", lz_verb_roads },         { "assign", lz_verb_assign },
  { "catalogue", lz_verb_reference }, { "tasks", lz_verb_reference },
  { "calendar", lz_verb_reference },  { "divisions", lz_verb_reference },
  { "routing", lz_verb_reference },   { "settings", lz_verb_reference },
  { "units", lz_verb_reference },     { "backup", lz_verb_backup },
  { "restore", lz_verb_restore },     { "import-unsent", lz_verb_import_unsent },
};

static const char summary[] =
    "VERBS (all take --data DIR, the server's folder)\n"
    "  init [--sample]              makes the folder; --sample: an office with people of each "
    "role,\n"
    "                               whose passwords are printed this once\n"
    "  serve --listen ADDRESS:PORT [--port-file FILE] [--tls-cert FILE --tls-key FILE]\n"
    "                               runs until SIGTERM or SIGINT; one line of JSON per request on\n"
    "                               standard error; /v1/health and /metrics to watch it\n"
    "  verify [--no-photos]         walks every feed's chain, folds every case, hashes every "
    "photo;\n"
    "                               exit code 1 if anything is wrong; may run beside serve\n"
    "  feed add CODE NAME           a subdistrict (9 digits) or unit:ID\n"
    "  user add USER [--name N] [--role R]… [--feed-of F]… [--unit U] [--phone P]\n"
    "                [--password-file FILE]\n"
    "  user list | disable USER | enable USER | passwd USER [--password-file FILE]\n"
    "  device release DEVICE        lets another account log in on that station\n"
    "  roads import FILE --feed CODE    a street map: GeoJSON, OSM XML or GeoPackage\n"
    "  assign ROAD PERSON --level N     1 一级 … 4 总路长, 0 takes it back; ROAD by name or id\n"
    "  catalogue|tasks|calendar|divisions|routing|settings|units set FILE\n"
    "  backup FILE                  the database while it runs; copy photos/ by any tool after it\n"
    "  import-unsent FILE [--by USER]   what a station wrote onto a stick (luzhang-cli "
    "export-unsent),\n"
    "                               as if it had come over the line; beside serve or without it, "
    "any\n"
    "                               number of times; USER, a dispatcher or administrator, is noted "
    "as\n"
    "                               who handed it in (the only administrator if left out)\n"
    "  restore FILE                 puts a backup in place; stations then send again what it "
    "lacks\n"
    "\n"
    "FILES\n"
    "  DIR/server.db  DIR/photos/  DIR/uploads/  DIR/lock\n"
    "\n"
    "EXIT CODE\n"
    "  0 done, 1 failed or problems found, 2 wrong usage\n";

static gboolean
parse (LzVerbOptions *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &options->data, "The server's folder", "DIR" },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &options->listen, "serve: where", "ADDRESS:PORT" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &options->port_file,
      "serve: the port is written here once it listens", "FILE" },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &options->certificate, "serve: PEM", "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options->key, "serve: PEM", "FILE" },
    { "connections", 0, 0, G_OPTION_ARG_INT, &options->max_connections,
      "serve: at most so many (1000)", "N" },
    { "per-address", 0, 0, G_OPTION_ARG_INT, &options->max_per_address,
      "serve: of one address (40; loopback: no limit unless given)", "N" },
    { "idle", 0, 0, G_OPTION_ARG_INT, &options->idle_s,
      "serve: seconds without a byte until a connection is closed (20)", "S" },
    { "slow", 0, 0, G_OPTION_ARG_INT, &options->slow_s, "serve: seconds that headers may take (60)",
      "S" },
    { "upload-hours", 0, 0, G_OPTION_ARG_INT, &options->upload_hours,
      "serve: how long an unfinished upload is kept (168)", "H" },
    { "upload-seconds", 0, 0, G_OPTION_ARG_INT, &options->upload_s, "serve: the same, finer", "S" },
    { "quota", 0, 0, G_OPTION_ARG_INT, &options->quota_gb, "serve: GiB of photos (500)", "N" },
    { "user-quota", 0, 0, G_OPTION_ARG_INT, &options->user_quota_gb,
      "serve: GiB of one account's photos (50)", "N" },
    { "quota-bytes", 0, 0, G_OPTION_ARG_INT64, &options->quota_bytes, "serve: the same, finer",
      "N" },
    { "user-quota-bytes", 0, 0, G_OPTION_ARG_INT64, &options->user_quota_bytes,
      "serve: the same, finer", "N" },
    { "open-metrics", 0, 0, G_OPTION_ARG_NONE, &options->open_metrics,
      "serve: /metrics not to loopback only", NULL },
    { "sample", 0, 0, G_OPTION_ARG_NONE, &options->sample, "init: with a sample office", NULL },
    { "no-photos", 0, 0, G_OPTION_ARG_NONE, &options->no_photos, "verify: chains only", NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options->name, "user add: the person's name", "NAME" },
    { "phone", 0, 0, G_OPTION_ARG_STRING, &options->phone, "user add", "PHONE" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &options->unit, "user add: id of their unit", "ID" },
    { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->roles,
      "user add: inspector, road_chief, dispatcher, unit, checker, supervisor, admin", "ROLE" },
    { "feed-of", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->feeds,
      "user add: what they read, their own first", "FEED" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options->password_file,
      "user: its first line; - is standard input; none: one is made up and printed", "FILE" },
    { "feed", 0, 0, G_OPTION_ARG_STRING, &options->feed, "roads import: the subdistrict", "CODE" },
    { "by", 0, 0, G_OPTION_ARG_STRING, &options->by, "import-unsent: who hands it in", "USER" },
    { "level", 0, 0, G_OPTION_ARG_INT, &options->level, "assign", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("VERB … – the central server");

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
check_options (LzVerbOptions *options, GError **error)
{
  if (options->data == NULL)
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, "--data names the server's folder");
  else if (options->max_connections < 1 || options->max_per_address < 0 || options->idle_s < 1 ||
           options->slow_s < 1 || options->upload_hours < 1 || options->quota_gb < 0 ||
           options->user_quota_gb < 0)
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, "a limit is out of range");
  else
    {
      if (options->upload_s <= 0)
        options->upload_s = options->upload_hours * 3600;
      if (options->quota_bytes <= 0)
        options->quota_bytes = options->quota_gb * GIB;
      if (options->user_quota_bytes <= 0)
        options->user_quota_bytes = options->user_quota_gb * GIB;
      return TRUE;
    }
  return FALSE;
}

static void
options_clear (LzVerbOptions *options)
{
  g_free (options->data);
  g_free (options->listen);
  g_free (options->port_file);
  g_free (options->certificate);
  g_free (options->key);
  g_free (options->name);
  g_free (options->phone);
  g_free (options->unit);
  g_free (options->password_file);
  g_free (options->feed);
  g_free (options->by);
  g_strfreev (options->roles);
  g_strfreev (options->feeds);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzVerbOptions, options_clear)

static int
run (int argc, char **argv)
{
  g_auto (LzVerbOptions) options = { .max_connections = 1000,
                                     .idle_s = 20,
                                     .slow_s = 60,
                                     .upload_hours = 168,
                                     .quota_gb = 500,
                                     .user_quota_gb = 50,
                                     .level = 1 };
  g_autoptr (GError) error = NULL;

  if (!parse (&options, &argc, &argv, &error) || !check_options (&options, &error))
    {
      g_printerr ("luzhang-server: %s\n", error->message);
      return 2;
    }
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, argv[1]))
      {
        if (verbs[i].verb (&options, argv + 2, &error))
          return 0;
        g_printerr ("luzhang-server: %s\n", error->message);
        return g_str_has_prefix (error->message, "usage:") ? 2 : 1;
      }
  g_printerr ("luzhang-server: %s; see --help\n", argc > 1 ? "no such verb" : "no verb");
  return 2;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LZ_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  mallopt (M_ARENA_MAX, 2); /* a heap for each thread would keep what each once needed */
  /* What one body took is there for the next: fresh pages cost more than the work on them. */
  mallopt (M_MMAP_THRESHOLD, 4 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 16 * 1024 * 1024);
  signal (SIGXFSZ, SIG_IGN); /* a limit on file sizes is an error like a full disk */
  signal (SIGPIPE, SIG_IGN);
  umask (077);
  return run (argc, argv);
}
