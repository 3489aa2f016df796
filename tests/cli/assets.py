#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The register of assets as scripts see it: entries by hand, and registers in every format."""

import json
import subprocess

from lz_cli import BEFORE, INVALID, NOT_FOUND, REFUSED, USAGE, Folder, Station

REGISTER = """类型,标识码,井编号,用途,权属单位,井径(毫米),纬度,经度
检查井盖,3606810102000001,W-001,污水,水务局,700,28.2901,117.2201
检查井盖,3606810102000002,W-002,污水,水务局,700,28.2903,117.2205
检查井盖,3606810301000003,W-003,污水,水务局,700,28.2903,117.2205
检查井盖,,W-004,污水,水务局,abc,28.2903,117.2205
公共厕所,,,,,,,
检查井盖,,W-006,污水,水务局,700,91,117.2205
火星车,,,,,,,
"""


def features():
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"chip": f"E2{n:04}", "species": "香樟", "girth_cm": 20 + n},
         "geometry": {"type": "Point", "coordinates": [117.21 + n / 1000, 28.29]}} for n in range(40)]}


def preview_and_export(folder):
    """What would come in, said before; what was written out comes in again as known."""
    station = Station(folder.join("p")).init()
    path = folder.write("preview.csv", REGISTER + "检查井盖,3606810102000001,W-001,污水,水务局,700,28.2901,117.2201\n")
    said = station.json("asset", "import", path, "--preview")
    assert station.json("asset", "list") == []
    done = station.json("asset", "import", path)
    assert said == done and (done["added"], done["known"]) == (2, 1), (said, done)
    assert [a["fields"]["number"] for a in station.json("asset", "list", "--text", "w-002")] == ["W-002"]
    assert station.json("asset", "list", "--text", "manhole") == []  # the kind is no text of it
    for name in ("out.csv", "out.geojson", "out.gpkg"):
        out = folder.join(name)
        station.out("asset", "export", "--kind", "manhole", "--out", out)
        again = station.json("asset", "import", out)
        assert (again["known"], again["rows"]) == (2, 2), (name, again)
    station.fails(USAGE, "asset", "export", "--out", folder.join("out.txt"))
    asset = station.json("asset", "list")[0]["id"]
    station.out("asset", "retire", asset, "--reason", "误登")
    station.out("asset", "restore", asset)
    assert len(station.json("asset", "list")) == 2
    station.fails(REFUSED, "asset", "restore", asset)


def undo_import(folder):
    """An import is one act: taken back it was not; after something was built on it, its entries go off file."""
    station = Station(folder.join("u")).init()
    path = folder.write("trees.geojson", json.dumps(features()))
    station.fails(NOT_FOUND, "asset", "undo-import")
    by_hand_one = station.json("asset", "add", "street_tree", "chip=E1", "species=香樟", "--at", "28.2833,117.2103")
    assert station.json("asset", "import", path, "--kind", "street_tree")["added"] == 40
    assert station.json("asset", "undo-import") == {"gone": 40}
    assert [a["id"] for a in station.json("asset", "list")] == [by_hand_one]
    station.sound()

    assert station.json("asset", "import", path, "--kind", "street_tree")["added"] == 40
    tree = station.json("asset", "list", "--text", "E20007")[0]["id"]
    station.out("asset", "change", tree, "girth_cm=99")
    assert station.json("asset", "undo-import") == {"gone": 40}
    assert [a["id"] for a in station.json("asset", "list")] == [by_hand_one]
    station.fails(NOT_FOUND, "asset", "undo-import")
    # The same register can come again, but not what somebody took off file.
    done = station.json("asset", "import", path, "--kind", "street_tree")
    assert (done["added"], done["skipped"]) == (40, 0), done
    assert station.json("asset", "show", tree)["fields"]["girth_cm"] == "27"
    station.out("asset", "retire", tree, "--reason", "已移植")
    assert station.json("asset", "undo-import") == {"gone": 39}
    done = station.json("asset", "import", path, "--kind", "street_tree")
    assert (done["added"], done["skipped"]) == (39, 1), done
    station.sound()


def by_hand(folder):
    station = Station(folder.join("s")).init()
    assert "sign_board" in [k["kind"] for k in station.json("asset", "kinds")]
    asset = station.json("asset", "add", "toilet", "name=站前公厕", "类别=二类", "--at", "28.2833,117.2103", "--photo", BEFORE)
    entry = station.json("asset", "show", asset)
    assert entry["kind"] == "toilet" and entry["fields"] == {"name": "站前公厕", "class": "二类"}, entry
    assert entry["road"], "the nearest road"
    station.out("asset", "change", asset, "class=一类", "phone=0701-3331234")
    assert station.json("asset", "show", asset)["fields"]["class"] == "一类"
    for code, args in ((INVALID, ("add", "toilet", "name=甲")), (INVALID, ("change", asset, "class=九类")),
                       (INVALID, ("change", asset, "name=")), (USAGE, ("change", asset, "colour=red")),
                       (NOT_FOUND, ("add", "spaceship", "name=1")), (NOT_FOUND, ("show", "3606810301000009")),
                       (INVALID, ("add", "toilet", "name=乙", "class=二类", "code=36068103010001")),
                       (INVALID, ("add", "toilet", "name=乙", "class=二类", "code=3606810102000001")),
                       (REFUSED, ("retire", asset))):
        station.fails(code, "asset", *args)
    station.out("asset", "retire", asset, "--reason", "已拆除")
    assert station.json("asset", "list") == []
    station.fails(REFUSED, "asset", "change", asset, "class=一类")
    station.out("undo")
    assert len(station.json("asset", "list")) == 1
    station.sound()


def register(folder):
    """Bad rows are named, the others taken; again changes nothing."""
    station = Station(folder.join("s")).init()
    path = folder.write("register.csv", REGISTER)
    report = station.json("asset", "import", path)
    assert (report["rows"], report["added"], report["skipped"]) == (7, 2, 5), report
    assert ["4", "5", "6", "7", "8"] == [r.split(":")[0].split()[1] for r in report["reasons"]], report
    report = station.json("asset", "import", path)
    assert (report["added"], report["known"]) == (0, 2), report
    report = station.json("asset", "import", folder.write("register.csv", REGISTER.replace("水务局,700,28.2901", "水务集团,700,28.2901")))
    assert (report["changed"], report["known"]) == (1, 1), report
    assert station.json("asset", "show", "3606810102000001")["fields"]["owner"] == "水务集团"
    station.sound()
    station.out("rebuild")
    assert len(station.json("asset", "list", "--kind", "manhole")) == 2
    station.sound()


def maps(folder):
    """The same register as GeoJSON and as GeoPackage is the same register."""
    station = Station(folder.join("s")).init()
    geojson = folder.write("trees.geojson", json.dumps(features()))
    report = station.json("asset", "import", geojson, "--kind", "street_tree")
    assert (report["added"], report["skipped"]) == (40, 0), report
    package = folder.join("trees.gpkg")
    subprocess.run(["ogr2ogr", "-f", "GPKG", package, geojson], check=True, capture_output=True)
    report = station.json("asset", "import", package, "--kind", "行道树")
    assert (report["added"], report["known"]) == (0, 40), report
    for text in ("", "[]", "{}", '{"features":[1]}', '{"features":[{"geometry":', "\x00\xff", '{"features":{}}'):
        with open(folder.join("bad.geojson"), "w", encoding="latin-1") as file:
            file.write(text)
        station.fails(INVALID, "asset", "import", folder.join("bad.geojson"), "--kind", "lamp")
    mercator = folder.join("mercator.gpkg")
    subprocess.run(["ogr2ogr", "-f", "GPKG", "-t_srs", "EPSG:3857", mercator, geojson], check=True, capture_output=True)
    assert "WGS 84" in station.fails(INVALID, "asset", "import", mercator, "--kind", "lamp")
    assert len(station.json("asset", "list")) == 40
    station.sound()


def main():
    for function in (by_hand, register, preview_and_export, undo_import, maps):
        with Folder() as folder:
            function(folder)
        print(f"ok {function.__name__}", flush=True)


if __name__ == "__main__":
    main()
