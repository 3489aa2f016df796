#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample office to play with: a central server on this machine, two stations logged in to it,
one of them in the window.

sample-office.py --bin FOLDER --home FOLDER [PROGRAM ARGUMENT…]

Everything lies in --home and is there again the next time; the server ends with the program."""

import argparse
import json
import os
import socket
import subprocess
import sys
import time

STATIONS = {"road-chief": "zhang", "dispatcher": "chen"}


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
        return {user["user"]: user["password"] for user in answer["users"]}

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
    parser.add_argument("arguments", nargs="*", help="for luzhang")
    options = parser.parse_args()
    office = Office(options)
    office.start()
    try:
        stations = {name: office.station(name, user) for name, user in STATIONS.items()}
        print(f"server: http://127.0.0.1:{office.port}, accounts in {office.path('users.json')}")
        for name, station in stations.items():
            print(f"station of {STATIONS[name]}: {station}")
        window, other = stations.values()
        print(f"what the window logs, the other shows after: luzhang-cli --station {other} sync run", flush=True)
        return subprocess.run([os.path.join(options.bin, "luzhang"), "--station", window, *options.arguments],
                              check=False).returncode
    finally:
        office.stop()


if __name__ == "__main__":
    sys.exit(main())
