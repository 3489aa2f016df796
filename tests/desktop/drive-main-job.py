#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, end to end, in a real window by keyboard alone, seen through AT-SPI: three cases
from three geotagged photos, one found again and put right, one note taken back.  What the window
says is held against what luzhang-cli reads from the store.

drive-main-job.py --bin FOLDER… [--shots FOLDER]; needs a display and a session bus, which
in-private.sh gives it."""

import argparse
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from robot import App, NotThere, keys, rest, type_text, wait_for  # noqa: E402

PHOTOS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "photos")
# Photo, what is typed to find its category, the category's code.
BEFORE = [
    ("gps/DSCN0010.jpg", "zdjy", "T03-03"),
    ("gps/DSCN0021.jpg", "rxdp", "T01-02"),
    ("gps/DSCN0042.jpg", "T06-01", "T06-01"),
]
AFTER = "orientation/landscape_1.jpg"


def find_program(options, name):
    return next(path for path in (os.path.join(folder, name) for folder in options.bin) if os.access(path, os.X_OK))


class Job:
    def __init__(self, options, station):
        self.station = station
        self.cli_path = options.cli
        self.done = 0
        self.app = App([find_program(options, "luzhang"), "--station", station], "org.luzhang.Luzhang",
                       env={"LANGUAGE": "en"}, shots=options.shots)

    def say(self, text, shot=None):
        """A step that went well."""
        self.done += 1
        picture = self.app.shot(f"main-job-{self.done:02}-{shot}") if shot else None
        print(f"  {self.done:2}. {text}" + (f"  [{picture}]" if picture else ""), flush=True)

    def cli(self, *arguments):
        out = subprocess.run([self.cli_path, "--station", self.station, "--json", *arguments], check=True, text=True,
                             capture_output=True, env={**os.environ, "LANGUAGE": "en"}).stdout
        return json.loads(out)

    def cases(self, *arguments):
        return self.cli("case", "list", *arguments)

    def choose_file(self, chooser, path):
        """Types a path into the file chooser that opens."""
        number = wait_for(lambda: self.app.windows().get(chooser), f"the file chooser {chooser}")
        rest(0.3)
        self.app.take_focus(number)
        keys("ctrl+l")
        type_text(os.path.realpath(path))
        rest(0.3)
        keys("Return")
        self.app.closed(chooser)

    def log(self, photo, words, code):
        n = len(self.cases())
        keys("ctrl+i")
        self.choose_file("Import Photos", os.path.join(PHOTOS, photo))
        form = self.app.main.find("filler", "LzLogForm")
        form.find("label", "Draft saved")
        type_text(words)
        rest(0.4)
        self.app.shot(f"main-job-{self.done + 1:02}-choosing-category")
        keys("Return")
        form.find("label", "Filing condition")
        keys("ctrl+Return")
        wait_for(lambda: len(self.cases()) == n + 1, "the case to be in the store")
        case = self.cases("--limit", "1")[0]
        assert case["category"] == code, case
        self.say(f"logged {case['number']}: {case['category_name']} from {os.path.basename(photo)}, "
                 f"state {case['state']}, due {case['deadline']}", "logged")
        return case

    def find(self, words, case):
        keys("ctrl+f")
        keys("ctrl+a")
        type_text(words)
        self.app.main.find("list", "Cases on the Map").find("list item")
        rest(0.5)
        keys("Return")
        rest(0.3)
        keys("Return")
        wait_for(lambda: any(case["number"] in label.name for label in self.app.main.all("label")),
                 f"{case['number']} in the pane")
        self.say(f"found {case['number']} by “{words}”", "found")

    def rectify(self, case):
        self.app.main.find("push button", "Rectified")
        keys("ctrl+Return")
        dialog = self.app.window("Rectified")
        thumb = dialog.find("table", "GtkFlowBox").find("push button")
        thumb.focus()
        keys("space")
        self.choose_file("Add Photos", os.path.join(PHOTOS, AFTER))
        button = dialog.find("push button", "Rectified")
        wait_for(lambda: button.sensitive, "the photo to be taken in")
        self.app.shot(f"main-job-{self.done + 1:02}-rectifying")
        button.press()
        wait_for(lambda: self.state(case) not in ("dispatched", "handling"), "the rectification to be in the store")
        self.app.closed("Rectified")
        self.say(f"rectified {case['number']} with a photo after: now {self.state(case)}", "rectified")

    def state(self, case):
        return next(c["state"] for c in self.cases() if c["id"] == case["id"])

    def undo(self, case):
        before = self.state(case)
        keys("ctrl+z")
        wait_for(lambda: self.state(case) != before, "the act to be taken back")
        self.say(f"took the rectification back with Ctrl+Z: now {self.state(case)}", "undone")

    def run(self):
        self.app.main = self.app.window("Luzhang")
        roads = self.app.main.find("list", "Roads")
        wait_for(lambda: len(roads.all("list item")) > 3, "my roads in the list")
        self.app.take_focus()
        self.say(f"the window shows {len(roads.all('list item'))} roads of mine", "start")
        cases = [self.log(*row) for row in BEFORE]
        self.find("zdjy", cases[0])
        self.rectify(cases[0])
        self.undo(cases[0])
        self.rectify(cases[0])
        keys("alt+3")
        rest(0.6)
        self.say("the list of all cases", "cases")

    def examine(self):
        findings = self.cli("doctor")["findings"]
        bad = [f for f in findings if f["level"] in ("warning", "damage")]
        assert not bad, bad
        self.say(f"the station is sound: {len(findings)} checks of the doctor, none with a warning")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True, nargs="+", help="where luzhang and luzhang-cli are")
    parser.add_argument("--shots", help="where the pictures go")
    parser.add_argument("--station", help="a station to make and keep; else a temporary one")
    options = parser.parse_args()
    options.cli = find_program(options, "luzhang-cli")
    with tempfile.TemporaryDirectory(prefix="luzhang-job-") as folder:
        station = options.station or os.path.join(folder, "station")
        subprocess.run([options.cli, "--station", station, "station", "init", "--sample"], check=True,
                       stdout=subprocess.DEVNULL)
        job = Job(options, station)
        try:
            with job.app:
                try:
                    job.run()
                except Exception:
                    job.app.shot("main-job-failed")
                    raise
            job.examine()
        except (NotThere, AssertionError, subprocess.CalledProcessError) as error:
            print(f"FAILED after step {job.done}: {error!r}")
            raise SystemExit(1) from error
    print(f"done: {job.done} steps" + (f"; pictures in {options.shots}/" if options.shots else ""))


if __name__ == "__main__":
    main()
