# SPDX-License-Identifier: GPL-3.0-or-later
"""A workbook, read with nothing of ours."""

import xml.etree.ElementTree as ET
import zipfile

NS = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


class Book:
    """The cells of an XLSX: {"B5": (value, formula)} for each sheet."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as book:
            assert book.testzip() is None
            shared = []
            if "xl/sharedStrings.xml" in book.namelist():
                shared = ["".join(t.text or "" for t in item.iter("{%s}t" % NS["s"]))
                          for item in ET.fromstring(book.read("xl/sharedStrings.xml"))]
            names = ET.fromstring(book.read("xl/workbook.xml"))
            self.names = [sheet.get("name") for sheet in names.find("s:sheets", NS)]
            self.sheets, self.trees = [], []
            for n in range(len(self.names)):
                tree = ET.fromstring(book.read(f"xl/worksheets/sheet{n + 1}.xml"))
                self.trees.append(tree)
                self.sheets.append({c.get("r"): self.cell(c, shared) for c in tree.iter("{%s}c" % NS["s"])})

    @staticmethod
    def cell(c, shared):
        formula = c.find("s:f", NS)
        value = c.find("s:v", NS)
        if c.get("t") == "inlineStr":
            value = "".join(t.text or "" for t in c.iter("{%s}t" % NS["s"]))
        elif c.get("t") == "s":
            value = shared[int(value.text)]
        elif c.get("t") == "str" or value is None:
            value = value.text if value is not None else None
        else:
            value = float(value.text)
        return value, formula.text if formula is not None else None
