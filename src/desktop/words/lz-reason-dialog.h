/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * lz_question_new:
 * @parent: on which window
 * @heading: what is asked
 * @body: (nullable): more words
 * @id: of the response that goes on
 * @yes: its label, with a mnemonic
 * @appearance: how it looks
 *
 * A dialog that is cancelled by Escape and goes on by Enter.
 */
AdwMessageDialog *lz_question_new (GtkWindow *parent,
                                   const char *heading,
                                   const char *body,
                                   const char *id,
                                   const char *yes,
                                   AdwResponseAppearance appearance);

/**
 * LzReasonWords:
 * @heading: what is asked
 * @body: more words
 * @hint: (nullable): in the empty entry, "Reason" if %NULL
 * @yes: label of the button, with a mnemonic
 * @destructive: how the button looks
 */
typedef struct
{
  const char *heading;
  const char *body;
  const char *hint;
  const char *yes;
  gboolean destructive;
} LzReasonWords;

/* @reason: without white space at its ends, never empty */
typedef void (*LzReasonDone) (GtkWidget *asker, const char *reason, gpointer user_data);

/**
 * lz_reason_ask:
 * @asker: on whose window; it lives as long as the dialog
 * @words: what is said
 * @done: called when there is a reason and the button is pressed
 * @user_data: (nullable): for @done
 * @free_data: (nullable): frees @user_data when the dialog goes
 *
 * Asks why: nothing is done without words.
 */
void lz_reason_ask (GtkWidget *asker,
                    const LzReasonWords *words,
                    LzReasonDone done,
                    gpointer user_data,
                    GDestroyNotify free_data);

G_END_DECLS
