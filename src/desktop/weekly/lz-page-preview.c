/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-page-preview.h"

#include <glib/gi18n.h>
#include <math.h>

#include "lz-template.h"

/* Dots a point: an A4 page is 893 dots wide, sharp enough to be read. */
#define SCALE 1.5
/* So large a page is shown: the width of the pane, and the height that A4 has with it. */
#define SHOWN_WIDTH  400
#define SHOWN_HEIGHT 566
/* No more pages are drawn: the rest is in the file. */
#define MAX_PAGES 40

struct _LzPagePreview
{
  GtkWidget parent_instance;

  GtkBox *pages;
  GtkLabel *state;
  GPtrArray *pictures; /* GtkPicture */

  GCancellable *drawing;
};

G_DEFINE_FINAL_TYPE (LzPagePreview, lz_page_preview, GTK_TYPE_WIDGET)

static GdkTexture *
draw_page (LzPaper *paper, guint page)
{
  double width, height;
  cairo_surface_t *surface;
  cairo_t *cr;
  g_autoptr (GBytes) bytes = NULL;
  int stride, w, h;

  lz_paper_get_size (paper, &width, &height);
  w = (int) ceil (width * SCALE);
  h = (int) ceil (height * SCALE);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, w, h);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, SCALE, SCALE);
  lz_paper_draw_page (paper, page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) stride * (gsize) h,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (w, h, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
}

/* In a worker, the only one that has the paper. */
static void
draw_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LzPaper *paper = data;
  guint n = MIN (lz_paper_get_n_pages (paper), MAX_PAGES);
  g_autoptr (GPtrArray) textures = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint page = 0; page < n; page++)
    {
      if (g_task_return_error_if_cancelled (task))
        return;
      g_ptr_array_add (textures, draw_page (paper, page));
    }
  g_task_return_pointer (task, g_steal_pointer (&textures), (GDestroyNotify) g_ptr_array_unref);
}

static void
set_n_pictures (LzPagePreview *self, guint n)
{
  while (self->pictures->len > n)
    {
      gtk_box_remove (self->pages, self->pictures->pdata[self->pictures->len - 1]);
      g_ptr_array_set_size (self->pictures, (int) self->pictures->len - 1);
    }
  while (self->pictures->len < n)
    {
      GtkWidget *picture = gtk_picture_new ();
      g_autofree char *name = g_strdup_printf (_ ("Page %u"), self->pictures->len + 1);

      gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
      gtk_widget_set_size_request (picture, SHOWN_WIDTH, SHOWN_HEIGHT);
      gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (picture, "page");
      gtk_widget_add_css_class (picture, "card");
      gtk_box_append (self->pages, picture);
      g_ptr_array_add (self->pictures, picture);
    }
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzPagePreview *self = LZ_PAGE_PREVIEW (source);
  g_autoptr (GPtrArray) textures = g_task_propagate_pointer (G_TASK (result), NULL);
  guint n_pages = GPOINTER_TO_UINT (user_data);
  g_autofree char *state = NULL;

  if (textures == NULL) /* cancelled */
    return;
  set_n_pictures (self, textures->len);
  for (guint i = 0; i < textures->len; i++)
    gtk_picture_set_paintable (self->pictures->pdata[i], GDK_PAINTABLE (textures->pdata[i]));
  state = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u page", "%u pages", n_pages), n_pages);
  gtk_label_set_label (self->state, state);
}

void
lz_page_preview_show (LzPagePreview *self, LzPaper *paper)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LZ_IS_PAGE_PREVIEW (self) && paper != NULL);

  g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
  self->drawing = g_cancellable_new ();
  task =
      g_task_new (self, self->drawing, drawn_cb, GUINT_TO_POINTER (lz_paper_get_n_pages (paper)));
  g_task_set_task_data (task, paper, (GDestroyNotify) lz_paper_free);
  g_task_run_in_thread (task, draw_in_worker);
}

void
lz_page_preview_show_problem (LzPagePreview *self, const char *problem)
{
  g_return_if_fail (LZ_IS_PAGE_PREVIEW (self));

  set_n_pictures (self, 0);
  gtk_label_set_label (self->state, problem);
}

static void
lz_page_preview_dispose (GObject *object)
{
  LzPagePreview *self = LZ_PAGE_PREVIEW (object);

  g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  lz_template_dispose_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (lz_page_preview_parent_class)->dispose (object);
}

static void
lz_page_preview_class_init (LzPagePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_page_preview_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pagepreview");
}

static void
lz_page_preview_init (LzPagePreview *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->pictures = g_ptr_array_new ();
  self->pages = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->state = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "dim-label");
  gtk_label_set_wrap (self->state, TRUE);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pages));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->state));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroll), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Preview of the Pages"), -1);
  gtk_widget_set_parent (scroll, GTK_WIDGET (self));
}
