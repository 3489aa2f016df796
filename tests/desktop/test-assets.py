#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The register of assets at the window: an entry by hand, a wrong code, a change, undo, an import
with its preview; on the map, where a sign says what it is and takes a report.

test-assets.py LUZHANG LUZHANG-CLI"""

import json
import os
import re

from geoclue import GeoClue, SystemBus
from robot import Thing
from window import Luzhang, keys, make_place, rest, run_cli, type_text, wait_for

REGISTER = """类型,标识码,井编号,用途,权属单位,纬度,经度
检查井盖,3606810102000001,W-001,污水,水务局,28.2901,117.2201
检查井盖,3606810102000002,W-002,污水,水务局,28.2950,117.2105
检查井盖,3606810301000003,W-003,污水,水务局,28.2903,117.2205
"""


def assets(station, cli_dir):
    return json.loads(run_cli(cli_dir, station, "asset", "list", "--json"))


def put_on_file(app, window, station, cli_dir):
    """By hand: what is missing is said, then a wrong code, then it is there."""
    keys("ctrl+n")
    code = window.find("text", "Code (16 digits)")
    rest(0.5)
    type_text("36068101030100")  # the first field has the focus
    window.find(None, re.compile("does not have 16 digits"))
    code.write("3606810301000007")
    window.find(None, re.compile("class 0301"))
    code.write("3606810102000007")
    keys("ctrl+Return")
    window.find(None, "“Number” is needed.")
    window.find("text", "Number *").write("W-007")
    keys("Down", "Return")  # the field was given the focus; below it is the use, its choices open
    rest(0.5)
    keys("Down", "Down", "Down", "Return")
    rest(0.3)
    window.find("text", "Coordinates").write("28.2905, 117.2207")
    app.shot("assets-new")
    keys("ctrl+Return")
    entry = wait_for(lambda: next((a for a in assets(station, cli_dir) if a["kind"] == "manhole"), None), "the entry")
    assert entry["fields"] == {"code": "3606810102000007", "number": "W-007", "use": "雨水"}, entry
    assert abs(entry["lat"] - 28.2905) < 1e-6, entry
    window.find("label", "检查井盖 W-007")
    return entry


def change_and_undo(window, station, cli_dir):
    owner = window.find("text", "Owner")
    owner.write("水务局")
    keys("ctrl+Return")
    wait_for(lambda: any(a["fields"].get("owner") == "水务局" for a in assets(station, cli_dir)), "the change")
    window.find("push button", re.compile("Undo$")).press()
    wait_for(lambda: not any("owner" in a["fields"] for a in assets(station, cli_dir)), "the change to be taken back")
    wait_for(lambda: window.find("text", "Owner").text == "", "the form to follow")


def retire(app, window, station, cli_dir):
    window.find("push button", re.compile("Take off File")).press()
    dialog = app.window("Take It off File?")
    dialog.find("text", "Reason").write("已拆除")
    keys("Return")
    wait_for(lambda: len(assets(station, cli_dir)) == 1, "it to be off file")
    app.take_focus()
    window.find("push button", re.compile("Put on File Again"))


def take_register_in(app, window, station, cli_dir, path):
    keys("ctrl+i")
    app.window("Import a Register")
    keys("ctrl+l")
    rest(0.4)
    keys("ctrl+a")
    type_text(path)
    rest(0.4)
    keys("Return")
    preview = app.window("Import register.csv")
    preview.find(None, "3 rows: 2 new, 0 changed, 0 known already, 1 left out")
    preview.find(None, re.compile("class 0301"))
    app.shot("assets-import")
    keys("ctrl+Return")
    wait_for(lambda: len(assets(station, cli_dir)) == 3, "the register to be in")
    app.closed("Import register.csv")


def undo_import(app, window, station, cli_dir, path):
    """By the toast; and once something was built on it, from the menu, with a question."""
    window.find("push button", re.compile("Undo$")).press()
    wait_for(lambda: len(assets(station, cli_dir)) == 1, "the import to be undone")
    take_register_in(app, window, station, cli_dir, path)
    run_cli(cli_dir, station, "asset", "change", "3606810102000001", "owner=城投")
    app.take_focus()
    window.find(None, "Import and Export").press()
    rest(0.5)
    keys("Up", "Return")  # the last of the menu
    app.window("Undo the Last Import?")
    keys("Return")
    wait_for(lambda: len(assets(station, cli_dir)) == 1, "the import to be undone, though it was built on")
    app.take_focus()
    take_register_in(app, window, station, cli_dir, path)


def meet_on_map(app, frame, service):
    """The map shows them when told to; the sign in the middle says what it is, and a report is about it."""
    app.take_focus(app.windows()["Luzhang"])
    keys("alt+2")
    service.move(28.2950, 117.2105)
    locate = frame.find("push button", "Show my position")
    locate.press()
    frame.find("push button", "Show What Is on File").press()
    plane = locate
    while plane.role != "panel" or plane.name != "Map":
        plane = Thing(plane.node.get_parent())
    rest(2)  # the map goes there and the signs come: nothing of that is to be seen over AT-SPI
    plane.click(app.windows()["Luzhang"])
    report = frame.find("push button", re.compile("Report a Problem with It$"))
    assert frame.look("label", re.compile("W-002")) and frame.look("push button", re.compile("Open the Entry$"))
    app.shot("assets-on-map")
    report.press()
    app.pick_category(frame, "T07-01")
    app.shot("assets-report")
    app.confirm_report()
    frame.find("push button", re.compile("^About: .*W-002"))


def main():
    shots = os.environ.get("LZ_TEST_SHOTS")
    with make_place("assets") as (folder, bin_dir, station):
        run_cli(bin_dir, station, "station", "init", "--sample")
        run_cli(bin_dir, station, "asset", "add", "toilet", "name=站前公厕", "class=二类", "--at", "28.2901,117.2201")
        with open(os.path.join(folder, "register.csv"), "w", encoding="utf-8") as file:
            file.write(REGISTER)
        with SystemBus() as bus, Luzhang(bin_dir, station, {"DBUS_SYSTEM_BUS_ADDRESS": bus.address}, shots) as app:
            service = GeoClue(bus)
            frame = app.window("Luzhang")
            frame.find(None, re.compile("^Tasks"))
            app.take_focus()
            keys("ctrl+shift+a")
            window = app.window("Assets")
            window.find(None, re.compile("^1 entry"))
            app.shot("assets-list")
            put_on_file(app, window, station, bin_dir)
            change_and_undo(window, station, bin_dir)
            retire(app, window, station, bin_dir)
            take_register_in(app, window, station, bin_dir, os.path.join(folder, "register.csv"))
            undo_import(app, window, station, bin_dir, os.path.join(folder, "register.csv"))
            window.find(None, re.compile("^3 entries"))
            keys("ctrl+f")
            type_text("w-002")
            window.find(None, re.compile("^1 entry"))
            app.shot("assets-found")
            keys("Escape", "Escape")
            meet_on_map(app, frame, service)
    print("ok")


if __name__ == "__main__":
    main()
