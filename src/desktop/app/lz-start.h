/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How the start gets on, for who measures it: G_MESSAGES_DEBUG=lz-start. */
#define LZ_START_DOMAIN "lz-start"
