/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-error.h"
#include "lz-password.h"

#include <crypt.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* Of a password that nobody knows: the work for an account that does not exist. */
#define NOBODY "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$tnSYvahCwPBHKZUspmcxMfb0.WiB9W.zEaKlOBL35rC"

char *
lz_password_hash (const char *password, GError **error)
{
  g_autofree char *hash = NULL;
  char *setting = crypt_gensalt_ra ("$y$", 0, NULL, 0);
  void *data = NULL;
  int size = 0;

  if (setting != NULL)
    hash = g_strdup (crypt_ra (password, setting, &data, &size));
  free (setting);
  free (data);
  if (hash == NULL || *hash == '*')
    {
      lz_error_set_errno (error, errno, "hashing", "a password");
      return NULL;
    }
  return g_steal_pointer (&hash);
}

gboolean
lz_password_matches (const char *password, const char *hash)
{
  const char *setting = hash != NULL ? hash : NOBODY;
  gboolean same = FALSE;
  void *data = NULL;
  int size = 0;
  const char *made = crypt_ra (password, setting, &data, &size);

  if (made != NULL && strlen (made) == strlen (setting))
    {
      guint8 difference = 0;

      for (gsize i = 0; made[i] != '\0'; i++)
        difference |= (guint8) (made[i] ^ setting[i]);
      same = difference == 0;
    }
  free (data);
  return same && hash != NULL;
}

char *
lz_password_make (GError **error)
{
  static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; /* 54 */
  guint8 bytes[64];
  char text[17] = "";
  guint n = 0;

  G_STATIC_ASSERT (sizeof letters - 1 <= 64);
  while (n < 16)
    {
      if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
        {
          lz_error_set_errno (error, errno, "reading", "random numbers");
          return NULL;
        }
      for (guint i = 0; i < sizeof bytes && n < 16; i++)
        if ((bytes[i] & 63) < sizeof letters - 1)
          text[n++] = letters[bytes[i] & 63];
    }
  return g_strdup (text);
}
