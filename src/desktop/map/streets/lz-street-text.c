/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-street-text.h"

#include <pango/pangocairo.h>

typedef struct
{
  PangoFont *font;
  PangoGlyph glyph;
} GlyphKey;

struct _LzStreetText
{
  PangoContext *context;
  cairo_t *scratch;
  GHashTable *runs[2]; /* text -> LzTextRun, regular and bold */
  GHashTable *paths;   /* GlyphKey -> cairo_path_t */
};

static guint
glyph_key_hash (gconstpointer data)
{
  const GlyphKey *key = data;

  return g_direct_hash (key->font) * 31 + key->glyph;
}

static gboolean
glyph_key_equal (gconstpointer a, gconstpointer b)
{
  const GlyphKey *left = a, *right = b;

  return left->font == right->font && left->glyph == right->glyph;
}

static void
glyph_key_free (gpointer data)
{
  GlyphKey *key = data;

  g_object_unref (key->font);
  g_free (key);
}

static void
text_run_free (gpointer data)
{
  LzTextRun *run = data;

  g_free (run->glyphs);
  g_free (run);
}

LzStreetText *
lz_street_text_new (void)
{
  LzStreetText *self = g_new0 (LzStreetText, 1);
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);

  self->scratch = cairo_create (surface);
  cairo_surface_destroy (surface);

  /* Outlines are turned and scaled, so that a grid to fit them to does not exist. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (fonts), 96);
  self->context = pango_font_map_create_context (fonts);
  pango_context_set_language (self->context, pango_language_from_string ("zh-cn"));
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);

  for (guint i = 0; i < G_N_ELEMENTS (self->runs); i++)
    self->runs[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, text_run_free);
  self->paths = g_hash_table_new_full (glyph_key_hash, glyph_key_equal, glyph_key_free,
                                       (GDestroyNotify) cairo_path_destroy);

  return self;
}

void
lz_street_text_free (LzStreetText *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->runs); i++)
    g_hash_table_unref (self->runs[i]);
  g_hash_table_unref (self->paths);
  cairo_destroy (self->scratch);
  g_object_unref (self->context);
  g_free (self);
}

static const cairo_path_t *
get_path (LzStreetText *self, PangoFont *font, PangoGlyphInfo info)
{
  GlyphKey key = { font, info.glyph };
  cairo_path_t *path = g_hash_table_lookup (self->paths, &key);
  PangoGlyphString single = { .num_glyphs = 1, .glyphs = &info, .log_clusters = &(int){ 0 } };

  if (path != NULL)
    return path;

  info.geometry.x_offset = 0;
  info.geometry.y_offset = 0;
  cairo_new_path (self->scratch);
  cairo_move_to (self->scratch, 0, 0);
  pango_cairo_glyph_string_path (self->scratch, font, &single);
  path = cairo_copy_path (self->scratch);
  g_object_ref (font);
  g_hash_table_insert (self->paths, g_memdup2 (&key, sizeof key), path);

  return path;
}

static gboolean
is_stackable (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_iswide (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

static void
append_item (LzStreetText *self, PangoGlyphItem *item, GArray *glyphs, double *x)
{
  const PangoGlyphString *string = item->glyphs;

  for (int i = 0; i < string->num_glyphs; i++)
    {
      PangoGlyphInfo info = string->glyphs[i];
      double advance = info.geometry.width / (double) PANGO_SCALE / LZ_GLYPH_EM;
      LzGlyph glyph = { NULL, *x + info.geometry.x_offset / (double) PANGO_SCALE / LZ_GLYPH_EM,
                        advance };

      *x += advance;
      if (info.glyph == PANGO_GLYPH_EMPTY || (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG))
        continue;
      glyph.path = get_path (self, item->item->analysis.font, info);
      if (glyph.path->num_data > 0)
        g_array_append_val (glyphs, glyph);
    }
}

static LzTextRun *
shape (LzStreetText *self, const char *text, gboolean bold)
{
  LzTextRun *run = g_new0 (LzTextRun, 1);
  g_autoptr (PangoLayout) layout = pango_layout_new (self->context);
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (LzGlyph));
  PangoFontDescription *font = pango_font_description_from_string (LZ_STREET_TEXT_FAMILIES);
  PangoLayoutLine *line;

  pango_font_description_set_absolute_size (font, LZ_GLYPH_EM * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_MEDIUM : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);

  line = pango_layout_get_line_readonly (layout, 0);
  for (GSList *l = line->runs; l != NULL; l = l->next)
    append_item (self, l->data, glyphs, &run->width);

  run->stackable = is_stackable (text);
  run->n_glyphs = glyphs->len;
  run->glyphs = (LzGlyph *) (gpointer) g_array_free (g_steal_pointer (&glyphs), FALSE);

  return run;
}

const LzTextRun *
lz_street_text_shape (LzStreetText *self, const char *text, gboolean bold)
{
  LzTextRun *run = g_hash_table_lookup (self->runs[bold ? 1 : 0], text);

  if (run == NULL)
    {
      run = shape (self, text, bold);
      g_hash_table_insert (self->runs[bold ? 1 : 0], g_strdup (text), run);
    }

  return run;
}
