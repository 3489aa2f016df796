#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the reports that make-report wrote with nothing of ours: zipfile, xml, csv, json."""

import csv
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

from lz_book import NS, Book

MAKE = sys.argv[1]
MOMENT = 1795429800


def make(path, rows, **more):
    return subprocess.run([MAKE, path, str(rows)], capture_output=True, text=True, check=False, **more)


def expected(i):
    due = i % 7
    return due, max(due - i % 2, 0)


def check_xlsx(path, rows):
    book = Book(path)
    assert len(book.names) == 3 and len(set(book.names)) == 3, book.names
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in book.names), book.names
    cells = book.sheets[0]
    pane = book.trees[0].find(".//s:pane", NS)
    assert pane.get("state") == "frozen" and pane.get("ySplit") == "4" and pane.get("xSplit") == "1"
    assert cells["B3"][0] == "结案" and cells["B4"][0] == "应结案数"
    assert "B3:D3" in [m.get("ref") for m in book.trees[0].iter("{%s}mergeCell" % NS["s"])]
    for i in range(rows):
        r = i + 5
        due, closed = expected(i)
        assert cells[f"B{r}"] == (due, None) and cells[f"C{r}"] == (closed, None), cells[f"B{r}"]
        value, formula = cells[f"D{r}"]
        assert formula == f'IF(B{r}=0,"—",C{r}/B{r})', formula
        assert (abs(value - closed / due) < 1e-12) if due else value == "—", (value, due)
        assert cells[f"E{r}"][0] == 100 - i / 8
        assert cells[f"F{r}"] == (i + 1, f"RANK(E{r},$E$5:$E${rows + 4})"), cells[f"F{r}"]
        assert cells[f"G{r}"][0] == ("—" if i == 2 else i / 2)
        days = (MOMENT + i * 60 + 8 * 3600) / 86400 + 25569
        assert abs(cells[f"H{r}"][0] - days) < 1e-6
        assert cells[f"I{r}"][0] == int((MOMENT + 8 * 3600) / 86400) + 25569
    if rows > 1:
        assert cells["A6"] == ('=HYPERLINK("http://x")', None), "a text must not become a formula"
    total = rows + 5
    assert cells[f"A{total}"][0] == "合计"
    if rows:
        assert cells[f"B{total}"] == (sum(expected(i)[0] for i in range(rows)), f"SUM(B5:B{rows + 4})")
        assert cells[f"D{total}"][1] == f'IF(B{total}=0,"—",C{total}/B{total})'
    definitions = {v[0] for v in book.sheets[2].values()}
    assert {"应结案数", "本期应当结案的案件数", "四化", "序化、洁化、绿化、亮化"} <= definitions


def check_csv(path, rows):
    with open(path, "rb") as file:
        raw = file.read()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n")
    lines = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert lines[1][:2] == ["责任单位", "结案 应结案数"], lines[1]
    for i in range(rows):
        due, closed = expected(i)
        row = lines[2 + i]
        assert row[1:3] == [str(due), str(closed)]
        rate = "—" if due == 0 else f"{int(closed * 1000 / due + 0.5) / 10:.1f}%"
        assert row[3] == rate, (row, rate)
        assert row[8] == "2026-11-23"
    if rows > 1:
        assert lines[3][0].startswith("'=HYPERLINK"), lines[3][0]
    assert lines[2 + rows][0] == "合计"


def check_json(path, rows):
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    assert report["report"] == "weekly" and report["to"] == "2026-11-23T10:30:00Z", report["to"]
    table = report["tables"][0]
    assert [c["key"] for c in table["columns"]][:4] == ["unit", "due", "closed", "rate"]
    assert len(table["rows"]) == rows + 1 and table["rows"][-1]["kind"] == "total"
    for i in range(rows):
        due, closed = expected(i)
        cells = table["rows"][i]["cells"]
        assert cells["due"] == due and cells["rate"]["above"] == closed and cells["rate"]["below"] == due
        assert (cells["rate"]["value"] is None) == (due == 0)
    assert any(d["term"] == "四化" for d in report["definitions"])


def check_full(folder):
    """A file that cannot be written to its end is not there, and the one before it still is."""
    for ending in ("xlsx", "csv", "json"):
        path = os.path.join(folder, "full." + ending)
        with open(path, "w", encoding="utf-8") as file:
            file.write("before")
        done = make(path, 60000, preexec_fn=limit)
        assert done.returncode == 1 and done.stderr, (ending, done)
        with open(path, encoding="utf-8") as file:
            assert file.read() == "before", ending
        left = [name for name in os.listdir(folder) if name.startswith(".")]
        assert not left, left


def limit():
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300000, 300000))


def main():
    with tempfile.TemporaryDirectory() as folder:
        for rows in (0, 1, 10, 500):
            for ending, check in (("xlsx", check_xlsx), ("csv", check_csv), ("json", check_json)):
                path = os.path.join(folder, f"r{rows}.{ending}")
                done = make(path, rows)
                assert done.returncode == 0, done.stderr
                check(path, rows)
        check_full(folder)
        begun = time.monotonic()
        assert make(os.path.join(folder, "big.xlsx"), 20000).returncode == 0
        print(f"20,000 rows as XLSX: {time.monotonic() - begun:.2f} s")
        missing = make(os.path.join(folder, "no", "such.xlsx"), 1)
        assert missing.returncode == 1 and "such.xlsx" in missing.stderr


if __name__ == "__main__":
    main()
