/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-blobs.h"
#include "lz-error.h"
#include "lz-event.h"
#include "lz-state.h"

G_BEGIN_DECLS

/**
 * LzServerStore:
 *
 * What the central server keeps: accounts, feeds, reference data, and where photos and uploads
 * lie.  This header is the door; SQLite is behind it (one folder: `server.db`, `photos/`,
 * `uploads/`), another database can take its place.
 *
 * Every function may be called from any thread.  Those that read use connections of their own and
 * never wait for writers.  Those that write hand a job to the one writer thread, which commits the
 * jobs that came together as one transaction, and return when theirs is durable.
 */
typedef struct _LzServerStore LzServerStore;

/* Makes the folder's database; it must not be there yet. */
gboolean lz_server_store_init (const char *dir, GError **error);
LzServerStore *lz_server_store_open (const char *dir, GError **error);
void lz_server_store_close (LzServerStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzServerStore, lz_server_store_close)

const char *lz_server_store_get_dir (LzServerStore *self);
const char *lz_server_store_get_epoch (LzServerStore *self);
LzBlobs *lz_server_store_get_blobs (LzServerStore *self);
/* Whether a write can be made durable now; writes one row to find out. */
gboolean lz_server_store_probe (LzServerStore *self, GError **error);
/* How many commits there were, and how many jobs they held. */
void lz_server_store_get_commits (LzServerStore *self, guint64 *commits, guint64 *jobs);

/* ---------------------------------------------------------------------------- accounts */

/**
 * LzAccount:
 * @feeds: (array zero-terminated=1): what it reads; the first is its own
 * @devices: (nullable) (array zero-terminated=1): its stations; in lists only
 */
typedef struct
{
  char *user;
  char *name;
  char *phone;
  char *unit;
  guint roles;
  GStrv feeds;
  GStrv devices;
  gboolean disabled;
} LzAccount;

void lz_account_free (LzAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzAccount, lz_account_free)
gboolean lz_account_reads (const LzAccount *self, const char *feed);

LzAccount *lz_server_store_find_account (LzServerStore *self, const char *user, GError **error);
/* Array of LzAccount by user name; @sharing_with (nullable): only those who share a feed with it.
 */
GPtrArray *
lz_server_store_list_accounts (LzServerStore *self, const LzAccount *sharing_with, GError **error);
/* Adds (@create) or replaces; @password_hash NULL keeps the old one.  A new password or disabling
 * ends the account's sessions. */
gboolean lz_server_store_save_account (LzServerStore *self,
                                       const LzAccount *account,
                                       const char *password_hash,
                                       gboolean create,
                                       GError **error);
/* (transfer full); NULL without @error where there is no such account, or a disabled one. */
char *lz_server_store_dup_password_hash (LzServerStore *self, const char *user, GError **error);

/* ---------------------------------------------------------------------------- sessions */

#define LZ_TOKEN_LENGTH 43

typedef struct
{
  LzAccount *account;
  char *device;
  gint64 expires_ms;
} LzSession;

void lz_session_free (LzSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzSession, lz_session_free)

/* LZ_ERROR_CONSTRAINT: the device belongs to another account. */
char *lz_server_store_begin_session (LzServerStore *self,
                                     const char *user,
                                     const char *device,
                                     gint64 *expires_ms,
                                     GError **error);
/* NULL without @error: no such session.  Lengthens it now and then. */
LzSession *lz_server_store_find_session (LzServerStore *self, const char *token, GError **error);
gboolean lz_server_store_end_session (LzServerStore *self, const char *token, GError **error);
/* LZ_ERROR_NOT_FOUND: no such device, or free already. */
gboolean lz_server_store_release_device (LzServerStore *self, const char *device, GError **error);

/* ------------------------------------------------------------------------------- feeds */

/* Makes a feed unless it is there; a new @name replaces the old one. */
gboolean
lz_server_store_add_feed (LzServerStore *self, const char *feed, const char *name, GError **error);
/* @head and @name (transfer full) may be NULL; LZ_ERROR_NOT_FOUND. */
gboolean lz_server_store_get_feed (LzServerStore *self,
                                   const char *feed,
                                   gint64 *head,
                                   char **name,
                                   GError **error);

/**
 * LzServerFeed:
 * @head: its last seq
 * @chain: at the head
 */
typedef struct
{
  char *feed;
  char *name;
  gint64 head;
  guint8 chain[LZ_SHA256_SIZE];
} LzServerFeed;

void lz_server_feed_clear (LzServerFeed *self);

/* What @account reads (LzServerFeed), in its order, and the revision of the reference data; as they
 * are at one moment. */
GArray *lz_server_store_list_feeds (LzServerStore *self,
                                    const LzAccount *account,
                                    gint64 *rev,
                                    GError **error);
/* Names of the feeds with an event that names the photo. */
GPtrArray *lz_server_store_list_photo_feeds (LzServerStore *self,
                                             const guint8 sha256[LZ_SHA256_SIZE],
                                             GError **error);

/* Appends lines of the feed to @out: FeedLine of the API; stops early beyond @max_bytes. */
gboolean lz_server_store_pull (LzServerStore *self,
                               const char *feed,
                               gint64 after,
                               guint limit,
                               gsize max_bytes,
                               GString *out,
                               gint64 *head,
                               GError **error);

typedef enum
{
  LZ_PUSH_OK,
  LZ_PUSH_FAILED,   /* @error of the push says why */
  LZ_PUSH_DEVICE,   /* the device is not the account's any more, or not one to carry for */
  LZ_PUSH_FEED,     /* a carried event's feed is not one that the account reads */
  LZ_PUSH_GAP,      /* beyond @have + 1 */
  LZ_PUSH_DIVERGED, /* another event has number @device_seq */
} LzPushResult;

/**
 * LzPushItem:
 * @event: what to add
 * @canonical: the event's canonical line
 * @seq: (out): place in the home feed; 0 = refused
 * @received_ms: (out): when it was first received
 * @refused: (out) (nullable): code of the refusal
 * @state: (out) (nullable): the case's state at that point
 * @basis: (out): the case's last event at that point
 * @message: (out) (nullable): the reason
 */
typedef struct
{
  LzEvent *event;
  char *canonical;
  gint64 seq;
  gint64 received_ms;
  char *refused;
  char *state;
  LzId basis;
  char *message;
} LzPushItem;

/**
 * LzPush:
 * @account: who hands in
 * @device: whose numbers the events have
 * @items: (array) (element-type LzPushItem)
 * @now_ms: the server's clock
 * @fed: (out): names of the feeds that have grown
 * @heads: (out): (element-type LzServerFeed): the same, as far as they have grown; no names
 *
 * Events of one device, to be taken as one durable transaction or not at all.
 */
typedef struct
{
  const LzAccount *account;
  const char *device;
  GArray *items;
  gint64 now_ms;
  LzPushResult result;
  GError *error;
  gint64 have;
  gint64 device_seq;
  guint n_accepted;
  guint n_refused;
  GPtrArray *fed;
  GArray *heads;
} LzPush;

LzPush *lz_push_new (const LzAccount *account, const char *device, gint64 now_ms);
void lz_push_add (LzPush *self, LzEvent *event, char *canonical);
void lz_push_free (LzPush *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPush, lz_push_free)

/* @done is called in the writer thread after the commit; it must be quick. */
typedef void (*LzPushDone) (LzPush *push, gpointer data);
void lz_server_store_push (LzServerStore *self, LzPush *push, LzPushDone done, gpointer data);

/**
 * lz_server_store_follow_time:
 * @self: the store
 * @now_ms: the server's clock
 * @fed: (out) (transfer full) (element-type utf8): names of the feeds that have grown
 * @error: (nullable): return location
 *
 * Ends the suspensions whose end date has come (domain §2.2 row 16), each by an act of the office's
 * rule that happened at the end date.  Costs one look into an index while there is nothing to do.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_server_store_follow_time (LzServerStore *self, gint64 now_ms, GPtrArray **fed, GError **error);

/* Who may hand in what others' stations wrote into a file. */
#define LZ_ROLES_CARRY (LZ_ROLE_ADMIN | LZ_ROLE_DISPATCHER)

/**
 * LzCarryReport:
 * @n_events: acts that were taken, new here
 * @n_known: acts that had an answer already
 * @n_refused: acts that the rules refused; their stations are told when they ask
 * @n_photos: photos that were taken, new here
 * @n_photos_known: photos that were here
 * @devices: (element-type utf8): the stations whose work it is
 * @refusals: (element-type utf8): a line for each act that is refused
 */
typedef struct
{
  guint n_events;
  guint n_known;
  guint n_refused;
  guint n_photos;
  guint n_photos_known;
  GPtrArray *devices;
  GPtrArray *refusals;
} LzCarryReport;

void lz_carry_report_free (LzCarryReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCarryReport, lz_carry_report_free)

/**
 * lz_server_store_carry_in:
 * @self: the store; a server may be running on it
 * @from: a station's file of unsent work (export-unsent)
 * @user: who hands it in, which is kept with every act and photo; one with %LZ_ROLES_CARRY
 * @error: (nullable): %LZ_ERROR_INVALID for another file or a damaged one, %LZ_ERROR_REFUSED where
 *   @user may not, or numbers are missing or taken
 *
 * Takes work in by the same rules as a push.  A second time changes nothing.
 *
 * Returns: (transfer full) (nullable): what came of it, durable
 */
LzCarryReport *
lz_server_store_carry_in (LzServerStore *self, const char *from, const char *user, GError **error);

/* --------------------------------------------------------------------------- reference */

gint64 lz_server_store_get_rev (LzServerStore *self, GError **error);
/* @note (nullable) (transfer full); NULL without @error: never put. */
GBytes *
lz_server_store_get_part (LzServerStore *self, const char *part, char **note, GError **error);
gboolean lz_server_store_put_part (LzServerStore *self,
                                   const char *part,
                                   GBytes *content,
                                   const char *note,
                                   gint64 *rev,
                                   GError **error);

/* A road of the office as the API's Reference gives it. */
typedef struct
{
  LzId id; /* nil: it is found again by name and place, or new */
  char *name;
  char *json; /* members after "id", without braces */
  gint32 south7, west7, north7, east7;
} LzServerRoad;

void lz_server_road_free (LzServerRoad *self);

/* Replaces the roads of @feed (array of LzServerRoad) and the street map in one transaction. */
gboolean lz_server_store_put_roads (LzServerStore *self,
                                    const char *feed,
                                    GPtrArray *roads,
                                    GBytes *streets,
                                    const char *attribution,
                                    gint64 *rev,
                                    GError **error);
/* Appends JSON arrays; @account NULL = everything. */
gboolean lz_server_store_write_roads (LzServerStore *self,
                                      const LzAccount *account,
                                      GString *out,
                                      GError **error);
gboolean lz_server_store_write_assignments (LzServerStore *self,
                                            const LzAccount *account,
                                            GString *out,
                                            GError **error);
/* By id or, if @road is no id, by name.  @level 0 takes it back.  LZ_ERROR_NOT_FOUND. */
gboolean lz_server_store_assign (LzServerStore *self,
                                 const char *road,
                                 const char *person,
                                 guint level,
                                 gint64 *rev,
                                 GError **error);

/* ------------------------------------------------------------------------------ photos */

/* Whether it is stored and this account may have it; @size nullable. */
gboolean lz_server_store_can_read_photo (LzServerStore *self,
                                         const LzAccount *account,
                                         const guint8 sha256[32],
                                         gint64 *size,
                                         GError **error);
/* The bytes are in the photo folder, hashed; @upload (nullable) is finished with it.  One with
 * LZ_ROLES_CARRY vouches that the authors of the events that they read and that name it had it. */
gboolean lz_server_store_add_photo (LzServerStore *self,
                                    const char *user,
                                    const guint8 sha256[32],
                                    gint64 size,
                                    const char *upload,
                                    GError **error);
/* Bytes of the photos handed in by @user (NULL = by all), unfinished uploads included. */
gboolean lz_server_store_get_photo_bytes (LzServerStore *self,
                                          const char *user,
                                          gint64 *bytes,
                                          GError **error);

typedef struct
{
  char *id;
  char *user;
  gint64 length;
  guint8 sha256[32];
  gboolean done;
  gint64 expires_ms;
} LzUploadRow;

void lz_upload_row_free (LzUploadRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzUploadRow, lz_upload_row_free)

gboolean lz_server_store_add_upload (LzServerStore *self, const LzUploadRow *row, GError **error);
/* NULL without @error: none of that name by that user, or expired. */
LzUploadRow *
lz_server_store_find_upload (LzServerStore *self, const char *id, const char *user, GError **error);
gboolean lz_server_store_remove_upload (LzServerStore *self, const char *id, GError **error);
/* Names (utf8) of expired uploads, removed from the table. */
GPtrArray *lz_server_store_expire_uploads (LzServerStore *self, gint64 now_ms, GError **error);

/* --------------------------------------------------------------------------- operation */

/**
 * LzVerifyReport:
 * @problems: (element-type utf8): one line each; empty = all is well
 */
typedef struct
{
  gint64 n_feeds;
  gint64 n_events;
  gint64 n_entries;
  gint64 n_photos;
  gint64 n_missing_photos; /* named by events, not handed in yet: no problem */
  GPtrArray *problems;
} LzVerifyReport;

void lz_verify_report_free (LzVerifyReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzVerifyReport, lz_verify_report_free)

/* Walks every feed's chain, folds every case again, and hashes every photo (@photos). */
LzVerifyReport *lz_server_store_verify (LzServerStore *self, gboolean photos, GError **error);

/* A copy of the database while the server runs; photos are files and are copied by any tool. */
gboolean lz_server_store_backup (const char *dir, const char *file, GError **error);
/* Puts such a copy in place under a new epoch; the old one is kept aside. */
gboolean lz_server_store_restore (const char *dir, const char *file, GError **error);
/* Held by a running server; LZ_ERROR_BUSY if another process has it.  The descriptor. */
int lz_server_store_lock (const char *dir, GError **error);

G_END_DECLS
