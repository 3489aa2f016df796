#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at the window, for tests and pictures: sees it through AT-SPI alone, types with xdotool.

Needs a session bus and a display of its own (`in-private.sh --screen …`, as ./dev does).
Run as a program it prints the tree of a running application: robot.py NAME."""

import glob
import os
import re
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = float(os.environ.get("ROBOT_PATIENCE", "30"))


class NotThere(Exception):
    """What was looked for did not come."""


alive = []  # programs whose end ends every wait


def rest(seconds):
    """Lets AT-SPI's events come in, so that its cache is fresh, for a moment."""
    loop = GLib.MainLoop()
    GLib.timeout_add(int(seconds * 1000), loop.quit)
    loop.run()


def wait_for(look, what, patience=None):
    """Calls look() until it gives something; its value, or NotThere after a while."""
    end = time.monotonic() + (patience or PATIENCE)
    while True:
        try:
            found = look()
        except GLib.Error:  # it went away while we looked
            found = None
        if found:
            return found
        for program in alive:
            if program.poll() is not None:
                raise NotThere(f"{what}: the program ended with {program.returncode}")
        if time.monotonic() > end:
            raise NotThere(f"waited in vain for {what}")
        rest(0.03)


class Thing:
    """One accessible object."""

    def __init__(self, node):
        self.node = node

    @property
    def role(self):
        return self.node.get_role_name()

    @property
    def name(self):
        return self.node.get_name() or ""

    @property
    def text(self):
        try:
            length = Atspi.Text.get_character_count(self.node)
            return Atspi.Text.get_text(self.node, 0, length)
        except GLib.Error:
            return self.name

    def has(self, state):
        return self.node.get_state_set().contains(getattr(Atspi.StateType, state.upper()))

    @property
    def showing(self):
        return self.has("visible")  # GTK 4.8 says "showing" of toplevels only

    @property
    def sensitive(self):
        return self.has("sensitive")

    def children(self):
        for i in range(self.node.get_child_count()):
            child = self.node.get_child_at_index(i)
            if child is not None:
                yield Thing(child)

    def walk(self, hidden=False):
        yield self
        for child in self.children():
            if hidden or child.showing or child.role in ("application", "frame"):
                yield from child.walk(hidden)

    def matches(self, role, name):
        if role is not None and self.role != role:
            return False
        if name is None:
            return True
        return name.search(self.name) is not None if isinstance(name, re.Pattern) else self.name == name

    def look(self, role=None, name=None):
        """The first one inside that fits, or None."""
        return next((t for t in self.walk() if t.matches(role, name)), None)

    def all(self, role=None, name=None):
        return [t for t in self.walk() if t.matches(role, name)]

    def find(self, role=None, name=None, patience=None):
        return wait_for(lambda: self.look(role, name), f"{role or 'something'} {describe(name)}", patience)

    def gone(self, role=None, name=None, patience=None):
        wait_for(lambda: not self.look(role, name), f"{role} {describe(name)} to go", patience)

    def around(self, role=None, name=None):
        """The smallest thing with this one in it that also has such a one: to look there alone is quick."""
        thing = Thing(self.node.get_parent())
        while not thing.look(role, name):
            thing = Thing(thing.node.get_parent())
        return thing

    def press(self):
        """What a screen reader's "activate" does; by the keyboard where GTK 4.8 offers none."""
        wait_for(lambda: self.sensitive, f"{self.role} {self.name} to be sensitive")
        try:
            if Atspi.Action.get_n_actions(self.node) and Atspi.Action.do_action(self.node, 0):
                return
        except GLib.Error:
            pass
        self.focus()
        keys("space" if "box" in self.role or "button" in self.role else "Return")

    def focus(self, key="Tab", limit=60):
        """Goes there with the keyboard: GTK 4.8 does not let a screen reader move the focus."""
        for _ in range(limit):
            if any(part.has("focused") for part in self.walk()):
                return
            keys(key)
            rest(0.05)
        raise NotThere(f"{self.role} {self.name!r} is not reached with {key}")

    def reach(self, role, name):
        """Goes by Tab to what bears the name within; of several, to whichever comes first."""
        parts = [part for thing in self.all(role, name) for part in thing.walk()]
        for _ in range(60):
            if any(part.has("focused") for part in parts):
                return
            keys("Tab")
            rest(0.05)
        raise NotThere(f"{role} {describe(name)} is not reached with Tab")

    def click(self, window, button=1, held=()):
        """Clicks its middle with the mouse, with the keys held down; window is the X window that it is in."""
        box = Atspi.Component.get_extents(self.node, Atspi.CoordType.WINDOW)
        down = [word for key in held for word in ("keydown", key)]
        up = [word for key in held for word in ("keyup", key)]
        subprocess.run(["xdotool", "mousemove", "--window", window, str(box.x + box.width // 2),
                        str(box.y + box.height // 2), *down, "click", str(button), *up], check=True)

    def write(self, text):
        """Sets the text of an entry, whatever its letters."""
        if not Atspi.EditableText.set_text_contents(self.node, text):
            raise NotThere(f"{self.role} {self.name} cannot be written")

    def dump(self, out=sys.stdout, depth=0, hidden=False):
        states = "" if self.sensitive else " (insensitive)"
        text = f" = {self.text!r}" if self.role in ("text", "entry", "password text") else ""
        print(f"{'  ' * depth}{self.role} {self.name!r}{text}{states}", file=out)
        for child in self.children():
            if hidden or child.showing:
                child.dump(out, depth + 1, hidden)


def describe(name):
    return f"/{name.pattern}/" if isinstance(name, re.Pattern) else repr(name)


def application(name):
    """The running application of that name, or None."""
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(i)
        if child is not None and child.get_name() == name:
            return Thing(child)
    return None


def output(*command):
    return subprocess.run(command, text=True, capture_output=True, check=False).stdout


def keys(*names):
    subprocess.run(["xdotool", "key", "--clearmodifiers", *names], check=True)


def type_text(text):
    subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)


# What GTK, GLib and our own code say on standard error when something is wrong.
COMPLAINT = re.compile(r"-(WARNING|CRITICAL|ERROR) \*\*|: (runtime error|AddressSanitizer)")
# What is not ours: buses and portals that a test's own session does not have.
NOT_OURS = re.compile(r"dbind-WARNING|Couldn't (connect|register)|[Pp]ortal|a11y|accessibility bus|"
                      r"Unable to acquire session bus|org\.freedesktop\.|"
                      # one frame of libadwaita 1.2's header bar while a window is being made smaller
                      r"Trying to snapshot AdwGizmo")


def papers_printed():
    """What lies where the print dialog puts files."""
    places = (os.getcwd(), os.path.expanduser("~"), os.path.expanduser("~/Documents"))
    return {path for place in places for path in glob.glob(os.path.join(place, "*.pdf"))}


class App:
    """The program under test: started, watched, ended.  What it complains of ends the test."""

    def __init__(self, command, name, env=None, shots=None):
        self.name = name
        self.shots = shots
        self.env = {**os.environ, "GTK_A11Y": "atspi", "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", **(env or {})}
        self.started = time.monotonic()
        self.said = tempfile.TemporaryFile("w+", errors="replace")  # its standard error
        self.process = subprocess.Popen(command, env=self.env, stderr=self.said)
        alive.append(self.process)

    def __enter__(self):
        return self

    def __exit__(self, kind, *unused):
        self.end()
        complaints = self.complaints()
        if complaints:
            print("the program complained:", *complaints, sep="\n  ", file=sys.stderr, flush=True)
        if complaints and kind is None:
            raise NotThere(f"{len(complaints)} complaints of the program on its standard error")

    def complaints(self):
        """What the program had to complain of so far, each once."""
        self.said.seek(0)
        lines = [re.sub(r"\d\d:\d\d:\d\d\.\d+", "", line.strip()) for line in self.said]
        said = dict.fromkeys(line for line in lines if COMPLAINT.search(line) and not NOT_OURS.search(line))
        return [re.sub(r"\((process|luzhang):\d+\)|0x[0-9a-f]+", "", line) for line in said]

    def windows(self):
        """The windows on the screen, name and number, as X knows them.  GTK 4.8 crashes if it is
        asked for its windows over AT-SPI while one of them is just being made."""
        found = {}
        for number in output("xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)).split():
            found[output("xdotool", "getwindowname", number).strip()] = number
        return found

    def window(self, name):
        """A toplevel window that shows, with the keyboard."""
        number = wait_for(lambda: self.windows().get(name), f"the window {name}")
        rest(0.3)

        def look():
            root = application(self.name)
            return next((child for child in (root.children() if root else ()) if child.name == name), None)
        found = wait_for(look, f"the window {name} over AT-SPI")
        self.take_focus(number)
        return found

    def closed(self, name):
        wait_for(lambda: name not in self.windows(), f"the window {name} to close")
        rest(0.3)
        self.take_focus()

    def take_focus(self, number=None):
        """There is no window manager here: gives the keyboard to a window, else to the newest."""
        number = number or max(self.windows().values(), key=int, default=None)
        if number is not None:
            subprocess.run(["xdotool", "windowfocus", "--sync", number], check=False)
        return number

    def shot(self, name):
        """A picture of the whole screen; its path."""
        if not self.shots:
            return None
        rest(0.4)  # animations end
        os.makedirs(self.shots, exist_ok=True)
        path = os.path.join(self.shots, name + ".png")
        subprocess.run(["import", "-window", "root", path], check=True)
        return path

    def print_to_file(self, shot=""):
        """Through the print dialog that is about to show, as a person does who has no printer; the file."""
        name = wait_for(lambda: next((n for n in self.windows() if n.startswith("Print")), None), "the print dialog")
        dialog = self.window(name)
        dialog.find(None, "Print to File").click(self.windows()[name])
        button = dialog.find("push button", re.compile("Print$"))
        wait_for(lambda: button.sensitive, "the printer to be chosen")
        self.shot(shot)
        known = papers_printed()
        button.press()
        path = wait_for(lambda: next(iter(papers_printed() - known), None), "what is printed")
        wait_for(lambda: open(path, "rb").read().rstrip().endswith(b"%%EOF"), "all of what is printed")
        return path

    def end(self):
        alive.remove(self.process)
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


if __name__ == "__main__":
    wait_for(lambda: application(sys.argv[1]), sys.argv[1]).dump()
