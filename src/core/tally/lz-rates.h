/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-counts.h"

G_BEGIN_DECLS

/**
 * LzRatio:
 * @part: above the line
 * @whole: below the line; 0 = there is no value
 *
 * A rate that keeps what it was made of.
 */
typedef struct
{
  gint64 part;
  gint64 whole;
} LzRatio;

static inline gboolean
lz_ratio_has_value (LzRatio ratio)
{
  return ratio.whole != 0;
}

/* In hundredths of a per cent, rounded half up, in integers: 9736 = 97.36 %.  Needs a value. */
gint64 lz_ratio_get_centi_percent (LzRatio ratio);
/* "97.36 %", or "—" where zero stands below the line. */
char *lz_ratio_dup_text (LzRatio ratio);

/* What stands for a figure that does not exist. */
#define LZ_NO_VALUE "—"

/**
 * LzRate:
 *
 * The rates of domain §4.2: each one count over another that holds it.
 */
typedef enum
{
  LZ_RATE_VALID_REPORT,     /* 有效上报率 */
  LZ_RATE_MISSED,           /* 漏报率 */
  LZ_RATE_SELF_HANDLED,     /* 自处置率 */
  LZ_RATE_FILING,           /* 立案率 */
  LZ_RATE_FILING_ON_TIME,   /* 按时立案率 */
  LZ_RATE_FILING_RIGHT,     /* 准确立案率 */
  LZ_RATE_VERIFY_ON_TIME,   /* 按时核实率 */
  LZ_RATE_DISPATCH_ON_TIME, /* 按时派遣率 */
  LZ_RATE_DISPATCH_RIGHT,   /* 派遣准确率 */
  LZ_RATE_RETURN,           /* 退回率 */
  LZ_RATE_HANDLING,         /* 处置率 */
  LZ_RATE_HANDLING_ON_TIME, /* 按期处置率 */
  LZ_RATE_HANDLING_LATE,    /* 超期处置率 */
  LZ_RATE_CHECK_ON_TIME,    /* 按时核查率 */
  LZ_RATE_CHECK_PASSED,     /* 核查通过率 */
  LZ_RATE_CLOSING,          /* 结案率 */
  LZ_RATE_CLOSING_ON_TIME,  /* 按期结案率 */
  LZ_RATE_REWORK,           /* 返工率 */
  LZ_RATE_EXTENSION,        /* 延期率 */
  LZ_RATE_COMPLAINT,        /* 监督举报率 */
  LZ_RATE_RECURRENCE,       /* 重复率 */
  LZ_N_RATES
} LzRate;

const char *lz_rate_to_string (LzRate rate);
gboolean lz_rate_from_string (const char *text, LzRate *rate);
const char *lz_rate_label (LzRate rate);
/* The formula in words: "Handled on time ÷ To be handled". */
char *lz_rate_dup_definition (LzRate rate);
LzCount lz_rate_get_part (LzRate rate);
LzCount lz_rate_get_whole (LzRate rate);
/* Whether more is better, as with closing, and not worse, as with rework. */
gboolean lz_rate_is_good (LzRate rate);

G_END_DECLS
