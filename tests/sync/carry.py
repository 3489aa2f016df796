#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unsent work on a stick: out of a station that has no line, in through another, and later again over the line."""

import json
import os
import sqlite3
import subprocess

from lz_office import REFUSED, SERVER, Office, main, photo_bytes, same_truth
from lz_proxy import Line, status

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


def import_unsent(server, *words, code=0):
    """The server's own verb; what it printed."""
    done = subprocess.run([SERVER, "import-unsent", *words, "--data", server.data], capture_output=True, text=True,
                          timeout=60)
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout) if code == 0 else done.stderr


def carriers(server, table):
    db = sqlite3.connect(f"file:{server.data}/server.db?mode=ro", uri=True)
    try:
        return {row[0] for row in db.execute(f"SELECT user FROM {table}")}
    finally:
        db.close()


def test_into_the_server_itself():
    """The stick is put into the server's machine while it serves; its stations go on as if the line had brought it."""
    with Office() as office:
        field, desk, other = office.station("field", "li"), office.station("desk", "chen"), office.station("other", "wang")
        case = field.log(photo_bytes(1), photo_bytes(2), text="没有网络")
        field.note(case, "第二条")
        stick = office.path("stick.lzu")
        field.json("export-unsent", stick)

        done = import_unsent(office.server, stick, "--by", "chen")
        assert (done["by"], done["events"], done["photos"], done["refused"]) == ("chen", 4, 2, 0), done
        assert carriers(office.server, "event") == {"chen"}
        again = import_unsent(office.server, stick)
        assert (again["by"], again["events"], again["events_known"]) == ("admin", 0, 4), again
        assert (again["photos"], again["photos_known"]) == (0, 2), again
        other.sync()
        assert all(p["here"] for p in other.show(case)["photos"])

        # the same stick once more through a station, and the line at last
        desk.json("import-unsent", stick)
        assert desk.sync()["ok"]
        field.note(case, "第三条")
        assert field.sync()["ok"]
        desk.sync(), other.sync()
        assert len(same_truth(office.server, field, desk, other)) == 5
        assert field.status("--cases")["deliveries"][0]["photos_there"] == 2
        office.server.verify()


def test_the_running_server_learns_of_it():
    """What the server had folded of a case is not the last word when a stick brought more of it."""
    with Office() as office:
        field, desk = office.station("field", "li"), office.station("desk", "chen")
        case = field.log(photo_bytes(1), category="T01-03")
        assert field.sync()["ok"] and desk.sync()["ok"]
        for n in range(3):
            field.note(case, f"stick {n}")
            field.json("export-unsent", office.path("stick"))
            assert import_unsent(office.server, office.path("stick"))["events"] == 1
            desk.note(case, f"line {n}")
            assert desk.sync()["ok"]
            assert field.sync()["ok"]
        desk.sync()
        lines = same_truth(office.server, field, desk)
        texts = [x["event"]["body"]["text"] for x in lines if x["event"]["kind"] == "case.noted"]
        assert texts == [f"{how} {n}" for n in range(3) for how in ("stick", "line")], texts
        office.server.verify()


def test_photos_on_a_stick_after_their_case():
    """The acts went over the line, the photos were too heavy for it: they are their author's all the same."""
    with Line() as line:
        line.proxy.reset(lambda request, ask: status(503)(request, ask) if "/photos/" in request.path else ask())
        case = line.station.report("a", photo_bytes(1, 100_000))
        answer = line.station.go()
        assert (answer["events"], answer["photos"]) == (0, 1), answer
        line.station.kill()
        made = line.station.json("export-unsent", line.office.path("stick"))
        assert (made["events"], made["photos"]) == (0, 1), made
        done = import_unsent(line.office.server, line.office.path("stick"))
        assert (done["events"], done["photos"]) == (0, 1), done
        other = line.office.station("other", "wang")
        other.sync()
        assert [p["here"] for p in other.show(case)["photos"]] == [True]


def test_the_server_refuses_files():
    with Office() as office:
        field = office.station("field", "li")
        field.log(photo_bytes(1))
        stick, damaged = office.path("stick"), office.path("damaged")
        field.json("export-unsent", stick)
        assert "only those hand in" in import_unsent(office.server, stick, "--by", "li", code=1)
        import_unsent(office.server, stick, "--by", "nobody", code=1)
        import_unsent(office.server, office.path("none"), code=1)
        import_unsent(office.server, code=2)
        data = open(stick, "rb").read()
        for bad in (data[: len(data) // 2], b"x" * 5000, b""):
            with open(damaged, "wb") as file:
                file.write(bad)
            assert "damaged" in import_unsent(office.server, damaged, code=1)

        def spoil(sql, *values):
            with open(damaged, "wb") as file:
                file.write(data)
            db = sqlite3.connect(damaged)
            db.execute(sql, values)
            db.commit()
            db.close()

        spoil("UPDATE unsent_photo SET data = zeroblob (1000)")
        assert "photo" in import_unsent(office.server, damaged, code=1)
        spoil("UPDATE unsent_event SET line = '{}' WHERE n = 2")
        assert "damaged" in import_unsent(office.server, damaged, code=1)
        # numbers that are missing, and a feed that the carrier does not read: nothing of it is taken
        spoil("DELETE FROM unsent_event WHERE n = 1")
        assert "up to number 0" in import_unsent(office.server, damaged, code=1)
        spoil("UPDATE unsent_event SET line = replace (line, '360681001', '360681002')")
        assert "reads no feed" in import_unsent(office.server, damaged, code=1)
        assert office.server.lines() == []
        assert import_unsent(office.server, stick)["events"] == 3
        office.server.verify()


main(globals())
