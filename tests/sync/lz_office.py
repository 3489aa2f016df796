# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of sync share: a sample office on a server of its own, and stations that are real processes."""

import base64
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
import urllib.error

SERVER = os.environ["LUZHANG_SERVER"]
CLI = os.environ["LUZHANG_CLI"]
FEED = "360681001"
OK, NOT_FOUND, REFUSED, OFFLINE, PERSON = 0, 2, 3, 10, 11
ENV = dict(os.environ, LZ_TOKEN_IN_FILE="1")


def wait_for(what, seconds=30, every=0.02):
    """Gives the first true answer of @what; fails when there is none in time."""
    end = time.monotonic() + seconds
    while True:
        answer = what()
        if answer:
            return answer
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(every)


SMALL_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6"
    "/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAYACAD"
    "ASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKB"
    "kaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZ"
    "mqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQF"
    "BgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5"
    "OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX"
    "2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwAooorQzCiiigAooooAKKKKAP/Z")


def photo_bytes(seed, size=30_000):
    """A JPEG that no other seed gives: a small picture, made as long as it should be by comments in it."""
    seed = f"luzhang test photo {seed}".encode()
    left = size - len(SMALL_JPEG)
    comments = b""
    while left > 4 or not comments:
        part = hashlib.shake_256(seed + str(left).encode()).digest(max(8, min(left - 4, 65_000)))
        comments += b"\xff\xfe" + (len(part) + 2).to_bytes(2, "big") + part
        left -= len(part) + 4
    return SMALL_JPEG[:2] + comments + SMALL_JPEG[2:]


class Server:
    """The server with its sample office; can be stopped, killed, started again on the same port."""

    def __init__(self, folder, name="server", limits=()):
        self.data = os.path.join(folder, name)
        self.port = 0
        self.process = None
        self.limits = limits
        self.log_path = os.path.join(folder, name + ".log")
        done = subprocess.run([SERVER, "init", "--data", self.data, "--sample"], capture_output=True, check=True, text=True)
        self.users = {u["user"]: u for u in json.loads(done.stdout)["users"]}

    def start(self, preexec=None):
        port_file = self.data + ".port"
        if os.path.exists(port_file):
            os.unlink(port_file)
        self.log = open(self.log_path, "ab")
        self.process = subprocess.Popen(
            [SERVER, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", "--port-file", port_file, *self.limits],
            stdout=self.log, stderr=self.log, preexec_fn=preexec)

        def port():
            assert self.process.poll() is None, "the server did not start: " + open(self.log_path).read()[-2000:]
            try:
                text = open(port_file).read().strip()
                return int(text) if text else None
            except FileNotFoundError:
                return None
        self.port = wait_for(port)
        return self

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(30) == 0, "the server did not end in order"
        self.process = None

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def verify(self):
        done = subprocess.run([SERVER, "verify", "--data", self.data], capture_output=True, text=True, timeout=100)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def get(self, path, user, raw=False):
        """An answer as a stranger to our own client would get it."""
        token = self.token(user)
        request = urllib.request.Request(self.url + path, headers={"Authorization": "Bearer " + token})
        with urllib.request.urlopen(request, timeout=30) as answer:
            data = answer.read()
        return data if raw else json.loads(data)

    def token(self, user):
        if "token" not in self.users[user]:
            body = json.dumps({"user": user, "password": self.users[user]["password"], "device": "test-" + user}).encode()
            request = urllib.request.Request(self.url + "/v1/session", body, {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=30) as answer:
                self.users[user]["token"] = json.load(answer)["token"]
        return self.users[user]["token"]

    def count_photos(self):
        """That it has whole and confirmed."""
        db = sqlite3.connect(f"file:{self.data}/server.db?mode=ro", uri=True, timeout=20)
        try:
            return db.execute("SELECT count(*) FROM photo").fetchone()[0]
        finally:
            db.close()

    def lines(self, feed=FEED, user="supervisor"):
        """All lines of a feed: [{seq, chain, event}]."""
        lines = []
        while True:
            text = self.get(f"/v1/feeds/{feed}/events?after={len(lines)}&limit=10000", user, raw=True).decode()
            more = [json.loads(line) for line in text.splitlines()]
            lines += more
            if not more:
                return lines


class Station:
    """A workstation, reached through luzhang-cli alone."""

    def __init__(self, folder, name):
        self.name = name
        self.dir = os.path.join(folder, name)

    def run(self, *args, code=OK, timeout=120, env=None):
        done = subprocess.run([CLI, "--station", self.dir, *args], capture_output=True, text=True, timeout=timeout,
                              env=env or ENV)
        codes = code if isinstance(code, (tuple, list)) else (code,)
        assert done.returncode in codes, f"{self.name} {args}: {done.returncode} instead of {code}\n{done.stdout}{done.stderr}"
        self.code, self.stderr = done.returncode, done.stderr
        return done.stdout

    def json(self, *args, **more):
        text = self.run(*args, "--json", **more)
        return json.loads(text) if text.strip() else None

    def login(self, server, user, url=None, code=OK):
        path = self.dir + ".password"
        with open(path, "w") as file:
            file.write(server.users[user]["password"] + "\n")
        self.user = user
        return self.json("sync", "login", url or server.url, "--user", user, "--password-file", path, code=code)

    def sync(self, code=OK, **more):
        return self.json("sync", "run", code=code, **more)

    def status(self, *args):
        return self.json("sync", "status", *args)

    def log(self, *photos, category="T06-01", at="28.2833,117.2103", text=None):
        """Logs a case, gives its id."""
        args = []
        for number, photo in enumerate(photos):
            path = photo
            if isinstance(photo, bytes):
                path = os.path.join(os.path.dirname(self.dir), f"{self.name}-{number}.jpg")
                with open(path, "wb") as file:
                    file.write(photo)
            args += ["--photo", path]
        if text:
            args += ["--text", text]
        return self.run("case", "log", "--category", category, "--at", at, *args).strip()

    def note(self, case, text):
        self.run("case", "note", case, "--text", text)

    def show(self, case, code=OK):
        return self.json("case", "show", case, code=code)

    def rows(self, sql, *args):
        db = sqlite3.connect(f"file:{self.dir}/station.gpkg?mode=ro", uri=True)
        try:
            return db.execute(sql, args).fetchall()
        finally:
            db.close()

    def lines(self, feed=FEED):
        """Its copy of a feed: [(seq, chain, id)]."""
        return [(seq, chain.hex(), uuid(event)) for seq, chain, event in
                self.rows("SELECT seq, chain, event FROM feed_line WHERE feed = ? ORDER BY seq", feed)]

    def sound(self, *noted):
        """Nothing is wrong with it; @noted: checks that may have something to say."""
        report = json.loads(self.run("doctor", "--photos", "--json"))
        bad = [f for f in report["findings"] if f["level"] != "ok" and not (f["level"] == "note" and f["check"] in noted)]
        assert bad == [], bad


class Fast(Station):
    """A station whose orders go to one long-lived process (driver.c): a run takes milliseconds."""

    process = preexec = None

    def start(self):
        if self.process is None:
            self.process = subprocess.Popen([os.environ["LZ_SYNC_DRIVER"], self.dir], stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, text=True, env=ENV, preexec_fn=self.preexec)

    def order(self, *words):
        self.start()
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"{self.name} died at {words}"
        answer = json.loads(line)
        assert "error" not in answer, answer
        return answer

    def report(self, text, *photos):
        paths = []
        for number, photo in enumerate(photos):
            paths.append(os.path.join(os.path.dirname(self.dir), f"{self.name}-{number}.jpg"))
            with open(paths[-1], "wb") as file:
                file.write(photo)
        return self.order("report", text, *paths)["case"]

    def add(self, case, text):
        return self.order("note", case, text)["event"]

    def go(self, due=False):
        return self.order("run", *(["due"] if due else []))

    def clock(self, ms):
        self.order("clock", str(ms))

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process.stdin.close()
            self.process.stdout.close()
            self.process = None


def uuid(blob):
    text = blob.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def same_truth(server, *stations, feed=FEED, user="supervisor"):
    """The server and all stations hold the same feed, every act once, and the server is sound."""
    lines = server.lines(feed, user)
    expected = [(line["seq"], line["chain"], line["event"]["id"]) for line in lines]
    assert [seq for seq, _, _ in expected] == list(range(1, len(expected) + 1))
    assert len({i for _, _, i in expected}) == len(expected), "an act is there twice"
    for station in stations:
        have = station.lines(feed)
        assert have == expected, f"{station.name} has {len(have)} lines, the server {len(expected)}"
        assert station.status()["events"] == 0
    return lines


class Office:
    """A folder with a server; everything in it ends with the test."""

    def __init__(self, start=True):
        self.folder = tempfile.mkdtemp(prefix="lz-sync-")
        self.server = Server(self.folder)
        self.start = start
        self.fast_stations = []

    def __enter__(self):
        if self.start:
            self.server.start()
        return self

    def station(self, name, user=None, url=None):
        station = Station(self.folder, name)
        if user:
            station.login(self.server, user, url)
        return station

    def fast(self, name, user, url=None):
        station = Fast(self.folder, name)
        station.login(self.server, user, url)
        self.fast_stations.append(station)
        return station

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def __exit__(self, kind, *_):
        for station in self.fast_stations:
            station.kill()
        if self.server.process is not None:
            self.server.process.kill()
            self.server.process.wait()
        if kind is not None and os.environ.get("LZ_KEEP"):
            print("kept:", self.folder, file=sys.stderr)
            return
        shutil.rmtree(self.folder, ignore_errors=True)


def main(tests):
    """Runs the tests named on the command line, or all of @tests (a module's globals)."""
    names = sys.argv[1:] or [n for n in tests if n.startswith("test_")]
    print("TAP version 14")
    print(f"1..{len(names)}", flush=True)
    failed = 0
    for number, name in enumerate(names, 1):
        name = name if name.startswith("test_") else "test_" + name
        begin = time.monotonic()
        try:
            tests[name]()
            print(f"ok {number} - {name[5:]} # {time.monotonic() - begin:.1f} s", flush=True)
        except Exception:
            import traceback
            failed = 1
            print(f"not ok {number} - {name[5:]}")
            print("# " + traceback.format_exc().replace("\n", "\n# "), flush=True)
    sys.exit(failed)
