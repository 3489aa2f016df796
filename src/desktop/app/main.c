/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "lz-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (LzApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LZ_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname (LZ_APP_ID);

  application = lz_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
