#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes catalogue.tsv from the research table: make-catalogue.py CATALOGUE LIMITS >catalogue.tsv

CATALOGUE has one row per category with its leading filing condition; its limit is in hours, with
the source's own words beside it.  Where those words say "紧急" the clock runs always, "小时" are
working hours and "天" working days.  A further condition is added only where the category's own
text names one ("仅移位不齐按1工作日"), and only if LIMITS, the source city's list, has that limit.
"""
import csv
import re
import sys

COLUMNS = ["code", "condition", "dimension", "task", "subtask", "name_zh", "name_en", "kind",
           "standard_system", "standard_code", "cjt214_code", "local_system", "local_code",
           "lead_unit", "units", "category_source", "filing_condition", "limit", "clock",
           "closing_condition", "limit_original", "condition_source"]

HEAD = """\
# The problem categories of Dengfeng's plan 登政文〔2020〕23号 and their filing conditions.
# version: 1
# One row for each condition; what belongs to the category stands in its first row only.
# standard_code is a number of standard_system, cjt214_code one of CJ/T 214, local_code one of
# local_system: never join on the bare digits.  Names and conditions are worded by us; limits are
# facts with their source, "proposed" where no city's figure was found.
# Made by make-catalogue.py, then kept by hand.
"""

# What a category's text in brackets says, as further conditions: text, limit, clock.
FURTHER = {
    "T01-05": [("护栏仅移位、不齐", 1, "working_days")],
    "T01-08": [("箱体敞门、不洁", 1, "working_days")],
    "T01-22": [("飞线充电", 4, "working_hours")],
    "T01-26": [("施工围挡破损", 2, "working_days"), ("施工围挡不洁", 1, "working_days")],
    "T06-06": [("箱桶倾倒、敞门", 1, "working_days")],
    "T11-04": [("引导牌内容错误", 2, "working_days")],
    "T12-06": [("广告招牌倾斜", 1, "working_days")],
    "T17-01": [("景观灯倾倒", 1, "working_days")],
}
IN_BRACKETS = re.compile(r"\(([^()]*按[^()]*)\)")
HOURS = {"working_hours": 1, "working_days": 8}


def clock_of(row):
    """The limit by its real clock: from the source's words, else from the hours proposed."""
    words = row["deadline_original"]
    hours = int(row["deadline_hours"])
    found = re.match(r"(\d+)(紧急工作时|紧急工作日|小时|天|工作日)", words)
    if found:
        n, unit = int(found[1]), found[2]
        count, clock, check = {
            "紧急工作时": (n, "urgent_hours", ("calendar", n)),
            "紧急工作日": (n * 24, "urgent_hours", ("calendar", n * 24)),
            "小时": (n, "working_hours", ("working", n)),
            "天": (n, "working_days", ("working", n * 8)),
            "工作日": (n, "working_days", ("working", n * 8)),
        }[unit]
        if check != (row["deadline_clock"], hours):
            sys.exit(f"{row['code']}: {words} is not {hours} {row['deadline_clock']}")
        return count, clock
    if words:
        sys.exit(f"{row['code']}: limit not understood: {words}")
    if row["deadline_clock"] == "calendar":
        return (hours, "urgent_hours") if hours % 24 else (hours // 24, "calendar_days")
    return (hours, "working_hours") if hours % 8 else (hours // 8, "working_days")


def sources_of(row):
    """The research column is "category: … | deadline: … | wording of condition: own"."""
    parts = dict(p.split(": ", 1) for p in row["source"].split(" | "))
    return parts["category"], parts["deadline"].replace("proposed", "proposed, no city's figure")


def limits_in(limits, row):
    """All limits the source city has under the category's number, as (hours, clock letter)."""
    code = row["standard_code"] or row["yc_local_code"]
    for line in limits:
        if line["kind"] == row["kind"] and line["big_code"] + line["small_code"] == code:
            return line["limits(h;c=calendar,w=working)"].split(";")
    return []


def main(catalogue, limits):
    with open(catalogue, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    with open(limits, encoding="utf-8", newline="") as f:
        limits = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))

    sys.stdout.write(HEAD)
    print(*COLUMNS, sep="\t")
    for row in rows:
        text = row["filing_condition_zh"]
        more = FURTHER.get(row["code"], [])
        if bool(more) != bool(IN_BRACKETS.search(text)):
            sys.exit(f"{row['code']}: further conditions do not agree with: {text}")
        category_source, deadline_source = sources_of(row)
        count, clock = clock_of(row)
        standard, local = row["standard_code"], row["yc_local_code"]
        print(row["code"], 1, row["dimension"], row["plan_task"], row["plan_subtask"],
              row["name_zh"], row["name_en"], row["kind"],
              "GB/T 30428.2" if standard else "", standard, row["cjt214_event_code"],
              "运城" if local else "", local, row["lead_unit"], row["responsible_units"],
              category_source, IN_BRACKETS.sub("", text), count, clock,
              row["closing_condition_zh"], row["deadline_original"], deadline_source, sep="\t")
        for number, (text, count, clock) in enumerate(more, 2):
            if f"{count * HOURS[clock]}w" not in limits_in(limits, row):
                sys.exit(f"{row['code']}: the source has no limit of {count} {clock}")
            print(row["code"], number, *[""] * 14, text, count, clock,
                  row["closing_condition_zh"], "", "named in the text of condition 1; YC has it "
                  "under the same number", sep="\t")


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(sys.argv[1], sys.argv[2])
