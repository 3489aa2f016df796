/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cli-out.h"
#include "lz-event.h"
#include "lz-station.h"

#include <glib/gi18n.h>

G_BEGIN_DECLS

/**
 * LzCliExit:
 *
 * Exit codes: a contract with scripts, listed in --help and README.
 */
typedef enum
{
  LZ_CLI_OK = 0,
  LZ_CLI_USAGE = 1,     /* wrong options or arguments */
  LZ_CLI_NOT_FOUND = 2, /* no such case, road, file or station */
  LZ_CLI_REFUSED = 3,   /* the rules do not allow it */
  LZ_CLI_INVALID = 4,   /* the input is not valid */
  LZ_CLI_STORAGE = 5,   /* disk full, read-only, or no permission */
  LZ_CLI_BUSY = 6,      /* another program holds the station */
  LZ_CLI_DAMAGED = 7,   /* the station is damaged */
  LZ_CLI_TOO_NEW = 8,   /* written by a newer version */
  LZ_CLI_FAILED = 9,    /* anything else */
  LZ_CLI_OFFLINE = 10,  /* the server cannot be reached or cannot now: later again */
  LZ_CLI_SERVER = 11,   /* the server does not take it: somebody must look */
} LzCliExit;

/**
 * LzCli:
 * @args: what is left of the command line after verb and options
 * @out: where results go
 * @code: set by a verb that has done its work but found something: doctor
 *
 * One call of the program.
 */
typedef struct
{
  char *station_dir;
  gboolean json;
  gboolean verbose;
  char **args;
  int n_args;
  LzOut *out;
  LzCliExit code;
} LzCli;

/**
 * LzVerb:
 * @group: (nullable): first word of a verb of two
 * @args: what follows, for the usage line
 * @min_args: fewest arguments
 * @max_args: most; -1 = any number
 * @entries: (nullable): options of its own
 * @filters: it takes the options that choose cases
 */
typedef struct
{
  const char *group;
  const char *name;
  const char *args;
  int min_args;
  int max_args;
  const GOptionEntry *entries;
  gboolean filters;
  gboolean (*run) (LzCli *self, GError **error);
  const char *summary;
} LzVerb;

/* Each file of verbs has one such list, ended by a verb without a name. */
extern const LzVerb lz_cli_station_verbs[];
extern const LzVerb lz_cli_road_verbs[];
extern const LzVerb lz_cli_asset_verbs[];
extern const LzVerb lz_cli_office_verbs[];
extern const LzVerb lz_cli_inspection_verbs[];
extern const LzVerb lz_cli_patrol_verbs[];
extern const LzVerb lz_cli_firm_verbs[];
extern const LzVerb lz_cli_ledger_verbs[];
extern const LzVerb lz_cli_case_verbs[];
extern const LzVerb lz_cli_act_verbs[];
extern const LzVerb lz_cli_intake_verbs[];
extern const LzVerb lz_cli_file_verbs[];
extern const LzVerb lz_cli_care_verbs[];
extern const LzVerb lz_cli_paper_verbs[];
extern const LzVerb lz_cli_bench_verbs[];
extern const LzVerb lz_cli_report_verbs[];
extern const LzVerb lz_cli_figures_verbs[];
extern const LzVerb lz_cli_bulletin_verbs[];
extern const LzVerb lz_cli_loop_verbs[];
extern const LzVerb lz_cli_route_verbs[];

/* Options that choose cases: --state, --road, --search … */
extern const GOptionEntry lz_cli_query_entries[];

const char *lz_cli_get_dir (LzCli *self);
LzStation *lz_cli_open (LzCli *self, LzStationMode mode, GError **error);
LzCliExit lz_cli_exit_code (const GError *error);
void lz_cli_print_error (const GError *error, gboolean verbose);
gboolean lz_cli_set_usage (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Options as people write them; each says what is wrong with it. */
gboolean lz_cli_parse_place (const char *text, LzPoint *place, GError **error);
gboolean lz_cli_parse_time (const char *text, gint64 *time_ms, GError **error);
gboolean lz_cli_parse_id (const char *text, LzId *id, GError **error);

gboolean lz_cli_print_id (LzCli *self, const LzId *id);
/* Around the entries of a list: objects of a JSON array, or rows of a table. */
void lz_cli_begin_list (LzCli *self);
void lz_cli_end_list (LzCli *self);
void lz_cli_print_reasons (LzCli *self, const char *key, GPtrArray *reasons);

/* Takes the photo files into the station and names them in @body. */
gboolean lz_cli_add_photos (LzStation *station,
                            char *const *paths,
                            LzPhotoRole role,
                            LzBody *body,
                            GError **error);

G_END_DECLS
