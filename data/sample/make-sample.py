#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes guixi.osm.gz from an OSM XML file: make-sample.py IN.osm OUT.osm.gz

Leaves out who edited each thing and when (names of people), and relations' members that the extract
does not hold.  The same input gives the same bytes."""
import gzip
import sys
import xml.etree.ElementTree as ET

EDITS = ("user", "uid", "changeset", "timestamp", "version", "visible")


def main():
    tree = ET.parse(sys.argv[1])
    root = tree.getroot()
    held = {(thing.tag, thing.get("id")) for thing in root}

    for thing in root:
        for name in EDITS:
            thing.attrib.pop(name, None)
        for member in thing.findall("member"):
            if (member.get("type"), member.get("ref")) not in held:
                thing.remove(member)

    text = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    with open(sys.argv[2], "wb") as out:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=0) as packed:
            packed.write(text)


main()
