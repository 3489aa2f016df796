/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-machine-page.h"

#include <glib/gi18n-lib.h>

/* All in pixels. */
#define COLUMN_W   96
#define ROW_H      36
#define LEFT       20
#define ROLES_W    330
#define STAGE_Y    64
#define STATE_Y    98
#define STATE_H    62
#define FIRST_ROW  196
#define LINE_CELLS 12 /* half-width cells in a line of a state's box */

/* The stages of domain §2 and what is drawn below each. */
static const struct
{
  const char *label;
  LzState states[6];
} stages[] = {
  { N_ ("Intake"),
    { LZ_STATE_NONE, LZ_STATE_REPORTED, LZ_STATE_SELF_DONE, LZ_STATE_VERIFYING, LZ_N_STATES } },
  { N_ ("Filing"), { LZ_STATE_FILED, LZ_N_STATES } },
  { N_ ("Dispatch"), { LZ_STATE_DISPATCHED, LZ_STATE_RETURNING, LZ_N_STATES } },
  { N_ ("Handling"),
    { LZ_STATE_HANDLING, LZ_STATE_EXTENDING, LZ_STATE_SUSPENDING, LZ_STATE_SUSPENDED,
      LZ_STATE_REWORK, LZ_N_STATES } },
  { N_ ("Feedback"), { LZ_STATE_DONE, LZ_STATE_FED_BACK, LZ_STATE_CHECKING, LZ_N_STATES } },
  { N_ ("End"),
    { LZ_STATE_CLOSED, LZ_STATE_FORCED, LZ_STATE_REJECTED, LZ_STATE_VOIDED, LZ_STATE_MERGED,
      LZ_N_STATES } },
};

typedef struct
{
  GString *svg;
  LzWord word;
  gpointer data;
  guint columns[LZ_N_STATES]; /* of each state */
  guint n_columns;
} Drawing;

static const char *
say (const Drawing *self, const char *text)
{
  return self->word != NULL ? self->word (text, self->data) : text;
}

static guint
find_x (const Drawing *self, LzState state)
{
  return LEFT + self->columns[state] * COLUMN_W + COLUMN_W / 2;
}

static void
write_text (Drawing *self, guint x, guint y, const char *class, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (self->svg, "<text x=\"%u\" y=\"%u\" class=\"%s\">%s</text>\n", x, y,
                          class, escaped);
}

/* Cuts a label into lines: between words, and between any two Chinese characters. */
static GPtrArray *
wrap (const char *label)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  GString *line = g_string_new (NULL);
  guint width = 0;

  for (const char *p = label; *p != '\0';)
    {
      const char *end = p;
      guint cells = 0;

      if (g_unichar_iswide (g_utf8_get_char (p)))
        {
          end = g_utf8_next_char (p);
          cells = 2;
        }
      else
        while (*end != '\0' && *end != ' ' && !g_unichar_iswide (g_utf8_get_char (end)))
          {
            end = g_utf8_next_char (end);
            cells++;
          }
      if (width > 0 && width + cells > LINE_CELLS)
        {
          g_ptr_array_add (lines, g_strchomp (g_string_free (line, FALSE)));
          line = g_string_new (NULL);
          width = 0;
        }
      g_string_append_len (line, p, end - p);
      width += cells;
      for (p = end; *p == ' '; p++, width++)
        g_string_append_c (line, ' ');
    }
  g_ptr_array_add (lines, g_strchomp (g_string_free (line, FALSE)));
  return lines;
}

static void
draw_state (Drawing *self, LzState state, guint bottom)
{
  guint x = find_x (self, state);
  g_autoptr (GPtrArray) lines = wrap (say (self, lz_state_label (state)));
  const char *class = state == LZ_STATE_NONE     ? "begin"
                      : lz_state_is_open (state) ? "open"
                                                 : "final";

  g_string_append_printf (self->svg,
                          "<line x1=\"%u\" y1=\"%u\" x2=\"%u\" y2=\"%u\" class=\"life\"/>\n"
                          "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"8\""
                          " class=\"%s\"/>\n",
                          x, STATE_Y + STATE_H, x, bottom, x - COLUMN_W / 2 + 3, STATE_Y,
                          COLUMN_W - 6, STATE_H, class);
  for (guint i = 0; i < lines->len; i++)
    write_text (self, x, STATE_Y + STATE_H / 2 + 5 - (lines->len - 1) * 8 + i * 16, "state",
                lines->pdata[i]);
}

static void
draw_heads (Drawing *self, guint bottom)
{
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      guint n = 0;
      guint x = LEFT + self->columns[stages[i].states[0]] * COLUMN_W;

      for (; stages[i].states[n] != LZ_N_STATES; n++)
        draw_state (self, stages[i].states[n], bottom);
      g_string_append_printf (self->svg,
                              "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"26\" rx=\"4\""
                              " class=\"stage\"/>\n",
                              x + 3, STAGE_Y, n * COLUMN_W - 6);
      write_text (self, x + n * COLUMN_W / 2, STAGE_Y + 18, "head",
                  say (self, _ (stages[i].label)));
    }
}

static void
draw_dot (Drawing *self, guint x, guint y)
{
  g_string_append_printf (self->svg, "<circle cx=\"%u\" cy=\"%u\" r=\"4\" class=\"dot\"/>\n", x, y);
}

/* From the outermost start to the other end; an arrowhead where it leads. */
static void
draw_arrow (Drawing *self, const LzTransition *row, guint y)
{
  gboolean moves = row->to != LZ_STATE_NONE;
  guint to = moves ? find_x (self, row->to) : 0;
  guint left = moves ? to : G_MAXUINT, right = to;

  for (guint state = 0; state < LZ_N_STATES; state++)
    if ((row->from & LZ_STATE_BIT (state)) != 0)
      {
        guint x = find_x (self, (LzState) state);

        left = MIN (left, x);
        right = MAX (right, x);
        draw_dot (self, x, y);
      }
  g_string_append_printf (self->svg,
                          "<line x1=\"%u\" y1=\"%u\" x2=\"%u\" y2=\"%u\" class=\"%s\"/>\n", left, y,
                          right, y, moves ? "arrow" : "flag");
  if (moves && left < to)
    g_string_append_printf (self->svg, "<path d=\"M%u %u l-11 -5 v10 z\" class=\"tip\"/>\n", to, y);
  if (moves && right > to)
    g_string_append_printf (self->svg, "<path d=\"M%u %u l11 -5 v10 z\" class=\"tip\"/>\n", to, y);
  write_text (self, (left + right) / 2, y - 7, "label", say (self, _ (row->label)));
}

static void
draw_row (Drawing *self, const LzTransition *row, guint index)
{
  guint y = FIRST_ROW + index * ROW_H;
  guint x = LEFT + self->n_columns * COLUMN_W + 12;
  g_autofree char *roles = lz_machine_dup_roles (row->roles, self->word, self->data);
  const char *effect = lz_machine_effect_label (row->effect);

  draw_arrow (self, row, y);
  write_text (self, x, y - 2, "who", roles);
  if (*effect != '\0')
    write_text (self, x, y + 11, "clock", say (self, effect));
}

static void
begin (Drawing *self, guint width, guint height)
{
  g_string_append_printf (
      self->svg,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %u %u\" width=\"%u\""
      " height=\"%u\">\n<style>\n"
      "text { font-family: 'Noto Sans CJK SC', 'Noto Sans SC', 'WenQuanYi Micro Hei', sans-serif;"
      " fill: #1c2b33; }\n"
      ".title { font-size: 24px; font-weight: bold; }\n"
      ".head { font-size: 14px; font-weight: bold; text-anchor: middle; fill: #fff; }\n"
      ".state { font-size: 13px; text-anchor: middle; }\n"
      ".label { font-size: 13px; text-anchor: middle; paint-order: stroke; stroke: #fff;"
      " stroke-width: 4px; }\n"
      ".who { font-size: 12px; } .clock { font-size: 11px; fill: #9a5b00; }\n"
      ".stage { fill: #2f6f8f; } .begin { fill: #fff; stroke: #888; stroke-dasharray: 4 3; }\n"
      ".open { fill: #e7f2f8; stroke: #2f6f8f; } .final { fill: #e9efe6; stroke: #4b7a3f;"
      " stroke-width: 2; }\n"
      ".life { stroke: #c9d4da; } .band { fill: #f4f7f9; }\n"
      ".arrow { stroke: #1c2b33; stroke-width: 1.6; }\n"
      ".flag { stroke: #7a7a7a; stroke-width: 1.2; stroke-dasharray: 3 4; }\n"
      ".dot { fill: #2f6f8f; } .tip { fill: #1c2b33; }\n"
      "</style>\n<rect width=\"%u\" height=\"%u\" fill=\"#fff\"/>\n",
      width, height, width, height, width, height);
  write_text (self, LEFT, 38, "title", say (self, _ ("The way of a case")));
}

char *
lz_machine_draw (LzWord word, gpointer data)
{
  Drawing self = { .svg = g_string_new (NULL), .word = word, .data = data };
  const LzTransition *rows;
  guint n, bottom;

  rows = lz_machine_get_rows (&n);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    for (guint k = 0; stages[i].states[k] != LZ_N_STATES; k++)
      self.columns[stages[i].states[k]] = self.n_columns++;
  bottom = FIRST_ROW + n * ROW_H - ROW_H / 2;
  begin (&self, LEFT * 2 + self.n_columns * COLUMN_W + ROLES_W, bottom + 20);
  for (guint i = 1; i < n; i += 2) /* bands below the lines of life */
    g_string_append_printf (self.svg,
                            "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" class=\"band\"/>\n",
                            LEFT, FIRST_ROW + i * ROW_H - ROW_H + 12,
                            self.n_columns * COLUMN_W + ROLES_W, ROW_H);
  draw_heads (&self, bottom);
  for (guint i = 0; i < n; i++)
    draw_row (&self, &rows[i], i);
  g_string_append (self.svg, "</svg>\n");
  return g_string_free (self.svg, FALSE);
}
