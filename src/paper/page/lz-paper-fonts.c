/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts and lines of words. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-paper-private.h"

#include <math.h>
#include <string.h>
#include <wchar.h>

/* A line with more room left than this many characters stays as it is: a long number or a foreign
 * word went to the next one. */
#define MAX_SLACK_CHARS 3.0
/* Where the baseline of Chinese type lies: so far below the middle of its line, in sizes. */
#define BASELINE 0.36

/* What the standard asks for under the names it has in Windows, WPS and macOS, then what is free.
 */
static const char *const wanted[LZ_N_FACES][9] = {
  [LZ_FACE_BODY] = { "FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "华文仿宋",
                     NULL },
  [LZ_FACE_KAI] = { "KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "华文楷体",
                    "LXGW WenKai", NULL },
  [LZ_FACE_HEI] = { "SimHei", "黑体", "STHeiti", "华文黑体", NULL },
  [LZ_FACE_TITLE] = { "FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05",
                      "方正小标宋_GBK", "STZhongsong", "华文中宋", NULL },
  [LZ_FACE_SONG] = { "SimSun", "宋体", "NSimSun", "STSong", NULL },
};

static const char serif[] = "Noto Serif CJK SC,Source Han Serif SC,AR PL UMing CN,serif";
static const char sans[] = "Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Zen Hei,sans-serif";

static GHashTable *
list_families (PangoFontMap *map)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PangoFontFamily **families = NULL;
  int n = 0;

  pango_font_map_list_families (map, &families, &n);
  for (int i = 0; i < n; i++)
    g_hash_table_add (names, g_strdup (pango_font_family_get_name (families[i])));
  g_free (families);
  return names;
}

static const char *
find_face (GHashTable *names, LzFace face)
{
  for (guint i = 0; wanted[face][i] != NULL; i++)
    if (g_hash_table_contains (names, wanted[face][i]))
      return wanted[face][i];
  return NULL;
}

void
lz_paper_set_up_fonts (LzPaper *self)
{
  g_autoptr (GHashTable) names = NULL;
  cairo_font_options_t *options = cairo_font_options_create ();

  self->fonts = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (self->fonts), 72);
  self->context = pango_font_map_create_context (self->fonts);
  pango_context_set_language (self->context, pango_language_from_string ("zh-cn"));
  /* A page is laid out once for all devices: no grid of pixels. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);

  names = list_families (self->fonts);
  for (guint i = 0; i < LZ_N_FACES; i++)
    {
      const char *found = find_face (names, (LzFace) i);
      const char *others = i == LZ_FACE_HEI ? sans : serif;

      self->families[i] =
          found != NULL ? g_strconcat (found, ",", others, NULL) : g_strdup (others);
      self->heavy[i] = found == NULL && (i == LZ_FACE_HEI || i == LZ_FACE_TITLE);
    }
}

static PangoFontDescription *
describe (LzPaper *self, const LzType *type)
{
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, self->families[type->face]);
  pango_font_description_set_size (font, (int) lround (type->size * PANGO_SCALE));
  if (self->heavy[type->face] || type->strong)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  return font;
}

static gboolean
opens (gunichar c)
{
  return c != 0 && wcschr (L"（《〈「『【〔“‘", (wchar_t) c) != NULL;
}

static gboolean
closes (gunichar c)
{
  return c != 0 && wcschr (L"）》〉」』】〕”’，。、；：", (wchar_t) c) != NULL;
}

/* Of two marks next to each other one takes half its width (标点挤压), by the font's "halt". */
static void
squeeze_marks (const char *text, PangoAttrList *attributes)
{
  gunichar before = 0;
  const char *p = text;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *narrow = NULL;

      if (closes (before) && (opens (c) || closes (c)))
        narrow = g_utf8_prev_char (p);
      else if (opens (before) && opens (c))
        narrow = p;
      if (narrow != NULL)
        {
          PangoAttribute *half = pango_attr_font_features_new ("halt=1");

          half->start_index = (guint) (narrow - text);
          half->end_index = (guint) (g_utf8_next_char (narrow) - text);
          pango_attr_list_insert (attributes, half);
        }
      before = c;
    }
}

PangoLayout *
lz_paper_make_layout (LzPaper *self, const LzType *type, double width, const char *text, gsize lead)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = describe (self, type);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, valid, -1);
  if (width >= 0)
    {
      /* A hair more, or 28 characters of a 28th each may not fit for a rounding. */
      pango_layout_set_width (layout, (int) ceil (width * PANGO_SCALE) + 8);
      pango_layout_set_indent (layout, (int) (type->indent * PANGO_SCALE));
    }
  squeeze_marks (valid, attributes);
  if (lead > 0)
    {
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = 0;
      bold->end_index = (guint) lead;
      pango_attr_list_insert (attributes, bold);
    }
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

guint
lz_paper_count_lines (PangoLayout *layout)
{
  return (guint) pango_layout_get_line_count (layout);
}

double
lz_paper_measure_words (LzPaper *self, const LzType *type, const char *text)
{
  g_autoptr (PangoLayout) layout = lz_paper_make_layout (self, type, -1, text, 0);
  PangoRectangle rectangle;

  pango_layout_get_extents (layout, NULL, &rectangle);
  return (double) rectangle.width / PANGO_SCALE;
}

static double
line_width (PangoLayoutLine *line)
{
  PangoRectangle rectangle;

  pango_layout_line_get_extents (line, NULL, &rectangle);
  return (double) rectangle.width / PANGO_SCALE;
}

/* Gaps that may be widened: beside a Chinese character or mark, and at spaces. */
static gboolean
is_elastic (const char *text, int at)
{
  gunichar c = g_utf8_get_char (text + at);

  return g_unichar_iswide (c) || c == ' ';
}

typedef void (*GapFunc) (PangoGlyphInfo *glyph, double *data);

static void
count_gap (PangoGlyphInfo *glyph, double *data)
{
  *data += 1;
}

static void
widen_gap (PangoGlyphInfo *glyph, double *data)
{
  glyph->geometry.width += (int) *data;
}

/* Calls @func for the glyphs after which a line may be widened, all but the last. */
static void
each_gap (PangoLayoutLine *line, const char *text, GapFunc func, double *data)
{
  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      PangoLayoutRun *run = l->data;

      for (int i = 0; i < run->glyphs->num_glyphs; i++)
        {
          gboolean last = l->next == NULL && i == run->glyphs->num_glyphs - 1;
          int at = run->item->offset + run->glyphs->log_clusters[i];

          if (!last && is_elastic (text, at))
            func (&run->glyphs->glyphs[i], data);
        }
    }
}

static void
stretch (PangoLayoutLine *line, const char *text, double slack)
{
  double n_gaps = 0;
  double extra;

  each_gap (line, text, count_gap, &n_gaps);
  if (n_gaps < 1)
    return;
  extra = slack * PANGO_SCALE / n_gaps;
  each_gap (line, text, widen_gap, &extra);
}

static gboolean
ends_paragraph (PangoLayoutLine *line, const char *text)
{
  const char *end = text + line->start_index + line->length;

  return *end == '\0' || *end == '\n' || (line->length > 0 && end[-1] == '\n');
}

static void
draw_line (PangoLayout *layout,
           const LzType *type,
           double width,
           guint index,
           double baseline,
           cairo_t *cr)
{
  PangoLayoutLine *line = pango_layout_get_line (layout, (int) index);
  const char *text = pango_layout_get_text (layout);
  gboolean first = line->start_index == 0 || text[line->start_index - 1] == '\n';
  double room = width - (first ? type->indent : 0);
  double slack = room - line_width (line);
  double x = first ? type->indent : 0;

  if (type->align == LZ_PAPER_CENTRE)
    x += slack / 2;
  else if (type->align == LZ_PAPER_RIGHT)
    x += slack;
  else if (type->justify && slack > 0 && slack < MAX_SLACK_CHARS * type->size &&
           !ends_paragraph (line, text))
    stretch (line, text, slack);
  cairo_move_to (cr, x, baseline);
  pango_cairo_show_layout_line (cr, line);
}

void
lz_paper_draw_lines (PangoLayout *layout,
                     const LzType *type,
                     double width,
                     guint from,
                     guint to,
                     cairo_t *cr)
{
  double baseline = type->pitch / 2 + BASELINE * type->size;

  for (guint i = from; i < to && i < lz_paper_count_lines (layout); i++)
    draw_line (layout, type, width, i, baseline + (i - from) * type->pitch, cr);
}
