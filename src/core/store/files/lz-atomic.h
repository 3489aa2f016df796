/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzAtomic:
 *
 * A file on its way: written under a temporary name beside its own, and there under its own name
 * only when it is whole and durable.  Freed before that, it leaves nothing.
 */
typedef struct _LzAtomic LzAtomic;

LzAtomic *lz_atomic_new (const char *path, GError **error);
void lz_atomic_free (LzAtomic *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzAtomic, lz_atomic_free)

/* Where to write. */
const char *lz_atomic_get_temp (LzAtomic *self);

/* Syncs, renames, syncs the folder. */
gboolean lz_atomic_commit (LzAtomic *self, GError **error);

/* Calls @remove_it with each "@prefix??????" in @dir that no living program works on. */
void lz_atomic_sweep (const char *dir, const char *prefix, void (*remove_it) (const char *path));

/* Removes a file or a folder with all that is in it, as far as that goes. */
void lz_atomic_remove_tree (const char *path);

/* fsync of a file or a folder by its path. */
gboolean lz_atomic_sync (const char *path, GError **error);

G_END_DECLS
