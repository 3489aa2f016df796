/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-category-picker.h"
#include "lz-draft-cell.h"
#include "lz-firm-name.h"
#include "lz-log-form.h"
#include "lz-photo-strip.h"
#include "lz-photo-thumb.h"
#include "lz-phrase-button.h"
#include "lz-place-facts.h"

struct _LzLogForm
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *saved;
  GtkWidget *steps;
  GtkScrolledWindow *scroller;
  GtkLabel *note;
  LzPhotoStrip *before;
  LzCategoryPicker *category;
  GtkWidget *condition_box;
  GtkLabel *only_condition;
  GtkBox *conditions;
  GtkLabel *limit;
  GtkLabel *due;
  GtkLabel *place;
  GtkLabel *coordinates;
  GtkEntry *address;
  GtkWidget *asset_box;
  GtkDropDown *asset;
  GtkDropDown *source;
  LzFirmChoice *firm;
  GtkWidget *similar_box;
  GtkLabel *similar_title;
  LzPhotoThumb *similar_mine;
  LzPhotoThumb *similar_other;
  GtkLabel *similar_facts;
  GtkButton *similar_note;
  GtkButton *similar_open;
  GtkButton *similar_next;
  LzPhraseButton *phrases;
  GtkTextView *text;
  GtkSwitch *fixed;
  LzPhotoStrip *after;
  GtkLabel *missing;
  GtkButton *submit;

  LzSession *session;
  LzDraft *draft;    /* %NULL: nothing is being written */
  LzDraftCell *cell; /* its number in the store */
  guint at;          /* which of the drafts under review, from 1; 0 = none */
  guint total;
  gboolean showing; /* the widgets are being set from the draft */
  gboolean dirty;   /* entered and not given to the store yet */
  gboolean submitting;
  guint save_id;
  guint place_id;
  GCancellable *place_cancellable;
  GPtrArray *similar; /* LzCaseRow */
  guint similar_at;
  GArray *assets; /* LzId of each choice but the first */
};

/* The part about similar cases: lz-log-form-similar.c. */
void lz_log_form_connect_similar (LzLogForm *self);
void lz_log_form_show_similar (LzLogForm *self, GPtrArray *similar);
void lz_log_form_want_case (LzLogForm *self, const LzId *id);

/* What it is about: lz-log-form-assets.c. */
void lz_log_form_connect_assets (LzLogForm *self);
void lz_log_form_show_assets (LzLogForm *self, const LzPlaceFacts *facts);

/* lz-log-form.c */
void lz_log_form_edited (LzLogForm *self);
void lz_log_form_update_actions (LzLogForm *self);
char *lz_log_form_dup_missing (LzLogForm *self);
void lz_log_form_finish (LzLogForm *self, const LzId *subject);

/* Where it is: lz-log-form-place.c. */
void lz_log_form_show_place (LzLogForm *self);
void lz_log_form_read_place (LzLogForm *self);

/* Into a case, or a note on one: lz-log-form-submit.c, with lz_log_form_submit(). */
void lz_log_form_note_on (LzLogForm *self, const LzId *subject);

/* The filing conditions: lz-log-form-conditions.c. */
const LzCondition *lz_log_form_get_condition (LzLogForm *self);
void lz_log_form_show_conditions (LzLogForm *self);

/* Whose truck it was: lz-log-form-firm.c. */
void lz_log_form_show_firm (LzLogForm *self);
void lz_log_form_fill_firm (LzLogForm *self);
void lz_log_form_collect_firm (LzLogForm *self);
void lz_log_form_connect_firm (LzLogForm *self);

/* What the widgets say, into the draft: lz-log-form-collect.c. */
void lz_log_form_collect (LzLogForm *self);
