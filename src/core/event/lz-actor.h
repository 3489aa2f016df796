/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * LZ_RULE_ACTOR:
 *
 * The actor of what the office's automatic rules do.  No account is called so.
 */
#define LZ_RULE_ACTOR "rule"
