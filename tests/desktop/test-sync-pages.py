#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window says of sync, seen through AT-SPI against a real server behind a proxy of ours: the
banners, what waits, a long upload, the list of deliveries in the person's language, printing it, and
the three decisions of the inbox.

test-sync-pages.py LUZHANG LUZHANG-CLI LUZHANG-SERVER [--shots FOLDER]; needs a display and a session bus."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WINDOW, CLI, SERVER = sys.argv[1:4]
SHOTS = sys.argv[5] if sys.argv[4:5] == ["--shots"] else None
os.environ.update({"LUZHANG_CLI": CLI, "LUZHANG_SERVER": SERVER, "LZ_TOKEN_IN_FILE": "1", "LC_ALL": "C.UTF-8",
                   "LANGUAGE": "en"})
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "sync")]
import lz_office  # noqa: E402
import lz_proxy  # noqa: E402
from robot import App, keys, rest, wait_for  # noqa: E402

USER = "chen"
VENDORS = "T03-03"  # 占道经营、马路市场
HOUR_MS = 3600 * 1000


def open_window(station, language="en"):
    app = App([WINDOW, "--station", station.dir], "org.luzhang.Luzhang", env={"LANGUAGE": language}, shots=SHOTS)
    number = wait_for(lambda: app.windows().get("Luzhang" if language == "en" else "路长"), "the window")
    subprocess.run(["xdotool", "windowsize", number, "1280", "720", "windowmove", number, "0", "0"], check=True)
    return app


def say(what):
    print("ok - " + what, flush=True)


def set_setting(station, key, value):
    """What only hours without a line would bring about."""
    db = sqlite3.connect(os.path.join(station.dir, "station.gpkg"))
    with db:
        db.execute("UPDATE setting SET value = ? WHERE key = ?", (value, key))
    db.close()


def log(station, text, *photos, category=VENDORS):
    return station.log(*photos, category=category, at="28.291,117.211", text=text)


def offline(station, proxy):
    """The line is gone since three hours, and there is work that waits."""
    station.sync()
    log(station, "no line", lz_office.photo_bytes(1, 400_000), lz_office.photo_bytes(2, 300_000))
    log(station, "no line either", lz_office.photo_bytes(3, 300_000))
    set_setting(station, "last_contact", str(int(time.time() * 1000) - 3 * HOUR_MS))
    proxy.reset(act=lz_proxy.status(503))
    with open_window(station) as app:
        window = app.window("Luzhang")
        window.find(None, re.compile(r"^No contact with the server for 3 hours\. Kept here until then: "
                                     r"2 cases · 6 acts · 3 photos · 1\.0\sMB\.$"))
        say("the banner says for how long there was no line, and what is kept")
        window.find("push button", re.compile("^Offline · 2 waiting")).press()
        window.find(None, re.compile(r"^2 cases · 6 acts · 3 photos · 1\.0\sMB$"))
        window.find(None, re.compile("^Last contact "))
        app.shot("sync-offline")
        say("the button says what waits: cases, acts, photos, size, last contact, next try")
        asked = len(proxy.requests)
        window.find("push button", re.compile("Try Now$")).press()
        wait_for(lambda: len(proxy.requests) > asked, "another try")
        proxy.reset()
        keys("F5")
        window.gone(None, re.compile("^No contact"))
        window.find("push button", re.compile("delivered$"))
        say("it goes away once there is a line")


def clock_off(station, proxy):
    """The server's clock says that ours is off."""

    def late(request, ask):
        answer = ask()
        answer.headers = [(k, str(int(v) + 7 * 60000 + 30000) if k.lower() == "luzhang-time" else v)
                          for k, v in answer.headers]
        return answer

    proxy.reset(act=late)
    with open_window(station) as app:
        window = app.window("Luzhang")
        window.find(None, "This computer's clock is 7 minutes slow. What you log gets wrong times until it is set right.")
        app.shot("sync-clock")
        say("a clock that is off is told")
        proxy.reset()
        keys("F5")
        window.gone(None, re.compile("^This computer's clock"))
        say("and no more once it is right")


def long_upload(station, proxy):
    """Twenty photos on a slow line that then stands still: progress, speed, and an end whenever the person wants."""
    gone = []
    goes_on = threading.Event()

    def slow(request, ask):
        if request.method in ("PATCH", "POST") and len(request.body) > 100_000:
            time.sleep(0.4)
            gone.append(request)
            if len(gone) > 8:
                goes_on.wait(120)
        return ask()

    for number in range(5):
        log(station, f"many photos {number}", *(lz_office.photo_bytes(100 + 4 * number + i, 500_000) for i in range(4)))
    proxy.reset(act=slow)
    with open_window(station) as app:
        window = app.window("Luzhang")
        window.find("push button", re.compile(r"^Sending photos.*waiting", re.I)).press()
        window.find(None, re.compile(r"^[1-9]\d* of 20 photos · [\d.]+\s[kM]B of 10\.0\sMB · [\d.]+\s[kM]B/s"))
        app.shot("sync-progress")
        window.find("push button", re.compile("Cancel$")).press()
        window.find("push button", re.compile("Sync Now$"))
        before = station.status()["bytes"]
        assert 0 < before < 10_000_000, before
        rest(1.5)
        assert station.status()["bytes"] == before, "cancelled, and goes on sending"
        app.shot("sync-cancelled")
        goes_on.set()
        say("a long upload shows photos, MB and speed, and ends at Cancel")
        proxy.reset()
        window.find("push button", re.compile("Sync Now$")).press()
        window.find(None, "Everything Is Delivered")
        wait_for(lambda: station.status()["photos"] == 0, "the photos to be there")
        app.shot("sync-delivered")
        say("and goes on where it was")


def deliveries(station):
    log(station, "waits")
    with open_window(station) as app:
        app.window("Luzhang").find("push button", re.compile("delivered"))
        keys("ctrl+shift+d")
        page = app.window("Did My Work Get There?")
        page.find(None, "Trading on the road / road market")
        assert not page.look(None, re.compile("占道经营")), "a Chinese category in the English window"
        app.shot("deliveries-en")
        print_to_file(app)
    with open_window(station, "zh_CN") as app:
        app.window("路长")
        keys("ctrl+shift+d")
        page = app.window("我的案件送到了吗？")
        page.find(None, re.compile("占道经营"))
        app.shot("deliveries-zh_CN")
    say("deliveries name the category in the person's language")


def print_to_file(app):
    """Through the print dialog, as a person does who has no printer."""
    keys("ctrl+p")
    path = app.print_to_file("deliveries-print")
    os.unlink(path)
    say("the list is printed")


def refuse(office, station, other, case, act):
    """Another station makes it impossible; ours, not knowing, acts on it."""
    other.sync()
    other.run("case", "void", case, "-n", "twice")
    other.sync()
    station.run("case", "do", case, "supervised", "-n", act)
    station.sync(code=(0, lz_office.PERSON))


def decide(office, station):
    other = office.station("other", USER)
    cases = [log(station, f"refused {i}") for i in range(3)]
    station.sync()
    for i, case in enumerate(cases):
        refuse(office, station, other, case, f"today, please {i}")
    # One of them is opened again: there what was refused can be done.
    other.run("case", "do", cases[0], "reopened", "-n", "it is still there")
    other.sync()
    station.sync(code=(0, lz_office.PERSON))
    with open_window(station) as app:
        window = app.window("Luzhang")
        window.find("push button", re.compile("^3 refused")).press()
        window.find("push button", re.compile("Refused Acts")).press()
        inbox = app.window("Refused Acts")
        app.shot("inbox")
        choose(inbox, station, cases[0])
        inbox.find("push button", re.compile("Do It Again$")).press()
        wait_for(lambda: len(refusals(station)) == 2, "the first to be settled")
        say("done again on the new state")
        choose(inbox, station, cases[2])
        inbox.find("push button", re.compile("Drop…$")).press()
        inbox.find("text", "Why it is dropped").write("somebody else saw to it")
        app.shot("inbox-drop")
        inbox.find("push button", re.compile("Drop It$")).press()
        wait_for(lambda: len(refusals(station)) == 1, "the second to be settled")
        say("dropped with a reason")
        choose(inbox, station, cases[1])
        inbox.find("push button", re.compile("Do It Again$")).press()
        inbox.find(None, re.compile("the rules still do not allow it"))
        app.shot("inbox-still-not")
        inbox.find("push button", re.compile("Keep as a Note$")).press()
        wait_for(lambda: not refusals(station), "the last to be settled")
        inbox.find(None, "Nothing to Decide")
        app.shot("inbox-empty")
        say("what cannot be done again is said, and kept as a note")
    station.sync()
    for case, kind, words in ((cases[0], "case.supervised", "today, please 0"), (cases[1], "case.noted", "today, please 1")):
        def there():
            station.sync()
            other.sync()
            return any(e["kind"] == kind and words in (e.get("text") or "") for e in other.show(case)["events"])
        wait_for(there, f"{kind} at the other station")
    assert "today, please 2" not in other.run("case", "show", cases[2])


def refusals(station):
    return station.json("sync", "inbox")


def choose(inbox, station, case):
    number = station.show(case)["number"]
    row = inbox.find("list item", re.compile(re.escape(number) + "$"))
    row.press()
    rest(0.2)


def main():
    with lz_office.Office() as office:
        proxy = lz_proxy.Proxy(office.server)
        station = office.station("mine", USER, proxy.url)
        offline(station, proxy)
        clock_off(station, proxy)
        long_upload(station, proxy)
        deliveries(station)
        decide(office, station)


if __name__ == "__main__":
    main()
