# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of Luzhang as the robot knows it: what a person does there, step by step, by keyboard
and screen reader alone.  Words are the English ones: the program runs with LANGUAGE=en."""

import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from robot import App, keys, rest, type_text, wait_for  # noqa: E402

APP_ID = "org.luzhang.Luzhang"
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PHOTOS = os.path.join(ROOT, "tests", "data", "photos")


def run_cli(bin_dir, station, *arguments):
    """What luzhang-cli prints; ends the test where it fails."""
    out = subprocess.run([os.path.join(bin_dir, "luzhang-cli"), "--station", station, *arguments],
                         env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}, text=True,
                         capture_output=True, check=False)
    if out.returncode != 0:
        raise SystemExit(f"luzhang-cli {' '.join(arguments)}: {out.stderr}")
    return out.stdout


@contextlib.contextmanager
def make_place(name):
    """A folder of its own, the programs of the command line side by side in its "bin", and the name of
    the station that the test makes there.  A test types: on the screen that somebody works at it is
    skipped."""
    if os.environ.get("LZ_OWN_SCREEN") != "1":
        print("skipped: no display of its own (in-private.sh --screen)")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix=f"luzhang-{name}-") as folder:
        bin_dir = os.path.join(folder, "bin")
        os.mkdir(bin_dir)
        for program in sys.argv[1:]:
            os.symlink(os.path.abspath(program), os.path.join(bin_dir, os.path.basename(program)))
        yield folder, bin_dir, os.path.join(folder, "station")


class Luzhang(App):
    """The program on one station."""

    def __init__(self, bin_dir, station, env=None, shots=None, arguments=()):
        self.bin_dir = bin_dir
        self.station = station
        words = {"LC_ALL": "C.UTF-8", "LANGUAGE": "en", "GSETTINGS_BACKEND": "memory", "ADW_DISABLE_PORTAL": "1",
                 **(env or {})}
        super().__init__([os.path.join(bin_dir, "luzhang"), "--station", station, *arguments], APP_ID, words, shots)

    # What is really in the store.

    def cli(self, *arguments):
        return run_cli(self.bin_dir, self.station, *arguments)

    def cases(self):
        return json.loads(self.cli("case", "list", "--json"))

    def case(self, case_id):
        return json.loads(self.cli("case", "show", case_id, "--json"))

    def drafts(self):
        return json.loads(self.cli("drafts", "list", "--json"))

    # What a person does.

    def main(self):
        """The window, once its pages are there."""
        frame = self.window("Luzhang")
        frame.find(None, re.compile("^All "))
        return frame

    def hand_over(self, *paths):
        """Gives photos to the running program, as a file manager's "open with" does."""
        subprocess.run([os.path.join(self.bin_dir, "luzhang"), *paths], env=self.env, check=True, timeout=30)
        self.take_focus()

    def new_report(self, frame):
        keys("ctrl+n")
        wait_for(lambda: frame.find("entry", "Search a Category").has("focused"), "the form")

    def pick_category(self, frame, code):
        """Types into the category search, which has the focus, and takes the first match."""
        entry = frame.find("entry", "Search a Category")
        wait_for(lambda: entry.has("focused"), "the category search to have the focus")
        type_text(code)
        wait_for(lambda: len(frame.find("list", "Categories").all("list item")) >= 1, "a match")
        keys("Return")
        wait_for(lambda: not entry.showing or not entry.has("focused"), "the category to be taken")

    def describe(self, frame, text):
        frame.find("text", "Description").write(text)

    def confirm_report(self):
        """Ctrl+Return; the new case as the store knows it, once it is there."""
        known = {case["id"] for case in self.cases()}
        keys("ctrl+Return")

        def look():
            return next((case for case in self.cases() if case["id"] not in known), None)

        return wait_for(look, "the report to be in the store")

    def take_next_step(self, title):
        """Ctrl+Return on a case; the dialog of its next step."""
        keys("ctrl+Return")
        return self.window(title)

    def add_photo(self, dialog, path):
        """Through the file chooser, by typing the path."""
        dialog.find("push button", "Add Photos").press()
        self.window("Add Photos")
        keys("ctrl+l")
        rest(0.4)
        keys("ctrl+a")
        type_text(path)
        rest(0.4)
        keys("Return")
        rest(0.3)

    def save_as(self, view, menu, item, title, path):
        """By an item of a menu, through the file chooser that bears the title."""
        self.take_focus()
        view.find(None, menu).press()
        view.find(None, item).press()
        self.window(title)
        rest(1)
        keys("ctrl+a")
        type_text(path)
        rest(0.3)
        keys("Return")
        self.closed(title)
        wait_for(lambda: os.path.exists(path), path)

    def wait_for_state(self, case_id, state):
        states = (state,) if isinstance(state, str) else state
        return wait_for(lambda: self.case(case_id)["state"] in states and self.case(case_id), f"the state {states}")
