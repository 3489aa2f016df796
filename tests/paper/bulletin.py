#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bulletin of a week through luzhang-cli: PDF, workbook, CSV and JSON say the same; what is proposed follows from
the figures; what is sealed stays; an empty week."""

import csv
import datetime
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["G_TEST_SRCDIR"], "cli"))
from lz_book import Book  # noqa: E402
from lz_cli import INVALID, NOT_FOUND, PHOTOS, REFUSED, USAGE, Folder, Station  # noqa: E402

CHINESE = {**os.environ, "LANGUAGE": "zh_CN", "LC_ALL": "zh_CN.UTF-8"}
ATTACHED = ("subdistrict", "dimension", "unit", "road", "category")
SHOWN = ("filed", "due_close", "closed", "closing_rate", "overdue_open")


def week_before(weeks=1):
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))) - datetime.timedelta(days=7 * weeks)
    year, week, _ = now.isocalendar()
    return f"{year}-W{week:02}"


def squeeze(text):
    return "".join(text.split())


def words_of(path):
    return squeeze(subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout)


def fonts_of(path):
    return subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout


def photos_of(path):
    listed = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True).stdout
    return len([line for line in listed.splitlines()[2:] if " image " in line])


def make_station(path):
    station = Station(path).init()
    station.out("bench", "fill", "--cases", "240", "--days", "15", "--open", "60")
    station.out("people", "add", "zhang", "--name", "张派遣", "--roles", "inspector,dispatcher,checker,unit,supervisor")
    station.out("people", "use", "zhang")
    return station


def add_photos(station, week):
    """Photos to three of the cases that are overdue."""
    late = station.json("report", "cases", "--period", week, "--count", "overdue_open")
    for case, photo in zip(late, ("DSCN0010.jpg", "DSCN0021.jpg", "DSCN0029.jpg")):
        station.out("case", "note", case["id"], "-p", os.path.join(PHOTOS, "gps", photo), "-n", "现场照片")
    return [c["id"] for c in late[:3]]


def check_same_everywhere(station, folder, week):
    paths = {ending: folder.join("week." + ending) for ending in ("pdf", "xlsx", "csv", "json")}
    for path in paths.values():
        station.out("report", "weekly", "--period", week, "--number", "雄办通报〔2026〕47号", "--out", path)
    with open(paths["json"], encoding="utf-8") as file:
        report = json.load(file)
    with open(paths["csv"], encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    printed = words_of(paths["pdf"])
    book = Book(paths["xlsx"])
    assert "雄办通报〔2026〕47号" in printed and "emb" in fonts_of(paths["pdf"])

    tables = {t["key"]: t for t in report["tables"]}
    live = {t["table"]: t for t in station.json("report", "weekly", "--period", week)["tables"]}
    n_checked = 0
    for number, table in enumerate(report["tables"]):
        columns = [c["key"] for c in table["columns"]]
        kinds = [c["kind"] for c in table["columns"]]
        start = lines.index([table["title"]]) + 2
        sheet = book.sheets[number]
        texts = [value for value, _ in sheet.values() if isinstance(value, str)]
        for offset, row in enumerate(table["rows"]):
            cells = list(row["cells"].values())
            line = lines[start + offset]
            assert len(line) == len(columns) == len(cells), (table["key"], line)
            for key, kind, cell, text in zip(columns, kinds, cells, line):
                if kind == "count" and cell is not None:
                    assert text == str(cell), (table["key"], key, text, cell)
                    assert live[table["key"]]["rows"][offset][key] == cell
                elif isinstance(cell, str):
                    assert squeeze(text) == squeeze(cell) and (not cell or cell in texts), (table["key"], key, text)
                elif kind == "rate" and cell is not None and cell["below"]:
                    assert text == f"{(cell['above'] * 20000 + cell['below']) // (2 * cell['below']) / 100:.2f}%", text
            if table["key"] in ATTACHED and offset < 30:
                wanted = "".join(squeeze(line[columns.index(key)]) for key in ("name", *SHOWN[:4]))
                assert wanted in printed or table["key"] == "category", (table["key"], wanted)
                n_checked += 1
    assert n_checked > 30, n_checked
    for row in tables["text"]["rows"]:
        assert squeeze(row["cells"]["text"]) in printed, row
    total = tables["counts"]["rows"]
    counts = {r["key"]: r["cells"]["now"] for r in total}
    first = tables["text"]["rows"][1]["cells"]["text"]
    assert f"{counts['reported']} cases were reported and {counts['filed']} filed" in first, first
    sums = [formula for sheet in book.sheets for value, formula in sheet.values() if formula]
    assert any(f.startswith("SUM(") for f in sums) and any(f.startswith("IF(") for f in sums), sums[:5]
    return tables


def check_typical(tables, late, folder):
    cases = tables["typical_cases"]["rows"]
    assert cases and {r["key"] for r in cases} <= set(late), (cases, late)
    assert len({r["cells"]["category"] for r in cases}) == len(cases) or len(cases) == 2
    path = folder.join("week.pdf")
    assert photos_of(path) == len(cases) and cases[0]["cells"]["number"] in words_of(path)


def check_both_photos(station, folder):
    """A case that was put right stands in the bulletin with both photos side by side, and says where it is."""
    week = week_before(0)
    path = folder.join("both.pdf")
    case = station.out("case", "log", "--category", "T07-01", "--at", "28.31,117.25", "--photo",
                       os.path.join(PHOTOS, "gps", "DSCN0010.jpg"), "--note", "垃圾").strip()
    station.out("case", "rectify", case, "--photo", os.path.join(PHOTOS, "gps", "DSCN0012.jpg"))
    station.out("case", "close", case)
    station.out("report", "weekly", "--period", week, "--out", path)
    report = {t["table"]: t["rows"] for t in station.json("report", "weekly", "--period", week)["tables"]}
    cases = {row["key"]: row for row in report["typical_cases"]}
    assert "28.310000" in cases[case]["place"], cases[case]
    text = words_of(path)
    assert text.count("Before") == text.count("After") == len(cases), text
    assert photos_of(path) == len(cases) + 1 and text.count("Nophotoyet") == len(cases) - 1


def check_chinese(station, folder, week):
    path = folder.join("zh.pdf")
    station.out("report", "weekly", "--period", week, "--out", path, env=CHINESE)
    text = words_of(path)
    for wanted in ("城市精细化管理", "一、总体情况", "二、存在问题", "三、工作要求", "附件1", "案件处理统计表", "附件2", "典型案件"):
        assert wanted in text, wanted
    assert "〔" not in text.split("一、总体情况")[0], "no number, no red head"
    month = folder.join("month.pdf")
    station.out("report", "monthly", "--out", month, env=CHINESE)
    assert "月排名" in words_of(month)


def check_sealed(station, folder, week):
    """Words, tables and pages come from what was published; another time is refused."""
    before = station.json("report", "weekly", "--period", week)
    station.out("report", "seal", "weekly", "--period", week, "--number", "雄办通报〔2026〕47号")
    after = station.json("report", "weekly", "--period", week)
    assert [t["rows"] for t in after["tables"]] == [t["rows"] for t in before["tables"]]
    one, two = folder.join("one.pdf"), folder.join("two.pdf")
    station.out("report", "weekly", "--period", week, "--out", one)
    station.out("rebuild")
    station.out("report", "weekly", "--period", week, "--out", two)
    assert words_of(one) == words_of(two) and "雄办通报〔2026〕47号" in words_of(two)
    station.fails(REFUSED, "report", "seal", "weekly", "--period", week)
    assert station.json("report", "corrections", "weekly", "--period", week)["whole"]
    station.sound()


def check_empty(station, folder):
    path = folder.join("empty.pdf")
    station.out("report", "weekly", "--period", "2019-W10", "--out", path, env=CHINESE)
    text = words_of(path)
    assert "本期未受理案件" in text and "本期未发现突出问题" in text and "典型案件" not in text, text
    station.fails(NOT_FOUND, "report", "corrections", "weekly", "--period", "2019-W10")
    station.fails(USAGE, "report", "weekly", "--period", "2019-W10", "--out", folder.join("x.doc"))
    station.fails(USAGE, "report", "seal", "road", "--period", "2019-W10")
    station.fails(INVALID, "report", "seal", "weekly", "--period", "2099-W10")


def main():
    with Folder() as folder:
        station = make_station(folder.join("station"))
        week = week_before()
        late = add_photos(station, week)
        tables = check_same_everywhere(station, folder, week)
        check_typical(tables, late, folder)
        check_both_photos(station, folder)
        check_chinese(station, folder, week)
        check_sealed(station, folder, week)
        check_empty(station, folder)


if __name__ == "__main__":
    main()
