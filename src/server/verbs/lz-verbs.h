/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-server-store.h"

G_BEGIN_DECLS

/* Options that several verbs share. */
typedef struct
{
  char *data;
  char *listen;
  char *port_file;
  char *certificate;
  char *key;
  char *name;
  char *phone;
  char *unit;
  char *password_file;
  char *feed;
  char *by;
  GStrv roles;
  GStrv feeds;
  gboolean sample;
  gboolean json;
  gboolean no_photos;
  gboolean open_metrics;
  int level;
  int max_connections;
  int max_per_address;
  int idle_s;
  int slow_s;
  int upload_hours;
  int upload_s;
  int quota_gb;
  int user_quota_gb;
  gint64 quota_bytes;
  gint64 user_quota_bytes;
} LzVerbOptions;

/* Each prints what it did, or sets @error; @args are the words after the verb. */
typedef gboolean (*LzVerb) (const LzVerbOptions *options, char **args, GError **error);

gboolean lz_verb_init (const LzVerbOptions *options, char **args, GError **error);
gboolean lz_verb_serve (const LzVerbOptions *options, char **args, GError **error);
gboolean lz_verb_verify (const LzVerbOptions *options, char **args, GError **error);
gboolean lz_verb_user (const LzVerbOptions *options, char **args, GError **error);
gboolean lz_verb_feed (const LzVerbOptions *options, char **args, GError **error);
gboolean lz_verb_device (const LzVerbOptions *options, char **args, GError **error);
gboolean lz_verb_roads (const LzVerbOptions *options, char **args, GError **error);
gboolean lz_verb_assign (const LzVerbOptions *options, char **args, GError **error);
gboolean lz_verb_reference (const LzVerbOptions *options, char **args, GError **error);
gboolean lz_verb_import_unsent (const LzVerbOptions *options, char **args, GError **error);
gboolean lz_verb_backup (const LzVerbOptions *options, char **args, GError **error);
gboolean lz_verb_restore (const LzVerbOptions *options, char **args, GError **error);

/* The sample office in an empty store: feeds, roads, units, people. */
gboolean lz_sample_office_make (LzServerStore *store, GPtrArray *accounts, GError **error);
gboolean lz_server_make_account (LzServerStore *store,
                                 const LzAccount *account,
                                 const char *password,
                                 GString *json,
                                 GError **error);

/* LZ_ERROR_INVALID unless there are between @min and @max words. */
gboolean lz_verb_check_args (char **args, guint min, guint max, const char *usage, GError **error);

G_END_DECLS
