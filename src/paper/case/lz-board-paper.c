/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 曝光台, 点赞榜, 聚焦路长: a board as a page. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-board-paper.h"

#include "lz-notices.h"
#include "lz-paper-photos.h"
#include "lz-paper-words.h"

#include <glib/gi18n-lib.h>

#define PHOTOS_PER_ROW 2

static const char *
get_caption (LzPhotoRole role)
{
  if (role == LZ_PHOTO_BEFORE)
    return _ ("Before");
  return role == LZ_PHOTO_AFTER ? _ ("After") : NULL;
}

static gboolean
add_photos (LzPaper *paper,
            LzStation *station,
            const GArray *refs,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (LzPaperPhotos) photos = lz_paper_photos_new (lz_station_get_blobs (station));

  for (guint i = 0; i < refs->len; i++)
    {
      const LzPhotoRef *ref = &g_array_index (refs, LzPhotoRef, i);
      char hash[65];

      lz_sha256_format (ref->sha256, hash);
      lz_paper_photos_add (photos, hash, get_caption (ref->role));
    }
  if (!lz_paper_photos_make (photos, cancellable, error))
    return FALSE;
  if (refs->len > 0)
    lz_paper_add_photos (paper, lz_paper_photos_get (photos), refs->len, PHOTOS_PER_ROW);
  return TRUE;
}

static gboolean
add_entry (LzPaper *paper,
           LzStation *station,
           const LzPaperWords *words,
           const LzRecord *record,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GArray) refs = lz_records_list_photos (station, &record->id, error);
  const char *text = lz_record_get_text (record, "words");
  const char *person = lz_record_get_text (record, "person");
  g_autofree char *day =
      lz_paper_words_dup_time (words, "short_moment",
                               lz_record_get_int (record, "at", record->begun_ms));
  g_autofree char *line = person != NULL ? g_strdup_printf ("%s  %s", day, person) : g_strdup (day);

  if (refs == NULL)
    return FALSE;
  lz_paper_add_heading (paper, 1, lz_record_get_text (record, "title"));
  lz_paper_add_lines (paper, LZ_PAPER_LEFT, TRUE, line);
  if (text != NULL)
    lz_paper_add_paragraph (paper, text);
  return add_photos (paper, station, refs, cancellable, error);
}

LzPaper *
lz_paper_new_board (LzStation *station, const char *kind, GCancellable *cancellable, GError **error)
{
  g_autoptr (LzPaperWords) words = lz_paper_words_load (station, error);
  g_autoptr (GPtrArray) records =
      words != NULL ? lz_notices_find (station, kind, 0, 0, error) : NULL;
  g_autoptr (LzPaper) paper = NULL;
  g_autofree char *now = NULL;

  if (records == NULL)
    return NULL;
  paper = lz_paper_new (LZ_PAPER_LETTER, lz_notice_board_label (kind));
  now = lz_paper_words_dup_time (words, "short_moment", lz_station_now (station));
  lz_paper_set_author (paper, lz_paper_words_get_office (words));
  lz_paper_set_made (paper, lz_station_now (station));
  lz_paper_add_title (paper, lz_notice_board_label (kind));
  lz_paper_add_subtitle (paper, lz_paper_words_get_office (words));
  for (guint i = 0; i < records->len; i++)
    if (!add_entry (paper, station, words, records->pdata[i], cancellable, error))
      return NULL;
  if (records->len == 0)
    lz_paper_add_paragraph (paper, _ ("Nothing is up."));
  lz_paper_add_closing (paper, lz_paper_words_get_office (words), now);
  return g_steal_pointer (&paper);
}
