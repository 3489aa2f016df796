/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-score.h"

G_BEGIN_DECLS

/* A grade and the least points that it takes. */
typedef struct
{
  char grade;
  double from;
} LzGrade;

struct _LzScoreModel
{
  char *key;
  guint version;
  GHashTable *notes;
  GPtrArray *terms; /* LzScoreTerm */
  GArray *grades;   /* LzGrade, the best first */
};

G_END_DECLS
