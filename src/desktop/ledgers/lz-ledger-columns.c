/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-ledger-columns.h"

#include "lz-case-item.h"
#include "lz-names.h"
#include "lz-words.h"

/* After number and state, which tell what the case is. */
#define FIRST_POSITION 2

struct _LzLedgerColumns
{
  GObject parent_instance;

  LzSession *session;
  GtkColumnViewColumn *columns[LZ_LEDGER_N_COLUMNS];
  GHashTable *entries; /* fid → LzLedgerEntry, of @list */
  GPtrArray *list;
};

G_DEFINE_FINAL_TYPE (LzLedgerColumns, lz_ledger_columns, G_TYPE_OBJECT)

enum
{
  TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_cell (LzLedgerColumns *self, const LzLedgerEntry *entry, LzLedgerColumn column)
{
  int offset_min = lz_session_get_offset_min (self->session);
  gint64 now_ms = lz_session_now ();

  switch (column)
    {
    case LZ_LEDGER_SINCE:
      return entry->since_ms != 0 ? lz_words_dup_time (entry->since_ms, now_ms, offset_min)
                                  : g_strdup ("—");
    case LZ_LEDGER_UNTIL:
      return entry->until_ms != 0 ? lz_words_dup_time (entry->until_ms, now_ms, offset_min)
                                  : g_strdup ("—");
    case LZ_LEDGER_HOURS:
      return entry->length_ms >= 0 ? g_strdup_printf ("%.1f", (double) entry->length_ms / 3600000.0)
                                   : g_strdup ("—");
    case LZ_LEDGER_ABOUT:
      return g_strdup (entry->about != NULL ? entry->about : "");
    case LZ_LEDGER_WORDS:
    case LZ_LEDGER_N_COLUMNS:
    default:
      return g_strdup (entry->words != NULL ? entry->words : "");
    }
}

/* A cell knows its column, and its case while it is bound. */
static void
show_cell (LzLedgerColumns *self, GtkWidget *cell)
{
  LzLedgerColumn column =
      (LzLedgerColumn) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (cell), "column"));
  LzCaseItem *item = g_object_get_data (G_OBJECT (cell), "item");
  gint64 fid = item != NULL ? lz_case_item_get_fid (item) : 0;
  const LzLedgerEntry *entry =
      self->entries != NULL ? g_hash_table_lookup (self->entries, &fid) : NULL;
  g_autofree char *text = entry != NULL ? dup_cell (self, entry, column) : g_strdup ("…");

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  lz_names_set_row (cell, text);
}

static void
told_cb (GtkWidget *cell, LzLedgerColumns *self)
{
  show_cell (self, cell);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, LzLedgerColumns *self)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), 3);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), 0);
  g_object_set_data (G_OBJECT (cell), "column", g_object_get_data (G_OBJECT (factory), "column"));
  gtk_list_item_set_child (list_item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, LzLedgerColumns *self)
{
  GtkWidget *cell = gtk_list_item_get_child (list_item);

  g_object_set_data_full (G_OBJECT (cell), "item",
                          g_object_ref (gtk_list_item_get_item (list_item)), g_object_unref);
  g_signal_connect_object (self, "told", G_CALLBACK (told_cb), cell, G_CONNECT_SWAPPED);
  show_cell (self, cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, LzLedgerColumns *self)
{
  GtkWidget *cell = gtk_list_item_get_child (list_item);

  g_signal_handlers_disconnect_by_func (self, told_cb, cell);
  g_object_set_data (G_OBJECT (cell), "item", NULL);
}

static GtkColumnViewColumn *
new_column (LzLedgerColumns *self, LzLedgerColumn column)
{
  static const int widths[LZ_LEDGER_N_COLUMNS] = { 130, 130, 90, 150, 170 };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *made;

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (column));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  made = gtk_column_view_column_new (NULL, factory);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_fixed_width (made, widths[column]);
  gtk_column_view_column_set_visible (made, FALSE);
  return made;
}

void
lz_ledger_columns_show (LzLedgerColumns *self, LzLedger ledger, GPtrArray *entries)
{
  g_return_if_fail (LZ_IS_LEDGER_COLUMNS (self));

  for (guint i = 0; i < LZ_LEDGER_N_COLUMNS; i++)
    {
      const char *title = lz_ledger_column_label (ledger, (LzLedgerColumn) i);

      gtk_column_view_column_set_visible (self->columns[i], title != NULL);
      if (title != NULL)
        gtk_column_view_column_set_title (self->columns[i], title);
    }
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  if (entries != NULL)
    {
      self->list = entries;
      self->entries = g_hash_table_new (g_int64_hash, g_int64_equal);
      for (guint i = 0; i < entries->len; i++)
        {
          LzLedgerEntry *entry = entries->pdata[i];

          g_hash_table_insert (self->entries, &entry->fid, entry);
        }
    }
  g_signal_emit (self, signals[TOLD], 0);
}

static void
lz_ledger_columns_dispose (GObject *object)
{
  LzLedgerColumns *self = LZ_LEDGER_COLUMNS (object);

  for (guint i = 0; i < LZ_LEDGER_N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lz_ledger_columns_parent_class)->dispose (object);
}

static void
lz_ledger_columns_class_init (LzLedgerColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_ledger_columns_dispose;

  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
lz_ledger_columns_init (LzLedgerColumns *self)
{
}

LzLedgerColumns *
lz_ledger_columns_new (LzCasesPage *page, LzSession *session)
{
  LzLedgerColumns *self = g_object_new (LZ_TYPE_LEDGER_COLUMNS, NULL);

  self->session = g_object_ref (session);
  for (guint i = 0; i < LZ_LEDGER_N_COLUMNS; i++)
    {
      self->columns[i] = new_column (self, (LzLedgerColumn) i);
      lz_cases_page_add_column (page, self->columns[i], FIRST_POSITION + i);
    }
  return self;
}
