/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of what was delivered, on paper: printed into a PDF, whose pages and words are read
 * again.  With LZ_PRINT_TO=FOLDER the PDF stays there to be looked at. */
#include "config.h"

#include "lz-delivery-item.h"
#include "lz-delivery-print.h"
#include "lz-test-session.h"

#include <gtk/gtk.h>
#include <string.h>

#define NOON_MS (G_GINT64_CONSTANT (1795320240) * 1000)
#define N_CASES 90

typedef struct
{
  LzTestSession base;
  GListStore *items;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  lz_test_session_set_up (&f->base, data);
  f->items = g_list_store_new (LZ_TYPE_DELIVERY_ITEM);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->items);
  lz_test_session_tear_down (&f->base, data);
}

/* Every fourth case waits, every tenth has no category, one has a very long name for its road. */
static void
add_cases (Fixture *f, guint n)
{
  LzCatalogue *catalogue = lz_session_get_catalogue (f->base.session);

  for (guint i = 0; i < n; i++)
    {
      LzDelivery *delivery = g_new0 (LzDelivery, 1);
      g_autoptr (LzDeliveryItem) item = NULL;

      delivery->number = g_strdup_printf ("D-35c5-261124-%u", i + 1);
      delivery->category =
          i % 10 == 9 ? NULL : g_strdup (lz_catalogue_get_category (catalogue, i)->code);
      delivery->road_name =
          g_strdup (i == 1 ? "冶金大道与雄石路交叉口至建设路北段辅路" : "冶金大道");
      delivery->changed_ms = NOON_MS - (gint64) i * 3600 * 1000;
      delivery->n_events = 3;
      delivery->n_events_there = i % 4 == 0 ? 1 : 3;
      delivery->n_photos = 2;
      delivery->n_photos_there = 2;
      item = lz_delivery_item_new (delivery, LZ_SYNC_WAITING);
      g_list_store_append (f->items, item);
    }
}

static char *
print (Fixture *f, const char *name)
{
  char server[] = "https://luzhang.example.cn";
  const LzSyncStatus status = { .server = server };
  const char *folder = g_getenv ("LZ_PRINT_TO");
  g_autoptr (GtkPrintOperation) operation =
      lz_delivery_print_new (f->base.session, &status, G_LIST_MODEL (f->items));
  g_autoptr (GtkPageSetup) page = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder != NULL ? folder : f->base.dir, name, NULL);

  gtk_page_setup_set_paper_size_and_default_margins (page, paper);
  gtk_print_operation_set_default_page_setup (operation, page);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL,
                                            &error),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  return path;
}

/* The words of a PDF, its pages ended by form feeds; NULL where no tool can tell. */
static char *
dup_words (const char *path)
{
  g_autofree char *tool = g_find_program_in_path ("pdftotext");
  const char *const argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *words = NULL;
  int status = 0;

  if (tool == NULL)
    return NULL;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &words, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return words;
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *at = strstr (text, what); at != NULL; at = strstr (at + 1, what))
    n++;
  return n;
}

static void
test_pages (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *words = NULL;
  guint n_pages;

  add_cases (f, N_CASES);
  path = print (f, "deliveries.pdf");
  words = dup_words (path);
  if (words == NULL)
    {
      g_test_skip ("no pdftotext here");
      return;
    }

  n_pages = count (words, "\f");
  g_assert_cmpuint (n_pages, >, 1);
  g_assert_cmpuint (count (words, "Page 1 of"), ==, 1);
  g_assert_cmpuint (count (words, "Delivery of Cases to the Server"), ==, n_pages);
  g_assert_cmpuint (count (words, "No category yet"), ==, N_CASES / 10);
  g_assert_cmpuint (count (words, "1/3"), ==, (N_CASES + 3) / 4);
  g_assert_nonnull (strstr (words, "not delivered: 23"));
  g_assert_nonnull (strstr (words, "https://luzhang.example.cn"));
  for (guint i = 0; i < N_CASES; i++)
    {
      g_autofree char *number = g_strdup_printf ("D-35c5-261124-%u ", i + 1);

      g_assert_cmpuint (count (words, number), ==, 1);
    }
}

static void
test_nothing (Fixture *f, gconstpointer data)
{
  g_autofree char *path = print (f, "nothing.pdf");
  g_autofree char *words = dup_words (path);

  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  if (words != NULL)
    g_assert_nonnull (strstr (words, "Page 1 of 1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }

  g_test_add ("/desktop/delivery-print/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/desktop/delivery-print/nothing", Fixture, NULL, set_up, test_nothing, tear_down);

  return g_test_run ();
}
