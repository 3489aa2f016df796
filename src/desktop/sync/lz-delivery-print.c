/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-delivery-print.h"

#include <glib/gi18n.h>

#include "lz-delivery-item.h"
#include "lz-words.h"

/* In points; the print operation is set to them. */
#define LINE       17.0
#define HEAD       58.0
#define FOOT       22.0
#define FONT       "Sans 9"
#define TITLE_FONT "Sans Bold 14"
#define BOLD_FONT  "Sans Bold 9"

/* Where each column ends, as a part of the width. */
static const double column_ends[] = { 0.11, 0.30, 0.60, 0.76, 0.82, 0.89, 1.0 };

#define N_COLUMNS G_N_ELEMENTS (column_ends)

typedef struct
{
  LzSession *session;
  GListModel *items;
  char *server;
  char *person;
  gint64 printed_ms;
  guint n_waiting;
  guint lines_per_page;
  int n_pages;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->session);
  g_clear_object (&job->items);
  g_free (job->server);
  g_free (job->person);
  g_free (job);
}

const char *
lz_delivery_print_get_category (LzSession *session, const LzDelivery *delivery)
{
  return delivery->category != NULL ? lz_session_get_category_name (session, delivery->category)
                                    : _ ("No category yet");
}

static void
draw_text (GtkPrintContext *context,
           const char *text,
           const char *font,
           double x,
           double y,
           double width,
           PangoAlignment alignment)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, alignment);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_row (GtkPrintContext *context, const char *const *cells, const char *font, double y)
{
  double width = gtk_print_context_get_width (context);
  double x = 0;

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      double end = column_ends[i] * width;

      draw_text (context, cells[i], font, x, y, end - x - 6, PANGO_ALIGN_LEFT);
      x = end;
    }
}

static void
draw_rule (GtkPrintContext *context, double y)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);

  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, gtk_print_context_get_width (context), y);
  cairo_stroke (cr);
}

static void
draw_head (GtkPrintContext *context, const Job *job)
{
  const char *const titles[N_COLUMNS] = { _ ("Delivery"),   _ ("Number"), _ ("Case"),
                                          _ ("Road"),       _ ("Acts"),   _ ("Photos"),
                                          _ ("Last change") };
  double width = gtk_print_context_get_width (context);
  guint n = g_list_model_get_n_items (job->items);
  g_autofree char *time =
      lz_words_dup_date_time (job->printed_ms, lz_session_get_offset_min (job->session));
  g_autofree char *cases = g_strdup_printf (ngettext ("%u case", "%u cases", n), n);
  g_autofree char *line = NULL;

  draw_text (context, _ ("Delivery of Cases to the Server"), TITLE_FONT, 0, 0, width,
             PANGO_ALIGN_LEFT);
  line = g_strdup_printf (_ ("%s · %s · %s · as of %s · not delivered: %u"), job->person,
                          job->server, cases, time, job->n_waiting);
  draw_text (context, line, FONT, 0, 22, width, PANGO_ALIGN_LEFT);
  draw_row (context, titles, BOLD_FONT, HEAD - LINE - 2);
  draw_rule (context, HEAD - 3);
}

static void
draw_item (GtkPrintContext *context, const Job *job, LzDeliveryItem *item, double y)
{
  const LzDelivery *delivery = lz_delivery_item_get (item);
  g_autofree char *acts = g_strdup_printf ("%u/%u", delivery->n_events_there, delivery->n_events);
  g_autofree char *photos = g_strdup_printf ("%u/%u", delivery->n_photos_there, delivery->n_photos);
  g_autofree char *time = lz_words_dup_time (delivery->changed_ms, job->printed_ms,
                                             lz_session_get_offset_min (job->session));
  LzDeliveryFace face = lz_delivery_item_get_face (item);
  const char *const cells[N_COLUMNS] = {
    lz_sync_words_get_delivery_label (face),
    delivery->number != NULL ? delivery->number : "—",
    lz_delivery_print_get_category (job->session, delivery),
    delivery->road_name != NULL ? delivery->road_name : "—",
    acts,
    photos,
    time,
  };

  /* What is not there yet must strike the eye, also in black and white. */
  draw_row (context, cells, face == LZ_DELIVERY_DELIVERED ? FONT : BOLD_FONT, y);
}

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  Job *job = data;
  double room = gtk_print_context_get_height (context) - HEAD - FOOT;
  guint n = g_list_model_get_n_items (job->items);

  job->lines_per_page = (guint) MAX (room / LINE, 1);
  job->n_pages = (int) MAX ((n + job->lines_per_page - 1) / job->lines_per_page, 1);
  gtk_print_operation_set_n_pages (operation, job->n_pages);
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  Job *job = data;
  guint first = (guint) page * job->lines_per_page;
  guint n = g_list_model_get_n_items (job->items);
  g_autofree char *foot = g_strdup_printf (_ ("Page %d of %d"), page + 1, job->n_pages);

  draw_head (context, job);
  for (guint i = first; i < MIN (first + job->lines_per_page, n); i++)
    {
      g_autoptr (LzDeliveryItem) item = g_list_model_get_item (job->items, i);

      draw_item (context, job, item, HEAD + (i - first) * LINE);
    }
  draw_text (context, foot, FONT, 0, gtk_print_context_get_height (context) - LINE + 3,
             gtk_print_context_get_width (context), PANGO_ALIGN_RIGHT);
}

static guint
count_waiting (GListModel *items)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (LzDeliveryItem) item = g_list_model_get_item (items, i);

      n += lz_delivery_item_get_face (item) != LZ_DELIVERY_DELIVERED;
    }
  return n;
}

/* The list may change while it is being printed: a copy does not. */
static GListModel *
copy_items (GListModel *items)
{
  GListStore *copy = g_list_store_new (LZ_TYPE_DELIVERY_ITEM);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (LzDeliveryItem) item = g_list_model_get_item (items, i);

      g_list_store_append (copy, item);
    }
  return G_LIST_MODEL (copy);
}

GtkPrintOperation *
lz_delivery_print_new (LzSession *session, const LzSyncStatus *status, GListModel *items)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  Job *job = g_new0 (Job, 1);

  job->session = g_object_ref (session);
  job->items = copy_items (items);
  job->server = g_strdup (status->server != NULL ? status->server : _ ("no server"));
  job->person = g_strdup (lz_session_get_person_name (session, lz_session_get_actor (session)));
  job->printed_ms = lz_session_now ();
  job->n_waiting = count_waiting (items);
  g_object_set_data_full (G_OBJECT (operation), "job", job, job_free);

  gtk_print_operation_set_job_name (operation, _ ("Delivery of Cases to the Server"));
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), job);
  return operation;
}

gboolean
lz_delivery_print_run (GtkWindow *parent,
                       LzSession *session,
                       const LzSyncStatus *status,
                       GListModel *items,
                       GError **error)
{
  g_autoptr (GtkPrintOperation) operation = lz_delivery_print_new (session, status, items);

  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent,
                                  error) != GTK_PRINT_OPERATION_RESULT_ERROR;
}
