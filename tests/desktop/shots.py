#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page and dialog, to be looked at: three sizes, light, dark and high contrast,
Chinese and English.

shots.py --bin DIR --shots DIR [--only TEXT]   TEXT: a part of "1600x900-zh_CN-dark" """

import argparse
import json
import os
import re
import shutil
import subprocess
import tempfile

from robot import NotThere
from window import PHOTOS, Luzhang, keys, rest, run_cli, type_text, wait_for

SIZES = [(1600, 900), (1280, 720), (800, 600)]
LANGUAGES = ["zh_CN", "en"]
LOOKS = {
    "light": {"ADW_DEBUG_COLOR_SCHEME": "default"},
    "dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    "contrast": {"ADW_DEBUG_COLOR_SCHEME": "default", "ADW_DEBUG_HIGH_CONTRAST": "1"},
}
# The words that the robot must know by name in each language.
WORDS = {
    "zh_CN": {"window": "路长", "all": "^全部 ", "before": "^整改前", "compare": "对比", "import": "^导入",
              "edition": "^编发$", "choose": "选择案件", "ledgers": "^台账", "boards": "^榜台",
              "firms": "^清运公司", "ranking": "^月排名", "unit": "^市城管局"},
    "en": {"window": "Luzhang", "all": "^All ", "before": "^Before", "compare": "Compare", "import": "^Import$",
           "edition": "^Edition$", "choose": "Choose Cases…$", "ledgers": "^Ledgers", "boards": "^Boards",
           "firms": "^Hauling Firms", "ranking": "^Monthly Ranking", "unit": "^市城管局"},
}


def make_station(bin_dir, station):
    """The sample city with made-up cases, and one that was put right with real photos."""
    patrol = os.path.join(PHOTOS, "gps")
    run_cli(bin_dir, station, "station", "init", "--sample")
    run_cli(bin_dir, station, "bench", "fill", "--cases", "700", "--days", "75", "--open", "12")
    case = run_cli(bin_dir, station, "case", "log", "--category", "T07-01", "--at", "28.2925,117.2210",
                   "--photo", os.path.join(patrol, "DSCN0010.jpg"), "--photo", os.path.join(patrol, "DSCN0021.jpg"),
                   "--note", "行道树池旁堆放生活垃圾和纸箱，占用盲道约 1.5 米。").strip()
    run_cli(bin_dir, station, "case", "rectify", case, "--photo", os.path.join(patrol, "DSCN0012.jpg"),
            "--note", "已清理")
    for entry in (("manhole", "code=3606810102000001", "number=W-001", "use=污水", "owner=水务局", "--at", "28.2926,117.2211"),
                  ("street_tree", "chip=E20001", "species=香樟", "girth_cm=32", "--at", "28.2928,117.2213"),
                  ("toilet", "name=站前公厕", "class=二类", "hours=6:00—22:00", "--at", "28.2922,117.2208"),
                  ("sign_board", "scope=全线", "chief=王建国", "condition=完好", "--road", "冶金大道"),
                  ("shop", "name=惠民超市", "pledged=2026-01-05", "keeper=李某", "--road", "冶金大道")):
        run_cli(bin_dir, station, "asset", "add", *entry)
    run_cli(bin_dir, station, "campaign", "open", "占道经营集中整治", "--until", "2099-01-01T00:00", "--from",
            "2020-01-01T00:00", "--category", "T05-01", "--target", "60", "--goal", "主次干道无占道经营")
    run_cli(bin_dir, station, "firm", "add", "鑫达渣土运输有限公司", "--licence", "渣2026-01", "--plate", "赣L12345")
    run_cli(bin_dir, station, "notice", "add", "exposed", "冶金大道：暴露垃圾", "--case", case, "--text", "请限期整改。")
    for late, photo in zip(json.loads(run_cli(bin_dir, station, "report", "cases", "--count", "overdue_open", "--json")),
                           ("DSCN0029.jpg", "DSCN0038.jpg", "DSCN0040.jpg")):
        run_cli(bin_dir, station, "case", "note", late["id"], "--photo", os.path.join(patrol, photo))
    run_cli(bin_dir, station, "intake", os.path.join(PHOTOS, "patrol"), os.path.join(PHOTOS, "gps", "DSCN0025.jpg"))
    return case


class Round:
    """One size, language and look."""

    def __init__(self, options, station, case, size, language, look):
        self.words = WORDS[language]
        self.size = size
        self.case = case
        self.prefix = f"{size[0]}x{size[1]}-{language}-{look}"
        env = {"LANGUAGE": language, **LOOKS[look]}
        self.app = Luzhang(options.bin, station, env=env, shots=options.shots)

    def shot(self, name):
        path = self.app.shot(f"{self.prefix}-{name}")
        subprocess.run(["convert", path, "-crop", f"{self.size[0]}x{self.size[1]}+0+0", "+repage", path], check=True)

    def resize(self):
        window = self.app.take_focus()
        subprocess.run(["xdotool", "windowsize", window, str(self.size[0]), str(self.size[1]), "windowmove", window,
                        "0", "0"], check=True)
        rest(0.6)

    def task_pages(self, frame):
        """The tasks of somebody with every role, the dialog of a step, duties, and how a case goes."""
        keys("alt+1")
        rest(1.2)
        self.shot("tasks")
        keys("ctrl+Return")
        rest(0.9)
        self.shot("tasks-step")
        self.app.take_focus()
        keys("Escape")
        rest(0.4)
        self.app.take_focus()
        keys("Home", "shift+Down", "shift+Down")
        rest(0.6)
        self.shot("tasks-many")
        for name, key in (("duties", "ctrl+shift+u"), ("how-a-case-goes", "shift+F1")):
            keys(key)
            rest(1.2)
            self.shot(name)
            self.app.take_focus()
            keys("Escape")
            rest(0.4)
            self.app.take_focus()
        keys("alt+2")
        rest(0.8)

    def map_pages(self, frame):
        self.shot("map")
        keys("ctrl+f")
        type_text(self.app.case(self.case)["number"])
        rest(0.8)
        keys("Return")
        rest(0.2)
        keys("Down", "Return")
        button = frame.find("push button", re.compile(self.words["before"]))
        rest(1)
        self.shot("case")
        button.press()
        rest(1.5)
        self.shot("photo")
        self.app.take_focus()
        keys("c")
        rest(1.2)
        self.shot("before-after")
        keys("Escape")
        rest(0.4)
        self.app.take_focus()
        keys("ctrl+Return")
        rest(0.8)
        self.shot("next-step")
        keys("Escape")
        rest(0.4)
        self.app.take_focus()
        keys("Escape")

    def form_pages(self):
        keys("ctrl+n")
        rest(0.6)
        type_text("zdjy")
        rest(0.5)
        self.shot("log-category")
        keys("Return")
        rest(0.6)
        self.shot("log")
        keys("ctrl+Delete")
        rest(0.4)
        keys("ctrl+d")
        rest(0.3)
        keys("Return")
        rest(1)
        self.shot("drafts")
        keys("Escape")

    def other_pages(self):
        keys("alt+3")
        rest(1)
        self.shot("cases")
        keys("ctrl+f", "Return", "Down", "Return")
        rest(1)
        self.shot("cases-case")
        keys("Escape", "alt+2")
        self.patrol_pages()
        self.desk_pages()
        self.bulletin_pages()
        for name, key in (("preferences", "ctrl+comma"), ("shortcuts", "ctrl+question"), ("menu", "F10")):
            self.app.take_focus()
            keys(key)
            rest(0.9)
            self.shot(name)
            self.app.take_focus()
            keys("Escape")
            rest(0.4)
        subprocess.run(["gapplication", "action", "org.luzhang.Luzhang", "about"], check=True, env=self.app.env)
        rest(0.8)
        self.shot("about")
        self.app.take_focus()
        keys("Escape")
        rest(0.3)
        self.app.hand_over(os.path.join(PHOTOS, "..", "photos-bad"))
        rest(0.8)
        self.shot("import")
        self.app.take_focus()
        keys("Return")
        rest(3)
        self.shot("import-done")

    def bulletin_pages(self):
        """The overview, the ranking of the units and the sheet of the first one."""
        keys("alt+6")
        rest(2.5)
        self.shot("bulletin")
        keys("alt+Page_Down")
        rest(1)
        frame = self.app.window(self.words["window"])
        frame.find("page tab", re.compile(self.words["ranking"])).press()
        rest(2)
        self.shot("ranking")
        frame.find("push button", re.compile(self.words["unit"])).press()
        rest(1.5)
        self.shot("ranking-sheet")
        keys("Escape", "alt+Page_Up")
        self.edition_pages(frame)
        for name in ("ledgers", "boards"):
            frame.find("page tab", re.compile(self.words[name])).press()
            rest(1.5)
            self.shot(name)
        keys("F10")
        rest(0.5)
        frame.find(None, re.compile(self.words["firms"])).press()
        rest(1.5)
        self.shot("firms")
        self.app.take_focus()
        keys("Escape")
        rest(0.4)
        self.app.take_focus()
        keys("alt+2")

    def record_pages(self):
        """Windows beside the main one: assets and campaigns, each closed again."""
        for name, key, more in (("assets", "ctrl+shift+a", "ctrl+n"), ("campaigns", "ctrl+shift+c", "ctrl+n")):
            self.app.take_focus()
            keys(key)
            rest(1.2)
            self.resize()
            self.shot(name)
            keys(more)
            rest(1.2)
            self.shot(f"{name}-new")
            for _ in range(3):  # the pane or form, then the window
                if len(self.app.windows()) > 1:
                    self.app.take_focus()
                    keys("Escape")
                    rest(0.5)
        self.app.take_focus()

    def patrol_pages(self):
        """What is due and was done, one that is under way by hand, and what was walked."""
        keys("alt+4")
        rest(1.2)
        self.shot("patrols")
        keys("Tab", "Return")
        rest(1)
        self.shot("patrol")
        keys("Escape", "alt+2")

    def desk_pages(self):
        keys("alt+5")
        rest(1.5)
        self.shot("roads")
        keys("ctrl+f", "Return")
        rest(0.3)
        keys("Down", "space")
        rest(1.5)
        self.shot("road")
        keys("shift+Down", "shift+Down")
        rest(0.8)
        self.shot("roads-compared")
        keys("Escape", "alt+2")

    def edition_pages(self, frame):
        """The editor of the bulletin, and the choice of its typical cases."""
        frame.find("page tab", re.compile(self.words["edition"])).press()
        rest(4)
        self.shot("edition")
        frame.find("push button", re.compile(self.words["choose"])).press()
        rest(1.5)
        self.shot("edition-cases")
        self.app.take_focus()
        keys("Escape")
        rest(0.5)
        self.app.take_focus()

    def run(self):
        with self.app:
            self.app.window(self.words["window"])
            self.resize()
            frame = self.app.window(self.words["window"])
            wait_for(lambda: frame.look(None, re.compile(self.words["all"] + "[1-9]")), "the cases on the map")
            rest(1)
            self.task_pages(frame)
            self.map_pages(frame)
            self.form_pages()
            self.record_pages()
            self.other_pages()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--shots", required=True)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="luzhang-shots-")
    first = os.path.join(folder, "first")
    case = make_station(options.bin, first)

    failed = 0
    for size in SIZES:
        for language in LANGUAGES:
            for look in LOOKS:
                name = f"{size[0]}x{size[1]}-{language}-{look}"
                if options.only not in name:
                    continue
                station = os.path.join(folder, name)
                shutil.copytree(first, station)
                try:
                    Round(options, station, case, size, language, look).run()
                    print(name, flush=True)
                except NotThere as problem:
                    failed += 1
                    print(f"{name}: {problem}", flush=True)
    shutil.rmtree(folder)
    print(f"The pictures are in {os.path.abspath(options.shots)}.")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
