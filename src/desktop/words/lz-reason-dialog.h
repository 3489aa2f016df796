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
 * A dialog that is cancelled by Escape and goes on by Enter, which is not possible yet: the caller
 * enables @id once what it asks for is there.
 */
AdwMessageDialog *lz_question_new (GtkWindow *parent,
                                   const char *heading,
                                   const char *body,
                                   const char *id,
                                   const char *yes,
                                   AdwResponseAppearance appearance);

typedef void (*LzReasonDone) (const char *reason, gpointer user_data);

/* Asks why: nothing is done without words.
 * @yes: label of the button, with a mnemonic */
void lz_reason_ask (GtkWindow *parent,
                    const char *heading,
                    const char *body,
                    const char *yes,
                    gboolean destructive,
                    LzReasonDone done,
                    gpointer user_data);

G_END_DECLS
