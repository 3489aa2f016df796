/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What stands under "format" in `backup_info`. */
#define LZ_BACKUP_FORMAT "luzhang-backup 1"

/* A row of SQLite holds no more by default, and no photo that we take in comes near it. */
#define LZ_BACKUP_MAX_PHOTO 900000000u
