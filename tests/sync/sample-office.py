#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample office to play with: a central server on this machine, two stations logged in to it,
one of them in the window.

sample-office.py --bin FOLDER --home FOLDER [--player PROGRAM] [--no-window] [PROGRAM ARGUMENT…]

Everything lies in --home and is there again the next time; the server ends with the program.  With
--player (play-office) the office has a past: some weeks of cases in every stage, acts of its
made-up people, carried in by its dispatcher as work without a line is."""

import argparse
import datetime
import json
import os
import socket
import subprocess
import sys
import time

STATIONS = {"road-chief": "zhang", "dispatcher": "chen"}
PHOTOS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "photos", "gps")

# Units besides the one that luzhang-server makes: user, name, whose categories go to it.
UNITS = (("shizheng", "市政养护处", ("T01",)), ("yuanlin", "园林中心", ("T18", "T19")), ("ludeng", "路灯管理所", ("T16", "T17")))
N_CATEGORIES = 40  # no task of the plan has more


def private_file(path, text):
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Office:
    def __init__(self, options):
        self.home = os.path.abspath(options.home)
        self.bin = options.bin
        self.data = os.path.join(self.home, "server")
        os.makedirs(self.home, mode=0o700, exist_ok=True)
        self.users = self.remember("users.json", self.make_office)
        self.port = self.remember("port.json", free_port)
        self.server = None

    def path(self, name):
        return os.path.join(self.home, name)

    def remember(self, name, make):
        """What make() gave the first time."""
        try:
            with open(self.path(name), encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            value = make()
            private_file(self.path(name), json.dumps(value, ensure_ascii=False))
            return value

    def run(self, program, *arguments):
        done = subprocess.run([os.path.join(self.bin, program), *arguments], text=True, capture_output=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{program} {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def make_office(self):
        answer = json.loads(self.run("luzhang-server", "init", "--data", self.data, "--sample"))
        users = {user["user"]: user["password"] for user in answer["users"]}
        for unit, name, _ in UNITS:
            self.run("luzhang-server", "feed", "add", f"unit:{unit}", name, "--data", self.data)
            made = json.loads(self.run("luzhang-server", "user", "add", unit, "--name", name, "--role", "unit", "--unit", unit,
                                       "--feed-of", f"unit:{unit}", "--data", self.data))
            users[unit] = made["password"]
        units = [{"id": "huanwei", "name": "环卫中心", "aliases": ["市环卫中心", "市城管局"]}]
        units += [{"id": unit, "name": name} for unit, name, _ in UNITS]
        self.set_reference("units", units)
        self.set_reference("routing", {f"{task}-{n:02}": name for _, name, tasks in UNITS for task in tasks
                                       for n in range(1, N_CATEGORIES)})
        return users

    def set_reference(self, part, value):
        path = self.path(part + ".json")
        private_file(path, json.dumps(value, ensure_ascii=False))
        self.run("luzhang-server", part, "set", path, "--data", self.data)
        os.unlink(path)

    def play(self, player, station):
        """The weeks before today, and the bulletin of the last but one."""
        stick = self.path("played.lzu")
        photos = sorted(os.path.join(PHOTOS, name) for name in os.listdir(PHOTOS))
        subprocess.run([player, station, *photos], check=True, stdout=subprocess.DEVNULL)
        self.run("luzhang-cli", "--station", station, "export-unsent", stick)
        self.run("luzhang-server", "import-unsent", stick, "--by", "chen", "--data", self.data)
        os.unlink(stick)
        year, week, _ = (datetime.date.today() - datetime.timedelta(days=14)).isocalendar()
        self.run("luzhang-cli", "--station", station, "report", "seal", "weekly", "--period", f"{year}-W{week:02}",
                 "--number", f"示例通报〔{year}〕1号")
        self.run("luzhang-cli", "--station", station, "sync", "run")
        return True

    def start(self):
        port_file = self.path("listening")
        if os.path.exists(port_file):
            os.unlink(port_file)
        with open(self.path("server.log"), "ab") as log:
            self.server = subprocess.Popen(
                [os.path.join(self.bin, "luzhang-server"), "serve", "--data", self.data, "--listen",
                 f"127.0.0.1:{self.port}", "--port-file", port_file], stdout=log, stderr=log)
        while not (os.path.exists(port_file) and os.path.getsize(port_file)):
            if self.server.poll() is not None:
                raise SystemExit(f"the server did not start, see {self.path('server.log')}")
            time.sleep(0.05)

    def stop(self):
        self.server.terminate()
        self.server.wait(30)

    def station(self, name, user):
        """A station logged in as that person, with what the server knows."""
        station = self.path(name)
        if not os.path.exists(os.path.join(station, "station.gpkg")):
            password = self.path("password")
            private_file(password, self.users[user] + "\n")
            try:
                self.run("luzhang-cli", "--station", station, "sync", "login", f"http://127.0.0.1:{self.port}",
                         "--user", user, "--password-file", password)
            finally:
                os.unlink(password)
        self.run("luzhang-cli", "--station", station, "sync", "run")
        return station


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True, help="where the three programs are")
    parser.add_argument("--home", required=True, help="where office and stations lie")
    parser.add_argument("--player", help="the program play-office: gives the office a past")
    parser.add_argument("--no-window", action="store_true", help="make the office and end")
    parser.add_argument("arguments", nargs="*", help="for luzhang")
    options = parser.parse_args()
    office = Office(options)
    office.start()
    try:
        dispatcher = office.station("dispatcher", STATIONS["dispatcher"])
        if options.player:
            office.remember("played.json", lambda: office.play(options.player, dispatcher))
        stations = {name: office.station(name, user) for name, user in STATIONS.items()}
        print(f"server: http://127.0.0.1:{office.port}, accounts in {office.path('users.json')}")
        for name, station in stations.items():
            print(f"station of {STATIONS[name]}: {station}")
        window, other = stations.values()
        print(f"what the window logs, the other shows after: luzhang-cli --station {other} sync run", flush=True)
        if options.no_window:
            return 0
        return subprocess.run([os.path.join(options.bin, "luzhang"), "--station", window, *options.arguments],
                              check=False).returncode
    finally:
        office.stop()


if __name__ == "__main__":
    sys.exit(main())
