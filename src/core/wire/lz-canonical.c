/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-wire"

#include "config.h"

#include "lz-scan.h"
#include "lz-wire-private.h"
#include "lz-wire.h"

#include <string.h>

/* Reads events that are canonical already, as those of our own programs are, without building a
 * tree: several times as fast as the general way.  Whatever is unusual (white space, an escape, a
 * member that we do not know, a value out of range) is left to the general way, which also says
 * what is wrong.  Both must give the same event; test-canonical.c holds them to it. */

/* ---------------------------------------------------------------------------- members */

/* Calls @func for each member of an object, whose keys must ascend. */
typedef gboolean (*MemberFunc) (Scan *scan, const char *key, gpointer data);

static gboolean
scan_object (Scan *scan, MemberFunc func, gpointer data)
{
  char key[24], before[24] = "";

  if (!expect (scan, "{"))
    return FALSE;
  if (expect (scan, "}"))
    return TRUE;
  do
    {
      if (!scan_word (scan, sizeof key - 1, key) || strcmp (before, key) >= 0 ||
          !expect (scan, ":") || !func (scan, key, data))
        return FALSE;
      memcpy (before, key, sizeof key);
    }
  while (expect (scan, ","));
  return expect (scan, "}");
}

static gboolean
scan_degrees (Scan *scan, gint64 limit, gint32 *to)
{
  gint64 value;

  if (!scan_int (scan, -limit, limit, &value))
    return FALSE;
  *to = (gint32) value;
  return TRUE;
}

typedef struct
{
  LzPhotoRef ref;
  gboolean has_role, has_hash;
} Photo;

static gboolean
scan_photo_member (Scan *scan, const char *key, gpointer data)
{
  Photo *photo = data;
  char text[2 * LZ_SHA256_SIZE + 1];

  if (g_str_equal (key, "sha256"))
    return photo->has_hash = scan_word (scan, sizeof text - 1, text) &&
                             lz_wire_parse_hash (text, photo->ref.sha256);
  if (g_str_equal (key, "role"))
    return photo->has_role =
               scan_word (scan, 20, text) && lz_photo_role_from_string (text, &photo->ref.role);
  if (g_str_equal (key, "size"))
    return scan_int (scan, 0, G_MAXINT64, &photo->ref.size_bytes);
  if (g_str_equal (key, "taken_at"))
    return scan_int (scan, LZ_WIRE_ANY_TIME, &photo->ref.taken_ms);
  if (g_str_equal (key, "lat7"))
    return scan_degrees (scan, 900000000, &photo->ref.place.lat7);
  return g_str_equal (key, "lon7") && scan_degrees (scan, 1800000000, &photo->ref.place.lon7);
}

static gboolean
scan_photos (Scan *scan, LzBody *body)
{
  if (!expect (scan, "["))
    return FALSE;
  if (expect (scan, "]"))
    return TRUE;
  do
    {
      Photo photo;

      memset (&photo, 0, sizeof photo);
      if ((body->photos != NULL && body->photos->len == LZ_WIRE_MAX_PHOTOS) ||
          !scan_object (scan, scan_photo_member, &photo) || !photo.has_role || !photo.has_hash)
        return FALSE;
      lz_body_add_photo (body, &photo.ref);
    }
  while (expect (scan, ","));
  return expect (scan, "]");
}

typedef struct
{
  LzLimit limit;
  gboolean has_clock;
} Limit;

static gboolean
scan_limit_member (Scan *scan, const char *key, gpointer data)
{
  Limit *limit = data;
  gint64 count;
  char text[41];

  if (g_str_equal (key, "clock"))
    return limit->has_clock =
               scan_word (scan, 40, text) && lz_clock_from_string (text, &limit->limit.clock);
  if (!g_str_equal (key, "count") || !scan_int (scan, 0, 100000, &count))
    return FALSE;
  limit->limit.count = (guint) count;
  return TRUE;
}

static gboolean
scan_limit (Scan *scan, LzBody *body)
{
  Limit limit = { 0 };

  if (!scan_object (scan, scan_limit_member, &limit) || !limit.has_clock)
    return FALSE;
  body->limit = limit.limit;
  return TRUE;
}

static gboolean
scan_uint (Scan *scan, gint64 max, guint *to)
{
  gint64 value;

  if (!scan_int (scan, 0, max, &value))
    return FALSE;
  *to = (guint) value;
  return TRUE;
}

static gboolean
scan_side (Scan *scan, LzBody *body)
{
  char side[21];

  return scan_word (scan, 20, side) && lz_side_from_string (side, &body->side);
}

typedef enum
{
  MEMBER_TIME,    /* gint64 */
  MEMBER_ID,      /* LzId */
  MEMBER_CM,      /* gint64 */
  MEMBER_NUMBER,  /* guint, up to @max */
  MEMBER_DEGREES, /* gint32, up to @max either way */
  MEMBER_SPECIAL,
} MemberType;

/* The members of a body that are no texts, with their greatest values, as in lz-body-codec.c, in
 * the order of their keys.  A record's facts are for the general way. */
static const struct
{
  const char *key;
  MemberType type;
  gsize at; /* in LzBody */
  gint64 max;
  gboolean (*scan) (Scan *scan, LzBody *body);
} body_members[] = {
  { "asset", MEMBER_ID, G_STRUCT_OFFSET (LzBody, asset) },
  { "chainage_cm", MEMBER_CM, G_STRUCT_OFFSET (LzBody, chainage_cm) },
  { "condition", MEMBER_NUMBER, G_STRUCT_OFFSET (LzBody, condition), 10000 },
  { "due_at", MEMBER_TIME, G_STRUCT_OFFSET (LzBody, due_ms) },
  { "found_at", MEMBER_TIME, G_STRUCT_OFFSET (LzBody, found_ms) },
  { "lat7", MEMBER_DEGREES, G_STRUCT_OFFSET (LzBody, place.lat7), 900000000 },
  { "level", MEMBER_NUMBER, G_STRUCT_OFFSET (LzBody, level), 100 },
  { "limit", MEMBER_SPECIAL, .scan = scan_limit },
  { "lon7", MEMBER_DEGREES, G_STRUCT_OFFSET (LzBody, place.lon7), 1800000000 },
  { "offset_cm", MEMBER_CM, G_STRUCT_OFFSET (LzBody, offset_cm) },
  { "other", MEMBER_ID, G_STRUCT_OFFSET (LzBody, other) },
  { "patrol", MEMBER_ID, G_STRUCT_OFFSET (LzBody, patrol) },
  { "photos", MEMBER_SPECIAL, .scan = scan_photos },
  { "recurs", MEMBER_ID, G_STRUCT_OFFSET (LzBody, recurs) },
  { "road", MEMBER_ID, G_STRUCT_OFFSET (LzBody, road) },
  { "side", MEMBER_SPECIAL, .scan = scan_side },
  { "until", MEMBER_TIME, G_STRUCT_OFFSET (LzBody, until_ms) },
  { "warn_at", MEMBER_TIME, G_STRUCT_OFFSET (LzBody, warn_ms) },
};

/* Keys ascend: what has been passed in either table need not be looked at again. */
typedef struct
{
  LzBody *body;
  guint text; /* of lz_body_texts */
  guint next; /* of body_members */
} BodyScan;

static gboolean
scan_body_member (Scan *scan, const char *key, gpointer data)
{
  BodyScan *self = data;
  const LzBodyText *text;
  gpointer to;
  guint i;

  while (self->text < lz_n_body_texts && strcmp (lz_body_texts[self->text].key, key) < 0)
    self->text++;
  text = &lz_body_texts[self->text];
  if (self->text < lz_n_body_texts && strcmp (text->key, key) == 0)
    return scan_text (scan, text->max_bytes, LZ_BODY_TEXT (self->body, text));
  while (self->next < G_N_ELEMENTS (body_members) && strcmp (body_members[self->next].key, key) < 0)
    self->next++;
  i = self->next;
  if (i == G_N_ELEMENTS (body_members) || strcmp (body_members[i].key, key) != 0)
    return FALSE;
  to = G_STRUCT_MEMBER_P (self->body, body_members[i].at);
  switch (body_members[i].type)
    {
    case MEMBER_TIME:
      return scan_int (scan, LZ_WIRE_ANY_TIME, to);
    case MEMBER_ID:
      return scan_id (scan, to);
    case MEMBER_CM:
      return scan_int (scan, 0, G_MAXINT32, to);
    case MEMBER_NUMBER:
      return scan_uint (scan, body_members[i].max, to);
    case MEMBER_DEGREES:
      return scan_degrees (scan, body_members[i].max, to);
    case MEMBER_SPECIAL:
    default:
      return body_members[i].scan (scan, self->body);
    }
}

static LzBody *
scan_body (Scan *scan)
{
  g_autoptr (LzBody) body = lz_body_new ();
  BodyScan members = { body, 0, 0 };

  return scan_object (scan, scan_body_member, &members) ? g_steal_pointer (&body) : NULL;
}

/* ------------------------------------------------------------------------------ events */

/* Most of an event is ASCII, eight bytes of which are looked at together. */
static gboolean
is_utf8 (const char *text, gsize length)
{
  gsize at = 0;

  for (; at + sizeof (guint64) <= length; at += sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, text + at, sizeof word);
      if ((word & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
    }
  return memchr (text, '\0', at) == NULL &&
         g_utf8_validate (text + at, (gssize) (length - at), NULL);
}

/* What the server has added to the canonical event: from the comma to the end of the number. */
typedef struct
{
  const char *from;
  const char *to;
} Addition;

static gboolean
scan_addition (Scan *scan, const char *key, gint64 max, gint64 *value, Addition *addition)
{
  addition->from = scan->at;
  if (expect (scan, key) && !scan_int (scan, 0, max, value))
    return FALSE;
  addition->to = scan->at;
  return TRUE;
}

static gboolean
scan_event (Scan *scan, LzEvent *event, Addition *place, Addition *time)
{
  const char *body;

  if (!expect (scan, "{\"actor\":") || !scan_name (scan, 200, &event->actor) ||
      (expect (scan, ",\"basis\":") && !scan_id (scan, &event->basis)) ||
      !expect (scan, ",\"body\":"))
    return FALSE;
  body = scan->at;
  event->body = scan_body (scan);
  if (event->body == NULL)
    return FALSE;
  event->body_json = g_strndup (body, (gsize) (scan->at - body));
  if (!expect (scan, ",\"device\":") || !scan_name (scan, 64, &event->device) ||
      !expect (scan, ",\"device_seq\":") || !scan_int (scan, 1, G_MAXINT64, &event->device_seq) ||
      !expect (scan, ",\"feed\":") || !scan_name (scan, 64, &event->feed) ||
      !scan_addition (scan, ",\"home_seq\":", G_MAXINT64, &event->home_seq, place) ||
      !expect (scan, ",\"id\":") || !scan_id (scan, &event->id) || !expect (scan, ",\"kind\":") ||
      !scan_name (scan, 64, &event->kind_name) || !expect (scan, ",\"occurred_at\":") ||
      !scan_int (scan, LZ_WIRE_ANY_TIME, &event->occurred_ms) || event->occurred_ms == 0 ||
      !scan_addition (scan, ",\"received_at\":", LZ_WIRE_LAST_TIME, &event->received_ms, time) ||
      !expect (scan, ",\"subject\":") || !scan_id (scan, &event->subject) || !expect (scan, "}"))
    return FALSE;
  event->kind = lz_kind_from_string (event->kind_name);
  return event->kind != LZ_KIND_UNKNOWN;
}

/* The event's own bytes, without the server's additions: what it would be written as again.  A NUL
 * follows them. */
static char *
cut_out (const char *begin,
         const char *end,
         const Addition *place,
         const Addition *time,
         gsize *size)
{
  gsize first = (gsize) (place->from - begin);
  gsize second = (gsize) (time->from - place->to);
  gsize third = (gsize) (end - time->to);
  char *bytes = g_malloc (first + second + third + 1);

  memcpy (bytes, begin, first);
  memcpy (bytes + first, place->to, second);
  memcpy (bytes + first + second, time->to, third);
  *size = first + second + third;
  bytes[*size] = '\0';
  return bytes;
}

/* NULL: not for us; the general way decides.  @canonical (optional): the event's own bytes. */
LzEvent *
lz_wire_scan_event (const char *line, gsize length, char **canonical)
{
  g_autoptr (LzEvent) event = lz_event_new ();
  Scan scan = { line, line + length };
  Addition place, time;
  gsize size;

  if (length > LZ_WIRE_MAX_EVENT_BYTES || !is_utf8 (line, length) ||
      !scan_event (&scan, event, &place, &time) || scan.at != scan.end)
    return NULL;
  if (canonical != NULL)
    *canonical = cut_out (line, scan.end, &place, &time, &size);
  return g_steal_pointer (&event);
}

/* FALSE: not for us; @line may be half filled. */
gboolean
lz_wire_scan_feed_line (const char *text, gsize length, LzFeedLine *line)
{
  char chain[2 * LZ_SHA256_SIZE + 1];
  Scan scan = { text, text + length };
  Addition place, time;
  const char *begin;
  char *canonical;
  gsize size;

  if (length > LZ_WIRE_MAX_EVENT_BYTES || !is_utf8 (text, length) ||
      !expect (&scan, "{\"chain\":") || !scan_word (&scan, sizeof chain - 1, chain) ||
      !lz_wire_parse_hash (chain, line->chain) || !expect (&scan, ",\"event\":"))
    return FALSE;
  begin = scan.at;
  line->event = lz_event_new ();
  if (!scan_event (&scan, line->event, &place, &time))
    return FALSE;
  canonical = cut_out (begin, scan.at, &place, &time, &size);
  line->canonical = g_bytes_new_take (canonical, size);
  return expect (&scan, ",\"seq\":") && scan_int (&scan, 1, G_MAXINT64, &line->seq) &&
         expect (&scan, "}") && scan.at == scan.end;
}

LzBody *
lz_wire_scan_body (const char *json, gsize length)
{
  Scan scan = { json, json + length };
  g_autoptr (LzBody) body = NULL;

  if (length > LZ_WIRE_MAX_EVENT_BYTES || !is_utf8 (json, length))
    return NULL;
  body = scan_body (&scan);
  return body != NULL && scan.at == scan.end ? g_steal_pointer (&body) : NULL;
}
