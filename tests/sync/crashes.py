#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs killed at random moments, a full disk, a server and stations restored from old backups."""

import os
import random
import resource
import shutil
import signal
import subprocess
import threading
import time

from lz_office import CLI, ENV, OFFLINE, PERSON, SERVER, Office, main, photo_bytes, same_truth

SEED = int(os.environ.get("LZ_SEED", str(random.randrange(10**6))))
ROUNDS = int(os.environ.get("LZ_ROUNDS", "30"))


def until_ok(station, seconds=20):
    """A server that was killed, or an upload that broke, may need another try."""
    end = time.monotonic() + seconds
    while True:
        answer = station.sync(code=(0, OFFLINE))
        if answer is not None and answer["ok"]:
            return answer
        assert time.monotonic() < end, station.stderr
        time.sleep(0.1)


def test_kill_clients():
    """SIGKILL of the client at random moments of its work: what it said it logged arrives, once."""
    chance = random.Random(SEED)
    print(f"# LZ_SEED={SEED}")
    with Office() as office:
        station = office.station("a", "li")
        other = office.station("b", "wang")
        case = station.log(photo_bytes(0))
        texts = []
        for n in range(ROUNDS):
            for k in range(3):
                texts.append(f"{n}.{k}")
                station.note(case, texts[-1])
            station.log(photo_bytes(f"{n}", 50_000))
            for one in (station, other):
                process = subprocess.Popen([CLI, "--station", one.dir, "sync", "run"], env=ENV,
                                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(chance.uniform(0.01, 0.15))
                process.kill()
                process.wait()
        until_ok(station)
        until_ok(other)
        lines = same_truth(office.server, station, other)
        assert [x["event"]["body"]["text"] for x in lines if x["event"]["kind"] == "case.noted"] == texts
        until_ok(other)
        station.sound()
        other.sound()
        office.server.verify()


def test_kill_server():
    """SIGKILL of the server at random moments: every receipt that it gave still holds."""
    chance = random.Random(SEED)
    with Office() as office:
        a, b = office.fast("a", "li"), office.fast("b", "wang")
        case = a.report("a")
        a.go(), b.go()
        texts = []
        for n in range(ROUNDS):
            for k in range(5):
                texts.append(f"{n}.{k}")
                a.add(case, texts[-1])
            a.report(f"r{n}", photo_bytes(n, 60_000))
            killer = threading.Timer(chance.uniform(0.0, 0.06), office.server.kill)
            killer.start()
            a.go(), b.go()
            killer.join()
            office.server.start()
        until_ok(a), until_ok(b)
        lines = same_truth(office.server, a, b)
        assert [x["event"]["body"]["text"] for x in lines if x["event"]["kind"] == "case.noted"] == texts
        office.server.verify()


def test_server_disk_full():
    """The server's disk is full: said so, nothing half taken, and all goes through when there is room."""
    with Office() as office:
        a = office.fast("a", "li")
        case = a.report("a", photo_bytes(1, 100_000))
        assert a.go()["ok"]
        office.server.stop()
        size = os.path.getsize(max((os.path.join(office.server.data, n) for n in os.listdir(office.server.data)
                                    if os.path.isfile(os.path.join(office.server.data, n))), key=os.path.getsize))
        limit = max(size, 300_000) + 150_000

        def small():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        office.server.start(small)
        full = 0
        for n in range(40):
            for k in range(20):
                a.add(case, f"{n}.{k} " + "x" * 900)
            a.report(f"r{n}", photo_bytes(f"big{n}", 900_000) if n % 10 == 0 else photo_bytes(f"s{n}", 5_000))
            answer = a.go()
            if not answer["ok"]:
                full += 1
                assert answer["later"], answer
        assert full > 0, "the disk did not get full"
        office.server.stop()
        office.server.verify()
        office.server.start()
        until_ok(a)
        lines = same_truth(office.server, a)
        assert len([x for x in lines if x["event"]["kind"] == "case.noted"]) == 800
        office.server.verify()


def test_station_disk_full():
    """The station's disk is full while others' acts and photos come: said, nothing half there, and the rest comes later."""
    with Office() as office:
        a, b = office.fast("a", "li"), office.fast("b", "wang")
        assert b.go()["ok"]
        for n in range(10):
            case = a.report(f"r{n}", photo_bytes(f"d{n}", 300_000))
            for k in range(40):
                a.add(case, f"{n}.{k} " + "x" * 900)
        assert a.go()["ok"]
        b.kill()
        limit = os.path.getsize(os.path.join(b.dir, "station.gpkg")) + 100_000

        def small():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        b.preexec = small
        for _ in range(3):
            answer = b.go()
            assert not answer["ok"], answer
        b.kill()
        b.sound()
        have = b.lines()
        assert have == a.lines()[:len(have)] and len(have) < len(a.lines())
        b.preexec = None
        assert b.go()["ok"]
        same_truth(office.server, a, b)
        assert len(b.show(case)["photos"]) == 1 and all(p["here"] for p in b.show(case)["photos"])
        b.kill()
        b.sound()


def test_server_restored_from_old_backup():
    """The server lost days: the stations notice and send again what it lacks, and everybody agrees in the end."""
    with Office() as office:
        a, b = office.fast("a", "li"), office.fast("b", "wang")
        case = a.report("old", photo_bytes("old"))
        assert a.go()["ok"] and b.go()["ok"]
        backup = office.path("backup")
        subprocess.run([SERVER, "backup", backup, "--data", office.server.data], check=True, capture_output=True)
        ids = []
        for n in range(20):
            ids.append((a if n % 2 else b).add(case, f"lost {n}"))
            a.go(), b.go(), a.go()
        a.report("lost case", photo_bytes("lost"))
        assert a.go()["ok"] and b.go()["ok"]
        office.server.stop()
        os.rename(office.server.data, office.server.data + ".lost")
        subprocess.run([SERVER, "restore", backup, "--data", office.server.data], check=True, capture_output=True)
        shutil.copytree(os.path.join(office.server.data + ".lost", "photos"), os.path.join(office.server.data, "photos"),
                        dirs_exist_ok=True)
        office.server.start()
        for user in ("li", "wang", "supervisor"):
            office.server.users[user].pop("token", None)
        for _ in range(3):
            for one, user in ((a, "li"), (b, "wang")):
                if not one.go()["ok"]:
                    one.kill()
                    one.login(office.server, user)
        assert a.go()["ok"] and b.go()["ok"] and a.go()["ok"]
        lines = same_truth(office.server, a, b)
        have = [x["event"]["id"] for x in lines]
        assert all(have.count(i) == 1 for i in ids), "acts that were confirmed once are lost"
        a.sound(), b.sound()
        office.server.verify()


def test_20_two_stations_from_one_backup():
    """A station is restored on a second computer and both are used: nothing is lost, and it says what to do."""
    with Office() as office:
        a = office.station("a", "li")
        case = a.log(photo_bytes(1))
        a.sync()
        backup = office.path("backup.sqlar")
        a.run("backup", backup)
        copy = office.station("copy")
        copy.run("restore", backup)
        shutil.copy(os.path.join(a.dir, "token"), copy.dir)
        for n in range(5):
            a.note(case, f"a{n}")
            copy.note(case, f"copy{n}")
        assert a.sync()["ok"]
        copy.run("sync", "run", code=PERSON)
        assert "log in again" in copy.stderr, copy.stderr
        copy.login(office.server, "li")
        assert copy.sync()["ok"]
        a.sync()
        lines = same_truth(office.server, a, copy)
        notes = sorted(x["event"]["body"]["text"] for x in lines if x["event"]["kind"] == "case.noted")
        assert notes == sorted([f"a{n}" for n in range(5)] + [f"copy{n}" for n in range(5)]), notes
        for one in (a, copy):
            one.note(case, "later " + one.name)
            assert one.sync()["ok"]
        a.sync()
        copy.sync()
        same_truth(office.server, a, copy)
        a.sound()
        copy.sound()


def test_session_ends():
    """An administrator disables the account, or the session is gone: work waits for a person, nothing is lost."""
    with Office() as office:
        a = office.fast("a", "li")
        with open(os.path.join(a.dir, "token"), "w") as file:
            file.write("0" * 43)
        a.report("a")
        answer = a.go()
        assert not answer["ok"] and not answer["later"] and answer["events"] == 3, answer
        assert not a.go(due=True)["ok"]
        a.kill()
        a.login(office.server, "li")
        assert a.go()["ok"]
        same_truth(office.server, a)


main(globals())
