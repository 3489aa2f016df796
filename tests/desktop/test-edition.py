#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The editor of the bulletin, by keyboard and screen reader: what is typed is kept as a draft, also when the window
closes; a sentence proposed anew, a figure opened, a case chosen, the week published, the PDF saved.

test-edition.py LUZHANG LUZHANG_CLI"""

import datetime
import json
import os
import re
import subprocess

from robot import Thing
from window import PHOTOS, Luzhang, keys, make_place, rest, run_cli, type_text, wait_for

WORDS = "Written by hand"


def last_week():
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))) - datetime.timedelta(days=7)
    year, week, _ = now.isocalendar()
    return f"{year}-W{week:02}"


def make_station(bin_dir, station, week):
    run_cli(bin_dir, station, "station", "init", "--sample")
    run_cli(bin_dir, station, "bench", "fill", "--cases", "120", "--days", "14", "--open", "40")
    late = json.loads(run_cli(bin_dir, station, "report", "cases", "--period", week, "--count", "overdue_open", "--json"))
    for case, photo in zip(late, ("DSCN0010.jpg", "DSCN0021.jpg", "DSCN0029.jpg")):
        run_cli(bin_dir, station, "case", "note", case["id"], "--photo", os.path.join(PHOTOS, "gps", photo))


def report(app, week):
    tables = json.loads(app.cli("report", "weekly", "--period", week, "--json"))["tables"]
    return {t["table"]: t["rows"] for t in tables}


def said(app, week):
    return [row["text"] for row in report(app, week)["text"]]


def open_editor(app):
    """The editor alone: to walk through the whole window at each look takes seconds."""
    frame = app.main()
    keys("alt+6")
    frame.find("page tab", "Edition").press()
    editor = frame.find("text", "Paragraph")
    while not editor.look("push button", re.compile("Publish…$")):
        editor = Thing(editor.node.get_parent())
    for _ in range(3):  # the view, which popovers hang on
        editor = Thing(editor.node.get_parent())
    return editor, editor.all("text", "Paragraph")


def check_tables(app, week, editor):
    """Attachment 1 as tables, whose numbers lead to their cases."""
    row = report(app, week)["subdistrict"][0]
    editor.find("push button", f"Filed {row['filed']} · {row['name']}").press()
    app.main().find("label", f"{row['filed']} cases")
    keys("alt+6")
    rest(0.4)


def write_draft(app, week):
    editor, paragraphs = open_editor(app)
    assert "cases were reported" in paragraphs[0].text, paragraphs[0].text

    # A sentence that somebody spoiled is proposed anew.
    proposed = paragraphs[0].text
    paragraphs[0].write("spoiled")
    wait_for(lambda: "spoiled" in said(app, week), "the draft in the store")
    editor.find("push button", "Propose This Sentence Anew").press()
    wait_for(lambda: editor.all("text", "Paragraph")[0].text == proposed, "the sentence as it was proposed")

    # A figure in it leads to its cases.
    editor.all("text", "Paragraph")[0].focus(limit=120)
    keys("ctrl+Home", "alt+Return")
    figure = editor.find("push button", re.compile("^Reported: [0-9]+"))
    assert figure.name.split(": ")[1] == proposed.split(" ")[0], (figure.name, proposed)
    keys("Escape")

    check_tables(app, week, editor)
    editor.find("push button", re.compile("Add a Paragraph$")).press()
    wait_for(lambda: any(t.has("focused") for t in editor.all("text", "Paragraph")), "the new paragraph")
    type_text(WORDS)
    wait_for(lambda: WORDS in said(app, week), "what was typed in the store")
    editor.find("label", "Draft, saved")


def publish(app, week, folder):
    editor, paragraphs = open_editor(app)
    assert any(p.text == WORDS for p in paragraphs), "what was typed is there again"

    before = len(report(app, week)["typical_cases"])
    editor.find("push button", re.compile("Choose Cases…$")).press()
    chooser = app.window("Typical Cases")
    checks = wait_for(lambda: chooser.all("check box"), "cases to choose from")
    for check in checks:
        if not check.has("checked"):
            check.press()
    chooser.find("push button", re.compile("Take These$")).press()
    wait_for(lambda: len(report(app, week)["typical_cases"]) == len(checks) > before, "the chosen cases in the draft")

    app.take_focus()
    editor.find("push button", re.compile("Publish…$")).press()
    app.window("Publish This Bulletin?").find("push button", re.compile("Publish$")).press()
    editor.find("label", re.compile("^Published "))
    assert WORDS in said(app, week)

    path = os.path.join(folder, "week.pdf")
    app.save_as(editor, re.compile("Print and Save Print and Save$"), re.compile("Save as PDF…$"), "Save the Bulletin",
                path)
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    assert WORDS in " ".join(text.split()), text


def main():
    week = last_week()
    with make_place("edition") as (folder, bin_dir, station):
        make_station(bin_dir, station, week)
        with Luzhang(bin_dir, station) as app:
            write_draft(app, week)
        with Luzhang(bin_dir, station) as app:
            publish(app, week, folder)


if __name__ == "__main__":
    main()
