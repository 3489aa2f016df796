#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Campaigns, boards and hauling firms as scripts see them."""

import datetime
import json
import subprocess

from lz_cli import AFTER, BEFORE, INVALID, NOT_FOUND, REFUSED, USAGE, Folder, Station


def office(folder):
    """A sample station whose person is an administrator and everything else."""
    station = Station(folder.join("s")).init()
    station.out("people", "add", "boss", "--name", "老周", "--roles", "inspector,road_chief,dispatcher,unit,checker,supervisor,admin")
    station.out("people", "use", "boss")
    return station


def close(station, case):
    station.out("case", "rectify", case, "--photo", AFTER)
    station.out("case", "close", case)


def campaigns(folder):
    station = office(folder)
    before = station.log("--photo", BEFORE, category="T05-11")
    campaign = station.json("campaign", "open", "渣土整治", "--until", "2099-01-01T00:00", "--category", "T05-11",
                            "--category", "T05-10", "--target", "3", "--goal", "杜绝遗撒")
    one = station.log("--photo", BEFORE, category="T05-11")
    two = station.log("--photo", BEFORE, category="T05-10")
    station.log("--photo", BEFORE, category="T06-01")  # of another category
    void = station.log("--photo", BEFORE, category="T05-10")
    station.out("case", "void", void, "--text", "误报")
    close(station, one)
    found = station.json("campaign", "list")[0]
    assert (found["cases"], found["closed"], found["in_time"], found["open"], found["overdue"]) == (2, 1, 1, 1, 0), found
    assert found["target"] == 3 and found["goal"] == "杜绝遗撒"
    ids = [c["id"] for c in station.json("campaign", "cases", campaign)]
    assert ids == [two, one] and before not in ids, ids
    station.fails(INVALID, "campaign", "change", campaign, "--until", "2001-01-01T00:00")
    station.out("campaign", "change", campaign, "--name", "渣土整治二", "--target", "5")
    found = station.json("campaign", "list")[0]
    assert (found["name"], found["target"], found["cases"]) == ("渣土整治二", 5, 2), found
    station.out("campaign", "report", campaign, "--out", folder.join("campaign.json"))
    with open(folder.join("campaign.json"), encoding="utf-8") as file:
        tables = {table["key"]: table["rows"] for table in json.load(file)["tables"]}
    assert len(tables["cases"]) == 2 and len(tables["by_category"]) == 3, tables
    station.out("campaign", "report", campaign, "--out", folder.join("campaign.pdf"))
    station.fails(REFUSED, "campaign", "close", campaign)  # without its report
    station.out("campaign", "close", campaign, "--text", "整治结束")
    assert station.json("campaign", "list") == []
    close(station, two)  # what is closed later does not change the report's figures
    found = station.json("campaign", "list", "--all")[0]
    assert found["state"] == "done" and found["report"] == "整治结束"
    station.fails(INVALID, "campaign", "open", "无期限")
    station.fails(INVALID, "campaign", "open", "错", "--until", "2099-01-01T00:00", "--category", "T99-99")
    station.sound()


def boards(folder):
    station = office(folder)
    case = station.log("--photo", BEFORE)
    notice = station.json("notice", "add", "exposed", "站前路暴露垃圾", "--case", case, "--text", "三日未清")
    assert "already" in station.fails(REFUSED, "notice", "add", "exposed", "又一次", "--case", case)
    station.json("notice", "add", "praised", "王师傅", "--person", "王某")
    assert [n["case"] for n in station.json("notice", "list", "exposed")] == [case]
    assert len(station.json("notice", "list")) == 2
    # Who walks a road is in focus, by the level of the assignment, unless somebody else is named.
    for person, name, level in (("yi", "甲某", "1"), ("san", "丙某", "3"), ("zong", "总某", "4")):
        station.out("people", "add", person, "--name", name, "--roles", "road_chief")
        station.out("roads", "assign", "冶金大道", person, "--level", level)
    station.json("notice", "add", "focus", "冶金大道路长在行动", "--road", "冶金大道")
    station.json("notice", "add", "focus", "总路长", "--road", "冶金大道", "--person", "总某")
    station.json("notice", "add", "focus", "无人", "--road", "交通路")
    people = {n["title"]: n.get("person") for n in station.json("notice", "list", "focus")}
    assert people == {"冶金大道路长在行动": "丙某 (3rd-level road chief)", "总路长": "总某", "无人": None}, people
    station.fails(INVALID, "notice", "add", "nonsense", "甲")
    station.fails(REFUSED, "notice", "remove", notice)
    station.out("notice", "remove", notice, "--text", "已整改")
    assert station.json("notice", "list", "exposed") == []
    station.sound()


def firms(folder):
    """Points hang on closed cases; below 60 the black list is proposed, and a person decides."""
    station = office(folder)
    station.json("firm", "add", "甲运输", "--licence", "渣2026-01", "--plate", "赣L12345", "--plate", "赣L12346")

    def firm(*args):
        return station.json("firm", "list", *args)[0]

    assert (firm()["points"], firm()["standing"], len(firm()["plates"])) == (100, "good", 2)
    open_case = station.log("--photo", BEFORE, category="T05-11")
    station.fails(REFUSED, "firm", "charge", "甲运输", open_case, "dumping")
    cases = [station.log("--photo", BEFORE, category="T05-11") for _ in range(3)]
    for case in cases:
        close(station, case)
    station.out("firm", "charge", "甲运输", cases[0], "dumping")
    assert (firm()["points"], firm()["standing"]) == (80, "good")
    station.fails(REFUSED, "firm", "charge", "甲运输", cases[0], "dumping")
    station.fails(NOT_FOUND, "firm", "charge", "甲运输", cases[1], "littering")
    station.out("firm", "charge", "甲运输", cases[1], "spilling")
    assert (firm()["points"], firm()["standing"]) == (70, "warned")
    station.out("firm", "charge", "甲运输", cases[1], "dumping")
    assert (firm()["points"], firm()["standing"]) == (50, "proposed")
    station.fails(REFUSED, "firm", "spare", "甲运输")
    station.out("firm", "spare", "甲运输", "--reason", "已停业整顿")
    assert (firm()["standing"], firm()["decided_by"], firm()["reason"]) == ("warned", "boss", "已停业整顿")
    station.out("firm", "charge", "甲运输", cases[2], "mud")  # proposed again after another charge
    assert (firm()["points"], firm()["standing"]) == (45, "proposed")
    station.out("firm", "blacklist", "甲运输", "--reason", "屡教不改")
    assert firm()["standing"] == "blacklisted"
    assert (firm("--year", "2099")["points"], firm("--year", "2099")["standing"]) == (100, "blacklisted")
    station.out("firm", "clear", "甲运输", "--reason", "整改合格")
    assert (firm("--year", "2099")["points"], firm("--year", "2099")["standing"]) == (100, "good")
    station.out("firm", "change", "甲运输", "--phone", "0701-1")
    assert firm()["licence"] == "渣2026-01" and firm()["phone"] == "0701-1"
    station.sound()


def chiefs(folder):
    """A road chief's month: rechecks, records, inspections, and a false photo that undoes it all."""
    station = office(folder)
    case = station.log("--photo", BEFORE)
    road = station.json("case", "show", case)["road"]
    station.out("roads", "assign", road, "boss")

    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
    period = f"{(now - datetime.timedelta(days=1)).date()}..{(now + datetime.timedelta(days=1)).date()}"

    def score():
        tables = station.json("report", "chief", "--period", period)["tables"]
        return next(r for t in tables if t["table"] == "rank_chief" for r in t["rows"] if r["key"] == "boss")

    assert (score()["recheck"], score()["inspection"], score()["records"]) == (None, None, None), score()
    station.out("case", "note", case, "--note", "未结案时", "--photo", AFTER)
    close(station, case)
    assert score()["recheck"] == 0, score()  # of one closed case none was seen again
    station.out("case", "note", case, "--note", "只有文字")
    assert score()["recheck"] == 0, score()
    for _ in range(2):  # seen twice is seen once
        station.out("case", "note", case, "--note", "复查无反弹", "--photo", AFTER)
        assert score()["recheck"] == 10, score()
    station.json("inspection", "score", road, "--points", "90")
    station.json("inspection", "score", road, "--points", "70", "--note", "牌匾破损")
    assert score()["inspection"] == 16, score()  # 160 of 200, times 20
    hours = [(now - datetime.timedelta(minutes=m)).isoformat(timespec="seconds") for m in (50, 20)]
    station.out("patrol", "enter", "--start", hours[0], "--end", hours[1], "--walked", road)
    assert score()["records"] == 0, score()  # entered by hand, not recorded
    station.fails(USAGE, "inspection", "score", road, "--points", "101")
    station.fails(USAGE, "inspection", "score", road, "--points", "9", "--false-photo", case)
    station.fails(NOT_FOUND, "inspection", "score", road, "--points", "9", "--false-photo", "0", "--note", "摆拍")
    station.json("inspection", "score", road, "--points", "80", "--false-photo", case, "--person", "somebody", "--note", "摆拍")
    assert score()["score"] > 0, score()
    station.json("inspection", "score", road, "--points", "80", "--false-photo", case, "--person", "boss", "--note", "摆拍")
    assert score()["score"] == 0, score()
    sheet = folder.join("chief.pdf")  # by name, and whose it is stands on it
    station.out("report", "chief", "老周", "--period", period, "--out", sheet)
    words = subprocess.run(["pdftotext", "-l", "1", sheet, "-"], capture_output=True, text=True, check=True).stdout
    assert "老周" in words.split("\n\n")[0], words[:200]
    station.fails(NOT_FOUND, "report", "chief", "nobody", "--period", period)
    found = station.json("inspection", "list")
    assert len(found) == 4 and sum(f["false_photo"] == case for f in found) == 2, found
    station.sound()


def roles(folder):
    """An inspector opens no campaign and puts nobody on a board."""
    station = Station(folder.join("s")).init()
    station.out("people", "add", "li", "--name", "小李", "--roles", "inspector")
    station.out("people", "use", "li")
    station.fails(REFUSED, "campaign", "open", "甲", "--until", "2099-01-01T00:00")
    station.fails(REFUSED, "notice", "add", "praised", "乙")
    station.fails(REFUSED, "firm", "add", "丙")
    station.fails(REFUSED, "inspection", "score", "冶金大道", "--points", "90")
    station.fails(USAGE, "firm", "charge", "丙")


def main():
    for function in (campaigns, boards, firms, chiefs, roles):
        with Folder() as folder:
            function(folder)
        print(f"ok {function.__name__}", flush=True)


if __name__ == "__main__":
    main()
