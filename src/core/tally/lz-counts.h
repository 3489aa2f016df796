/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figures.h"
#include "lz-period.h"
#include "lz-rules.h"

G_BEGIN_DECLS

/**
 * LzCount:
 *
 * What is counted.  The definitions are in lz-count-table.c, one for each, in words for people
 * (lz_count_definition()) beside the code that follows them (lz_counts_judge()).
 */
typedef enum
{
  /* of the reports of the period */
  LZ_COUNT_REPORTED,       /* 上报数 */
  LZ_COUNT_OWN_REPORTED,   /* 监督员上报数 */
  LZ_COUNT_VALID_REPORTED, /* 有效上报数 */
  LZ_COUNT_SELF_HANDLED,   /* 自处置数 */
  LZ_COUNT_TO_FILE,        /* 受理数 */
  LZ_COUNT_REPORTED_FILED, /* 其中立案 */
  LZ_COUNT_RECURRED,       /* 复发数 */
  /* of the cases filed in the period */
  LZ_COUNT_FILED,              /* 立案数 */
  LZ_COUNT_FILED_ON_TIME,      /* 按时立案数 */
  LZ_COUNT_FILED_RIGHT,        /* 准确立案数 */
  LZ_COUNT_VOIDED,             /* 作废数 */
  LZ_COUNT_MISSED,             /* 漏报数 */
  LZ_COUNT_COMPLAINED,         /* 监督举报核实数 */
  LZ_COUNT_DUE_DISPATCH,       /* 应派遣数 */
  LZ_COUNT_DISPATCHED,         /* 派遣数 */
  LZ_COUNT_DISPATCHED_ON_TIME, /* 按时派遣数 */
  LZ_COUNT_DISPATCHED_RIGHT,   /* 准确派遣数 */
  LZ_COUNT_RETURNED,           /* 退回数 */
  LZ_COUNT_SHIRKED,            /* 推诿数 */
  /* of the tasks given in the period */
  LZ_COUNT_DUE_VERIFY,       /* 应核实数 */
  LZ_COUNT_VERIFIED,         /* 核实数 */
  LZ_COUNT_VERIFIED_ON_TIME, /* 按时核实数 */
  LZ_COUNT_DUE_CHECK,        /* 应核查数 */
  LZ_COUNT_CHECKED,          /* 核查数 */
  LZ_COUNT_CHECKED_ON_TIME,  /* 按时核查数 */
  LZ_COUNT_CHECK_PASSED,     /* 核查通过数 */
  /* of what the units had to handle */
  LZ_COUNT_DUE_HANDLE,      /* 应处置数 */
  LZ_COUNT_HANDLED,         /* 处置数 */
  LZ_COUNT_HANDLED_ON_TIME, /* 按期处置数 */
  LZ_COUNT_HANDLED_LATE,    /* 超期处置数 */
  LZ_COUNT_OVERDUE_OPEN,    /* 超期未处置数 */
  LZ_COUNT_OVERTIME,        /* 超期事实数 */
  LZ_COUNT_EXEMPTED,        /* 申诉豁免数 */
  /* of what had to be closed */
  LZ_COUNT_DUE_CLOSE,      /* 应结案数 */
  LZ_COUNT_CLOSED,         /* 结案数 */
  LZ_COUNT_CLOSED_ON_TIME, /* 按期结案数 */
  LZ_COUNT_AWAITING_CLOSE, /* 待结案数 */
  LZ_COUNT_FORCED,         /* 强制结案数 */
  LZ_COUNT_REWORKED,       /* 返工数 */
  LZ_COUNT_EXTENDED,       /* 延期数 */
  /* others */
  LZ_COUNT_REJECTED,   /* 不予立案数 */
  LZ_COUNT_SUPERVISED, /* 督办数 */
  LZ_COUNT_SUSPENDED,  /* 挂账数 */
  LZ_COUNT_OPEN,       /* 在办数 */
  LZ_N_COUNTS
} LzCount;

#define LZ_COUNT_BIT(count) (G_GUINT64_CONSTANT (1) << (count))

/**
 * LzTallySpan:
 * @period: of which period
 * @as_of_ms: its end, or the present moment if that comes first: at which stocks are counted
 * @rules: limits of the office's own steps; lent
 * @calendar: for their clocks; lent
 *
 * What counting goes by.  A plain value.
 */
typedef struct
{
  LzPeriod period;
  gint64 as_of_ms;
  const LzRules *rules;
  const LzCalendar *calendar;
} LzTallySpan;

LzTallySpan lz_tally_span_new (const LzPeriod *period,
                               gint64 now_ms,
                               const LzRules *rules,
                               const LzCalendar *calendar);

/**
 * lz_counts_judge:
 * @figures: a case
 * @span: period and moment
 *
 * The one place where it is decided what a case counts for.
 *
 * Returns: a set of LZ_COUNT_BIT()
 */
guint64 lz_counts_judge (const LzFigures *figures, const LzTallySpan *span);

/* The moment for which @count, which @figures is in, counts within the period: for tables by hour,
 * weekday and day.  Stocks count for the last moment. */
gint64 lz_count_time (LzCount count, const LzFigures *figures, const LzTallySpan *span);

/* "handled_on_time": in files, JSON and scores. */
const char *lz_count_to_string (LzCount count);
gboolean lz_count_from_string (const char *text, LzCount *count);
/* Translated. */
const char *lz_count_label (LzCount count);
const char *lz_count_definition (LzCount count);
/* In which period a case counts, translated; and by which clock it is judged, %NULL = by none. */
const char *lz_count_period_rule (LzCount count);
const char *lz_count_clock_rule (LzCount count);
/* Where the definition comes from, "domain §4.1, UMP". */
const char *lz_count_source (LzCount count);

G_END_DECLS
