#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unsent work on a stick: out of a station that has no line, in through another, and later again over the line."""

import os
import sqlite3

from lz_office import REFUSED, Office, main, photo_bytes, same_truth

INVALID = 4


def test_carry_and_send_again():
    with Office() as office:
        field, desk, other = office.station("field", "li"), office.station("desk", "chen"), office.station("other", "wang")
        case = field.log(photo_bytes(1), photo_bytes(2), text="没有网络")
        field.note(case, "第二条")
        stick = office.path("stick.lzu")
        made = field.json("export-unsent", stick)
        assert made["events"] == 4 and made["photos"] == 2 and made["photos_missing"] == 0, made

        came = desk.json("import-unsent", stick)
        assert came["events"] == 4 and came["photos"] == 2, came
        assert desk.json("import-unsent", stick)["events"] == 0
        assert len(desk.show(case)["photos"]) == 2
        assert desk.sync()["ok"]
        lines = office.server.lines()
        assert len(lines) == 4 and lines[0]["event"]["actor"] == "li", lines[0]
        other.sync()
        assert all(p["here"] for p in other.show(case)["photos"])

        # the station finds a line after all, and goes on
        field.note(case, "第三条")
        assert field.sync()["ok"]
        desk.sync()
        other.sync()
        lines = same_truth(office.server, field, desk, other)
        assert len(lines) == 5
        delivered = field.status("--cases")["deliveries"][0]
        assert delivered["photos_there"] == 2 and delivered["events_there"] == 5, delivered
        assert desk.json("import-unsent", stick)["events"] == 0
        for station in (field, desk, other):
            station.sound()
        office.server.verify()


def test_what_is_carried_cannot_be_taken_back():
    with Office() as office:
        field = office.station("field", "li")
        field.log(photo_bytes(1))
        field.json("export-unsent", office.path("stick"))
        assert field.rows("SELECT value FROM setting WHERE key = 'offered'") == [("3",)]


def test_refused_files():
    with Office() as office:
        field, desk = office.station("field", "li"), office.station("desk", "chen")
        case = field.log(photo_bytes(1))
        stick = office.path("stick")
        field.json("export-unsent", stick)
        field.run("import-unsent", stick, code=REFUSED)  # an inspector carries nothing in

        damaged = office.path("damaged")
        data = open(stick, "rb").read()
        for name, bad in {"cut": data[: len(data) // 2], "no file of ours": b"x" * 5000, "empty": b""}.items():
            with open(damaged, "wb") as file:
                file.write(bad)
            desk.run("import-unsent", damaged, code=(INVALID, 7))
            desk.show(case, code=2)
        with open(damaged, "wb") as file:
            file.write(data)
        db = sqlite3.connect(damaged)
        db.execute("UPDATE unsent_photo SET data = zeroblob (1000)")
        db.commit()
        db.close()
        desk.run("import-unsent", damaged, code=INVALID)
        desk.show(case, code=2)
        desk.run("import-unsent", office.path("none"), code=2)
        assert [n for n in os.listdir(desk.dir) if n.startswith(".fetch")] == []
        desk.sound()


main(globals())
