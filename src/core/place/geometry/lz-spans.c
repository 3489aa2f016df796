/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-spans.h"

#include <string.h>

/* A road has no more stretches than this: one every metre of 100 km. */
#define MAX_SPANS 100000

/**
 * lz_spans_new:
 *
 * Returns: (transfer full) (element-type LzSpan): a set without a stretch
 */
GArray *
lz_spans_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (LzSpan));
}

/**
 * lz_spans_copy:
 * @spans: (element-type LzSpan) (nullable): a set
 *
 * Returns: (transfer full) (element-type LzSpan): a copy; an empty set for %NULL
 */
GArray *
lz_spans_copy (const GArray *spans)
{
  GArray *copy = lz_spans_new ();

  if (spans != NULL && spans->len > 0)
    g_array_append_vals (copy, spans->data, spans->len);
  return copy;
}

/**
 * lz_spans_add:
 * @spans: (element-type LzSpan): a set
 * @from_cm: where a stretch starts
 * @to_cm: where it ends; one that is not after @from_cm adds nothing
 *
 * Adds a stretch and joins those that it touches.
 */
void
lz_spans_add (GArray *spans, gint64 from_cm, gint64 to_cm)
{
  LzSpan span = { from_cm, to_cm };
  guint first = 0, end;

  g_return_if_fail (spans != NULL);

  if (to_cm <= from_cm)
    return;

  /* A track goes on where it was: the place is near the end more often than not. */
  for (first = spans->len; first > 0 && lz_spans_get (spans, first - 1)->to_cm >= from_cm; first--)
    ;
  for (end = first; end < spans->len && lz_spans_get (spans, end)->from_cm <= to_cm; end++)
    {
      span.from_cm = MIN (span.from_cm, lz_spans_get (spans, end)->from_cm);
      span.to_cm = MAX (span.to_cm, lz_spans_get (spans, end)->to_cm);
    }

  if (end > first)
    g_array_remove_range (spans, first, end - first);
  g_array_insert_val (spans, first, span);
}

/**
 * lz_spans_add_all:
 * @spans: (element-type LzSpan): a set
 * @others: (element-type LzSpan): another
 *
 * Makes @spans the union of both.
 */
void
lz_spans_add_all (GArray *spans, const GArray *others)
{
  g_return_if_fail (spans != NULL && others != NULL && spans != others);

  for (guint i = 0; i < others->len; i++)
    lz_spans_add (spans, lz_spans_get (others, i)->from_cm, lz_spans_get (others, i)->to_cm);
}

/**
 * lz_spans_length_cm:
 * @spans: (element-type LzSpan): a set
 *
 * Returns: the length of all its stretches together
 */
gint64
lz_spans_length_cm (const GArray *spans)
{
  gint64 length_cm = 0;

  g_return_val_if_fail (spans != NULL, 0);

  for (guint i = 0; i < spans->len; i++)
    length_cm += lz_spans_get (spans, i)->to_cm - lz_spans_get (spans, i)->from_cm;
  return length_cm;
}

/**
 * lz_spans_dup_gaps:
 * @spans: (element-type LzSpan): a set
 * @length_cm: how long the road is
 *
 * Returns: (transfer full) (element-type LzSpan): the stretches between 0 and @length_cm that
 *   @spans leaves out
 */
GArray *
lz_spans_dup_gaps (const GArray *spans, gint64 length_cm)
{
  GArray *gaps = lz_spans_new ();
  gint64 at_cm = 0;

  g_return_val_if_fail (spans != NULL, gaps);

  for (guint i = 0; i < spans->len; i++)
    {
      lz_spans_add (gaps, at_cm, MIN (lz_spans_get (spans, i)->from_cm, length_cm));
      at_cm = lz_spans_get (spans, i)->to_cm;
    }
  lz_spans_add (gaps, at_cm, length_cm);
  return gaps;
}

/**
 * lz_spans_to_string:
 * @spans: (element-type LzSpan): a set
 *
 * Returns: (transfer full): the set as text, in centimetres: "0-12050,30000-45000"
 */
char *
lz_spans_to_string (const GArray *spans)
{
  GString *text;

  g_return_val_if_fail (spans != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < spans->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            lz_spans_get (spans, i)->from_cm, lz_spans_get (spans, i)->to_cm);
  return g_string_free (text, FALSE);
}

/* A number without a sign. */
static gboolean
read_cm (const char **at, gint64 *value)
{
  char *end;

  if (!g_ascii_isdigit (**at))
    return FALSE;
  *value = (gint64) g_ascii_strtoull (*at, &end, 10);
  *at = end;
  return *value >= 0;
}

/**
 * lz_spans_from_string:
 * @text: (nullable): what lz_spans_to_string() gave, perhaps damaged since
 *
 * Returns: (transfer full) (element-type LzSpan) (nullable): the set, or %NULL if @text is none
 */
GArray *
lz_spans_from_string (const char *text)
{
  g_autoptr (GArray) spans = lz_spans_new ();
  const char *at = text;

  if (text == NULL)
    return NULL;

  while (*at != '\0')
    {
      LzSpan span;

      if (spans->len == MAX_SPANS || !read_cm (&at, &span.from_cm) || *at++ != '-' ||
          !read_cm (&at, &span.to_cm) || span.to_cm <= span.from_cm ||
          (spans->len > 0 && span.from_cm <= lz_spans_get (spans, spans->len - 1)->to_cm))
        return NULL;
      g_array_append_val (spans, span);
      if (*at == '\0')
        break;
      if (*at++ != ',' || *at == '\0')
        return NULL;
    }
  return g_steal_pointer (&spans);
}
