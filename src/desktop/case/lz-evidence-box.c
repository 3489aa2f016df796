/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-evidence-box.h"

#include <glib/gi18n.h>

#include "lz-photo-thumb.h"
#include "lz-words.h"

#define SHORT_HASH 12

struct _LzEvidenceBox
{
  GtkWidget parent_instance;

  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (LzEvidenceBox, lz_evidence_box, GTK_TYPE_WIDGET)

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Shape and word, the colour only beside them. */
static GtkWidget *
new_mark (gboolean is_flag, const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *image = gtk_image_new_from_icon_name (is_flag ? "luzhang-lamp-triangle-symbolic"
                                                           : "luzhang-lamp-circle-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (image), 12);
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_top (image, 4);
  gtk_widget_add_css_class (image, is_flag ? "lamp-yellow" : "lamp-green");
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), new_label (text, NULL));
  return line;
}

static guint
collect_flags (const LzCaseFacts *facts)
{
  guint flags = facts->flags;

  for (guint i = 0; i < facts->evidence->len; i++)
    flags |= g_array_index (facts->evidence, LzEvidence, i).flags;
  if (facts->has_pair)
    flags |= facts->pair.flags;
  return flags;
}

static void
add_verdict (LzEvidenceBox *self, const LzCaseFacts *facts)
{
  guint flags = collect_flags (facts);
  g_autofree char *labels = flags != 0 ? lz_evidence_dup_labels (flags) : NULL;

  gtk_box_append (self->box,
                  new_mark (flags != 0, labels != NULL
                                            ? labels
                                            : _ ("Times and places of the photos fit the case.")));
}

static char *
dup_distance (double distance_m)
{
  g_autofree char *length = NULL;

  if (distance_m < 0)
    return g_strdup (_ ("place not known"));
  length = lz_words_dup_length (distance_m);
  return g_strdup_printf (_ ("%s from the case"), length);
}

/* Before and after: the way and the time between them. */
static void
add_pair (LzEvidenceBox *self, const LzCaseFacts *facts)
{
  g_autofree char *length = NULL;
  g_autofree char *span = NULL;
  g_autofree char *text = NULL;

  if (!facts->has_pair)
    return;

  length = facts->pair.distance_m < 0 ? g_strdup (_ ("distance not known"))
                                      : lz_words_dup_length (facts->pair.distance_m);
  span = facts->pair.elapsed_ms == 0 ? g_strdup (_ ("time not known"))
                                     : lz_words_dup_span (ABS (facts->pair.elapsed_ms));
  /* Translators: the way and the time between the photo before and the photo after */
  text = g_strdup_printf (_ ("Between before and after: %s, %s"), length, span);
  gtk_box_append (self->box, new_label (text, NULL));
}

static char *
dup_hash (const guint8 *sha256)
{
  GString *text = g_string_sized_new (LZ_SHA256_SIZE * 2);

  for (guint i = 0; i < LZ_SHA256_SIZE; i++)
    g_string_append_printf (text, "%02x", sha256[i]);
  return g_string_free (text, FALSE);
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
}

static GtkWidget *
new_copy_button (const char *hash)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Copy the Hash"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy the Hash"), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", hash);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "evidence.copy");
  return button;
}

/* One original: what, when, where, what does not fit, and its name. */
static GtkWidget *
new_original (LzSession *session, const LzEvidence *evidence)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *caption = lz_photo_dup_caption (session, &evidence->photo);
  g_autofree char *distance = dup_distance (evidence->distance_m);
  g_autofree char *title = g_strdup_printf ("%s · %s", caption, distance);
  g_autofree char *hash = dup_hash (evidence->photo.sha256);
  g_autofree char *size = g_format_size ((guint64) MAX (evidence->photo.size_bytes, 0));
  g_autofree char *name = g_strdup_printf ("SHA-256 %.*s… · %s", SHORT_HASH, hash, size);
  GtkWidget *label = new_label (name, "dim-label");

  gtk_box_append (GTK_BOX (box), new_label (title, NULL));
  if (lz_point_is_valid (evidence->photo.place))
    {
      g_autofree char *place = lz_words_dup_coordinates (evidence->photo.place);

      gtk_box_append (GTK_BOX (box), new_label (place, "dim-label"));
    }
  if (evidence->flags != 0)
    {
      g_autofree char *labels = lz_evidence_dup_labels (evidence->flags);

      gtk_box_append (GTK_BOX (box), new_mark (TRUE, labels));
    }
  gtk_widget_set_tooltip_text (label, hash);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), new_copy_button (hash));
  gtk_box_append (GTK_BOX (box), line);
  return box;
}

static void
add_originals (LzEvidenceBox *self, LzSession *session, const LzCaseFacts *facts)
{
  GtkWidget *expander = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u original", "%u originals", facts->evidence->len),
                       facts->evidence->len);

  expander = gtk_expander_new (title);
  for (guint i = 0; i < facts->evidence->len; i++)
    gtk_box_append (GTK_BOX (box),
                    new_original (session, &g_array_index (facts->evidence, LzEvidence, i)));
  gtk_widget_set_margin_top (box, 6);
  gtk_expander_set_child (GTK_EXPANDER (expander), box);
  gtk_box_append (self->box, expander);
}

void
lz_evidence_box_show (LzEvidenceBox *self, LzSession *session, const LzCaseFacts *facts)
{
  GtkWidget *child;

  g_return_if_fail (LZ_IS_EVIDENCE_BOX (self));
  g_return_if_fail (facts != NULL);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);

  gtk_widget_set_visible (GTK_WIDGET (self), facts->evidence->len > 0 || facts->flags != 0);
  gtk_box_append (self->box, new_label (_ ("Evidence"), "heading"));
  add_verdict (self, facts);
  add_pair (self, facts);
  if (facts->evidence->len > 0)
    add_originals (self, session, facts);
}

static void
lz_evidence_box_dispose (GObject *object)
{
  LzEvidenceBox *self = LZ_EVIDENCE_BOX (object);

  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;

  G_OBJECT_CLASS (lz_evidence_box_parent_class)->dispose (object);
}

static void
lz_evidence_box_class_init (LzEvidenceBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_evidence_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "evidencebox");
  gtk_widget_class_install_action (widget_class, "evidence.copy", "s", copy_cb);
}

static void
lz_evidence_box_init (LzEvidenceBox *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}
