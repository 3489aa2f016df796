#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sync in the window, seen through AT-SPI: logs in to a real server with a wrong and then the right
password, sees its work delivered, and settles an act that the server refused.

test-sync-window.py LUZHANG LUZHANG-CLI LUZHANG-SERVER; needs a display and a session bus."""

import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from robot import App, keys, wait_for  # noqa: E402

WINDOW, CLI, SERVER = sys.argv[1:4]
ENGLISH = {**os.environ, "LANGUAGE": "en"}
USER = "chen"


def cli(station, *arguments):
    return subprocess.run([CLI, "--station", station, *arguments], check=True, text=True, capture_output=True,
                          env=ENGLISH).stdout


class Office:
    """A server with the people of the sample office."""

    def __init__(self, folder):
        data, port_file = os.path.join(folder, "server"), os.path.join(folder, "port")
        made = subprocess.run([SERVER, "init", "--data", data, "--sample"], check=True, text=True, capture_output=True)
        self.passwords = {user["user"]: user["password"] for user in json.loads(made.stdout)["users"]}
        self.process = subprocess.Popen(
            [SERVER, "serve", "--data", data, "--listen", "127.0.0.1:0", "--port-file", port_file],
            stderr=subprocess.DEVNULL)
        wait_for(lambda: os.path.exists(port_file) and open(port_file, encoding="ascii").read().strip(), "the port")
        with open(port_file, encoding="ascii") as file:
            self.url = "http://127.0.0.1:" + file.read().strip().split(":")[-1]

    def end(self):
        self.process.terminate()
        self.process.wait()


def log_in(app, window, office):
    window.find("push button", re.compile("^Connect to the Server")).press()
    page = app.window("Preferences")
    url, user, password = (page.find("text", re.compile(name)) for name in ("^Address of the server", "^User", "^Pass"))
    url.write(office.url)
    user.write(USER)
    password.write("not this one")
    page.find("push button", re.compile("Log In$")).press()
    page.find(None, "The user name or the password is not right.")
    password.write(office.passwords[USER])
    page.find("push button", re.compile("Log In$")).press()
    page.find(None, re.compile("everything is delivered"))
    keys("Escape")
    print("ok - logged in, and what was logged before is delivered", flush=True)


def see_delivered(app, window):
    window.find("push button", re.compile("delivered$"))
    keys("ctrl+shift+d")
    page = app.window("Did My Work Get There?")
    page.find(None, "Delivered")
    page.find(None, "Everything is delivered")
    print("ok - the case is listed as delivered", flush=True)


def refuse(folder, office, station, case):
    """Another station voids the case; ours, not knowing, acts on it."""
    other, secret = os.path.join(folder, "other"), os.path.join(folder, "secret")
    with open(secret, "w", encoding="utf-8") as file:
        file.write(office.passwords[USER])
    cli(other, "sync", "login", office.url, "--user", USER, "--password-file", secret)
    cli(other, "sync", "run")
    cli(other, "case", "void", case, "-n", "twice")
    cli(other, "sync", "run")
    cli(station, "case", "do", case, "supervised", "-n", "today, please")


def keep_as_note(app, window, station, case):
    window.find("push button", re.compile("1 refused")).press()
    window.find("push button", re.compile("Refused Acts…$")).press()
    inbox = app.window("Refused Acts")
    inbox.find(None, "The case had moved on: its state did not allow this any more.")
    inbox.find("push button", re.compile("Keep as a Note$")).press()
    inbox.find(None, "Nothing to Decide")
    wait_for(lambda: "today, please" in cli(station, "case", "show", case), "the note")
    print("ok - a refused act is kept as a note", flush=True)


def with_window(station, work):
    with App([WINDOW, "--station", station], "org.luzhang.Luzhang", env={"LANGUAGE": "en"}) as app:
        work(app, app.window("Luzhang"))


def main():
    with tempfile.TemporaryDirectory(prefix="luzhang-sync-") as folder:
        station = os.path.join(folder, "station")
        cli(station, "station", "init", "--sample")
        case = cli(station, "case", "log", "-c", "T03-03", "--at", "28.291,117.211", "-n", "one").strip()
        office = Office(folder)
        try:
            with_window(station, lambda app, window: log_in(app, window, office))
            with_window(station, see_delivered)
            refuse(folder, office, station, case)
            with_window(station, lambda app, window: keep_as_note(app, window, station, case))
        finally:
            office.end()


if __name__ == "__main__":
    main()
