#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The road chief's morning, by keyboard: the worst road first, its file, two roads side by side.

test-desk.py LUZHANG LUZHANG-CLI"""

import re

from window import Luzhang, keys, make_place, rest, run_cli, type_text


def main():
    with make_place("desk") as (_, bin_dir, station):
        for args in (("station", "init", "--sample"), ("bench", "fill", "--cases", "300", "--days", "40", "--open", "10"),
                     ("asset", "add", "sign_board", "scope=全线", "chief=王建国", "condition=完好", "--road", "冶金大道"),
                     ("asset", "add", "shop", "name=惠民超市", "pledged=2026-01-05", "--road", "冶金大道")):
            run_cli(bin_dir, station, *args)
        app = Luzhang(bin_dir, station)
        with app:
            frame = app.window("Luzhang")
            frame.find(None, re.compile("^Tasks"))
            app.take_focus()
            keys("alt+5")
            frame.find(None, re.compile(r"^33 roads"))
            keys("ctrl+f")
            type_text("yjdd")
            frame.find(None, re.compile(r"^1 road "))
            keys("Return")
            rest(0.3)
            keys("Down", "space")
            frame.find(None, "冶金大道")
            for word in ("How Health Is Reckoned", "Along the Road", "Last Twelve Weeks", "全线", "1 unit along the street",
                         "1 pledges in force, 0 expired, 0 not signed", "No patrol of this road is on record."):
                frame.find(None, word)
            keys("Escape")
            keys("ctrl+f", "ctrl+a", "Delete")
            frame.find(None, re.compile(r"^33 roads"))
            keys("Return")
            rest(0.3)
            keys("Down", "space", "shift+Down")
            frame.find(None, "Side by Side")
    print("ok")


if __name__ == "__main__":
    main()
