#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the papers that make-paper wrote with poppler: words, fonts, pages, pictures."""

import os
import resource
import signal
import subprocess
import sys
import tempfile

MAKE, BULLETIN, PHOTOS = sys.argv[1:4]


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def make(path, rows, photos, *files, **more):
    return subprocess.run([MAKE, path, str(rows), str(photos), *files], capture_output=True, text=True,
                          check=False, **more)


def words(path):
    """The text without spaces and line breaks: lines are set to both edges."""
    return "".join(run("pdftotext", "-layout", path, "-").split())


def pages(path):
    info = dict(line.split(":", 1) for line in run("pdfinfo", path).splitlines() if ":" in line)
    assert info["Title"].strip() == "通报" and info["Author"].strip() == "登封市少林街道办事处", info
    assert "A4" in info["Page size"], info["Page size"]
    return int(info["Pages"])


def check_fonts(path):
    lines = run("pdffonts", path).splitlines()[2:]
    assert lines
    for line in lines:
        embedded, subset, unicode = line.split()[-5:-2]
        assert (embedded, subset, unicode) == ("yes", "yes", "yes"), line


def check_words(path):
    text = words(path)
    for wanted in ("登封市少林街道办事处", "登少办通报〔2026〕47号", "一、总体情况", "（一）案件数量", "1．与上周相比",
                   "二、存在问题", "附件1", "97.4%", "—1—", "—2—", "少林大道K0+350右侧12m",
                   "送达人（签字）", "合计"):
        assert wanted in text, (wanted, text[:400])
    raw = "".join(run("pdftotext", "-raw", path, "-").split())
    assert "及其委托的第三方保洁服务有限责任公司）" in raw, "a long name is wrapped, not cut"


def limit():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))


def check_heads(path, n_pages):
    """The head of the table is on every page that has rows of it."""
    for page in range(1, n_pages + 1):
        text = "".join(run("pdftotext", "-f", str(page), "-l", str(page), "-layout", path, "-").split())
        if "环卫保洁有限公司" in text:
            assert "责任单位" in text and "超期未" in text, (page, text[:200])


def check_bulletin(folder, photos):
    """The text, attachment 1 with the table, attachment 2 with the cases and their photos."""
    path = os.path.join(folder, "bulletin.pdf")
    for rows, cases in ((0, 0), (25, 2), (500, 40)):
        run(BULLETIN, path, str(rows), str(cases), "0", *photos)
        check_fonts(path)
        text = words(path)
        for wanted in ("登少办通报〔2026〕47号", "案件办理情况的通报", "一、总体情况", "二、存在问题", "三、工作要求",
                       "2026年11月23日"):
            assert wanted in text, wanted
        assert text.count("41018520261120000128") == cases
        assert text.count("整改前") == cases, (text.count("整改前"), cases)
        # Heading, facts and photos of a case are on one page.
        for page in "".join(run("pdftotext", "-layout", path, "-")).split("\f"):
            assert page.count("41018520261120000128") == page.count("整改前"), page


def check_closing(folder):
    """However long the text is: where office and date stand, the end of the text stands too."""
    path = os.path.join(folder, "closing.pdf")
    n_pages = set()
    for lines in range(0, 24):
        run(BULLETIN, path, "3", "0", str(lines))
        text = run("pdftotext", "-layout", path, "-").split("\f")
        last = next(n for n, page in enumerate(text) if "11月23日" in "".join(page.split()))
        above = "".join(text[last].split()).split("附件：")[0]
        assert above.count("。") >= 2, (lines, above)
        n_pages.add(last)
    assert n_pages == {0, 1} or n_pages == {1, 2}, n_pages


def main():
    photos = sorted(os.path.join(PHOTOS, name) for name in os.listdir(PHOTOS) if name.endswith(".jpg"))[:2]
    with tempfile.TemporaryDirectory() as folder:
        counts = {}
        for rows in (0, 40, 500):
            path = os.path.join(folder, f"r{rows}.pdf")
            done = make(path, rows, 3, *photos)
            assert done.returncode == 0, done.stderr
            counts[rows] = pages(path)
            assert int(done.stdout) == counts[rows]
            check_fonts(path)
            check_heads(path, counts[rows])
        check_words(os.path.join(folder, "r40.pdf"))
        assert "None" in words(os.path.join(folder, "r0.pdf"))
        assert counts[0] < counts[40] < counts[500] < 40, counts
        assert len(run("pdfimages", "-list", path).splitlines()) == 2 + 3
        assert "jpeg" in run("pdfimages", "-list", path), "a JPEG goes in as it is"

        broken = os.path.join(folder, "broken.jpg")
        with open(photos[0], "rb") as whole, open(broken, "wb") as file:
            file.write(whole.read()[:3000])
        path = os.path.join(folder, "broken.pdf")
        done = make(path, 1, 2, broken, "/no/such.jpg")
        assert done.returncode == 0 and "CRITICAL" not in done.stderr, done.stderr
        assert words(path).count("照片未在本机") == 2, "a frame that says what is missing"

        check_bulletin(folder, photos)
        check_closing(folder)
        path = os.path.join(folder, "full.pdf")
        with open(path, "w", encoding="utf-8") as file:
            file.write("before")
        done = make(path, 500, 2, *photos, preexec_fn=limit)
        assert done.returncode == 1 and done.stderr, done
        with open(path, encoding="utf-8") as file:
            assert file.read() == "before"
        assert not [name for name in os.listdir(folder) if name.startswith(".")]


if __name__ == "__main__":
    main()
