#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Photos: tus uploads, resumed and broken in every way, and downloads."""

import base64
import hashlib
import os
import socket
import sys
import time

from lz_server import Case, main, photo, photo_ref

SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../data/photos/gps/DSCN0010.jpg")


def blobs(server):
    return [f for folder, _, files in os.walk(server.data + "/photos") for f in files
            if f.endswith(".bin") and "previews" not in folder]


def sum_of(kind, data):
    return kind + " " + base64.b64encode(hashlib.new(kind, data).digest()).decode()


class Tus(Case):
    def test_options(self):
        li = self.login("li")
        answer = li.ask("OPTIONS", "/v1/photos/")
        self.assertEqual(answer.headers["Tus-Version"], "1.0.0")
        for extension in ("creation", "checksum", "termination", "expiration"):
            self.assertIn(extension, answer.headers["Tus-Extension"])
        self.assertEqual(int(answer.headers["Tus-Max-Size"]), 64 << 20)

    def test_a_row_is_no_photo(self):
        """The server was restored without its photo folder: what is not there is not confirmed, and can be sent again."""
        li, data = self.login("li"), photo(50000)
        name = hashlib.sha256(data).hexdigest()
        li.create(data, data)
        self.assertEqual(li.have(name), [name])
        path = f"{self.server.data}/photos/{name[:2]}/{name}.bin"
        os.unlink(path)
        self.assertEqual(li.have(name), [])
        self.assertEqual(li.ask("GET", f"/v1/photos/{name}").status, 404)
        self.assertEqual(li.ask("GET", f"/v1/photos/{name}/preview").status, 404)
        made = li.create(data)
        self.assertEqual((made.status, made.headers["Upload-Offset"]), (201, "0"))
        self.assertEqual(li.patch(made.headers["Location"], 0, data).status, 204)
        self.assertEqual(li.have(name), [name])
        self.assertEqual(li.ask("GET", f"/v1/photos/{name}").body, data)
        # cut short is not there either
        os.truncate(path, 100)
        self.assertEqual(li.have(name), [])
        with open(path, "wb") as file:
            file.write(data)
        self.assertEqual(li.have(name), [name])

    def test_upload_in_pieces(self):
        li, data = self.login("li"), photo(300000)
        name = hashlib.sha256(data).hexdigest()
        made = li.create(data)
        self.assertEqual((made.status, made.headers["Upload-Offset"]), (201, "0"))
        self.assertTrue(made.headers["Upload-Expires"])
        location = made.headers["Location"]
        self.assertEqual(li.have(name), [])
        at = 0
        for size in (1, 1000, 131072, 7):
            answer = li.patch(location, at, data[at:at + size])
            at += size
            self.assertEqual((answer.status, answer.headers["Upload-Offset"]), (204, str(at)))
            head = li.upload_head(location)
            self.assertEqual((head.headers["Upload-Offset"], head.headers["Upload-Length"]),
                             (str(at), "300000"))
        # Not where it is: told where; nothing changes.
        for wrong in (0, at - 1, at + 1, 300000):
            answer = li.patch(location, wrong, data[wrong:wrong + 10] or b"x")
            self.assertEqual((answer.status, answer.headers["Upload-Offset"]), (409, str(at)))
        self.assertEqual(li.patch(location, at, data[at:]).status, 204)
        self.assertEqual(li.have(name), [name])
        head = li.upload_head(location)
        self.assertEqual((head.status, head.headers["Upload-Offset"]), (200, "300000"))
        self.assertEqual(li.ask("GET", f"/v1/photos/{name}").body, data)
        self.assertFalse(os.path.exists(self.server.data + "/uploads/" + location.rsplit("/", 1)[1]))

    def test_resumes_after_kill(self):
        li, data = self.login("li"), photo(200000)
        location = li.create(data).headers["Location"]
        li.patch(location, 0, data[:70001])
        self.server.kill()
        self.server.start()
        at = int(li.upload_head(location).headers["Upload-Offset"])
        self.assertEqual(at, 70001)
        self.assertEqual(li.patch(location, at, data[at:]).status, 204)
        name = hashlib.sha256(data).hexdigest()
        self.assertEqual(li.ask("GET", f"/v1/photos/{name}").body, data)

    def break_off(self, li, data, length):
        """Sends so much of an upload and breaks the line; gives where the upload is and how far it came."""
        location = li.create(data).headers["Location"]
        line = socket.create_connection(("127.0.0.1", self.server.port))
        line.sendall((f"PATCH {location} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {li.token}\r\n"
                      f"Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Length: {len(data)}\r\n"
                      "Content-Type: application/offset+octet-stream\r\n\r\n").encode() + data[:length])
        line.shutdown(socket.SHUT_WR)
        line.close()
        until = time.monotonic() + 5
        at = -1
        while at != length and time.monotonic() < until:
            head = li.upload_head(location)
            at = int(head.headers["Upload-Offset"]) if head.status == 200 else -1
        return location, at

    def test_what_arrived_before_the_line_broke_counts(self):
        """A line that breaks before the server has looked at it has brought nothing: then once more."""
        li = self.login("li")
        for _ in range(6):
            data = photo(500000)
            location, at = self.break_off(li, data, 123456)
            self.assertIn(at, range(0, 123457))
            self.assertEqual(li.patch(location, at, data[at:]).status, 204)
            if at == 123456:
                return
        self.fail("nothing of six broken uploads counted")

    def test_creation_with_upload(self):
        li, data = self.login("li"), photo()
        made = li.create(data, data)
        self.assertEqual((made.status, made.headers["Upload-Offset"]), (201, str(len(data))))
        self.assertEqual(li.upload_head(made.headers["Location"]).headers["Upload-Offset"], str(len(data)))
        part = photo()
        made = li.create(part, part[:100])
        self.assertEqual((made.status, made.headers["Upload-Offset"]), (201, "100"))
        self.assertEqual(li.patch(made.headers["Location"], 100, part[100:]).status, 204)

    def test_wrong_bytes(self):
        li, data = self.login("li"), photo()
        location = li.create(data).headers["Location"]
        self.assert_error(li.patch(location, 0, bytes(len(data))), 460, "hash")
        self.assertEqual(li.upload_head(location).status, 404)
        self.assert_error(li.create(data, bytes(len(data))), 460, "hash")
        self.assertEqual(li.have(hashlib.sha256(data).hexdigest()), [])
        self.assertEqual(li.have(hashlib.sha256(bytes(len(data))).hexdigest()), [])
        self.assertFalse(os.path.exists(self.server.data + "/uploads/" + location.rsplit("/", 1)[1]))

    def test_checksum_of_a_piece(self):
        li, data = self.login("li"), photo()
        location = li.create(data).headers["Location"]
        for kind in ("sha1", "sha256"):
            bad = li.patch(location, 0, data[:500], Upload_Checksum=sum_of(kind, b"other"))
            self.assert_error(bad, 460, "checksum")
            self.assertEqual(li.upload_head(location).headers["Upload-Offset"], "0")
        self.assertEqual(li.patch(location, 0, data[:500], Upload_Checksum=sum_of("sha1", data[:500])).status, 204)
        bad = li.patch(location, 500, data[500:600], Upload_Checksum=sum_of("sha256", b"x"))
        self.assert_error(bad, 460, "checksum")
        rest = li.patch(location, 500, data[500:], Upload_Checksum=sum_of("sha256", data[500:]))
        self.assertEqual(rest.status, 204)
        location = li.create(photo()).headers["Location"]
        for bad in ("md5 AAAA", "sha1 AAAA", "sha1", ""):
            self.assert_error(li.patch(location, 0, b"x", Upload_Checksum=bad), 400, "invalid")

    def test_bad_headers(self):
        li, data = self.login("li"), photo()
        location = li.create(data).headers["Location"]
        self.assert_error(li.ask("POST", "/v1/photos/", b""), 412, "tus")
        self.assert_error(li.create(data, Tus_Resumable="0.2"), 412, "tus")
        for length in ("-1", "x", "", "99999999999999999999", "0"):
            self.assertIn(li.create(data, Upload_Length=length).status, (400, 413), length)
        self.assert_error(li.create(data, Upload_Length=str((64 << 20) + 1)), 413, "too_large")
        for metadata in ("", "sha256", "sha256 !!", "filename AAAA", "sha256 " + base64.b64encode(b"z" * 64).decode()):
            self.assert_error(li.create(data, Upload_Metadata=metadata), 400, "invalid")
        for offset in ("-1", "x", "", "1e3"):
            self.assert_error(li.patch(location, 0, b"x", Upload_Offset=offset), 400, "invalid")
        self.assert_error(li.patch(location, 0, b"x", Content_Type="image/jpeg"), 415, "encoding")
        self.assert_error(li.patch(location, 0, data + b"x"), 413, "too_large")
        for name in ("..", "%2e%2e%2fserver.db", "x", "0" * 36, location.rsplit("/", 1)[1].upper() + "x"):
            self.assertIn(li.patch("/v1/photos/uploads/" + name, 0, b"x").status, (404, 405), name)

    def test_others_cannot_touch_it(self):
        li, wang, data = self.login("li"), self.login("wang"), photo()
        location = li.create(data).headers["Location"]
        self.assertEqual(wang.upload_head(location).status, 404)
        self.assert_error(wang.patch(location, 0, data), 404, "not_found")
        self.assert_error(wang.ask("DELETE", location, headers={"Tus-Resumable": "1.0.0"}), 404, "not_found")
        self.assertEqual(li.upload_head(location).headers["Upload-Offset"], "0")

    def test_terminate(self):
        li, data = self.login("li"), photo()
        location = li.create(data).headers["Location"]
        li.patch(location, 0, data[:100])
        self.assertEqual(li.ask("DELETE", location, headers={"Tus-Resumable": "1.0.0"}).status, 204)
        self.assertEqual(li.upload_head(location).status, 404)
        self.assertFalse(os.path.exists(self.server.data + "/uploads/" + location.rsplit("/", 1)[1]))

    def test_stored_once(self):
        li, wang, data = self.login("li"), self.login("wang"), photo()
        name = hashlib.sha256(data).hexdigest()
        li.create(data, data)
        n = len(blobs(self.server))
        # One who may not read it has to show that he has it …
        made = wang.create(data)
        self.assertEqual(made.headers["Upload-Offset"], "0")
        self.assertEqual(wang.patch(made.headers["Location"], 0, data).status, 204)
        self.assertEqual(wang.have(name), [name])
        # … one who may, not.
        again = li.create(data)
        self.assertEqual((again.status, again.headers["Upload-Offset"]), (201, str(len(data))))
        self.assertEqual(len(blobs(self.server)), n)
        self.server.verify()


class Download(Case):
    def stored(self, client, data):
        self.assertEqual(client.create(data, data).status, 201)
        return f"/v1/photos/{hashlib.sha256(data).hexdigest()}"

    def test_ranges_and_tags(self):
        li, data = self.login("li"), photo(5000)
        path = self.stored(li, data)
        whole = li.ask("GET", path)
        self.assertEqual((whole.status, whole.body, whole.headers["Accept-Ranges"]), (200, data, "bytes"))
        tag = whole.headers["ETag"]
        for text, part in (("0-0", data[:1]), ("10-19", data[10:20]), ("4990-", data[4990:]),
                           ("-10", data[-10:]), ("4000-9999", data[4000:]), ("-9999", data)):
            answer = li.ask("GET", path, headers={"Range": "bytes=" + text})
            self.assertEqual((answer.status, answer.body), (206, part), text)
            self.assertTrue(answer.headers["Content-Range"].endswith("/5000"))
        for text in ("5000-", "9999-10000", "-0"):
            answer = li.ask("GET", path, headers={"Range": "bytes=" + text})
            self.assert_error(answer, 416, "range")
            self.assertEqual(answer.headers["Content-Range"], "bytes */5000")
        for text in ("bytes=0-1,3-4", "bytes=x-y", "lines=0-1", "bytes=9-3", "bytes=-", "bytes"):
            self.assertEqual(li.ask("GET", path, headers={"Range": text}).status, 200, text)
        stale = li.ask("GET", path, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
        self.assertEqual((stale.status, len(stale.body)), (200, 5000))
        self.assertEqual(li.ask("GET", path, headers={"If-None-Match": tag}).status, 304)
        head = li.ask("HEAD", path)
        self.assertEqual((head.status, head.headers["Content-Length"], head.body), (200, "5000", b""))

    def test_only_for_those_who_see_it(self):
        li, wang, huanwei = self.login("li"), self.login("wang"), self.login("huanwei")
        data = photo()
        name = hashlib.sha256(data).hexdigest()
        path = self.stored(li, data)
        for client in (wang, huanwei):
            self.assert_error(client.ask("GET", path), 404, "not_found")
            self.assert_error(client.ask("GET", path + "/preview"), 404, "not_found")
            self.assertEqual(client.ask("HEAD", path).status, 404)
            self.assertEqual(client.have(name), [])
        # Naming its hash in an event of one's own opens nothing.
        huanwei_report = wang.report(body={"photos": [photo_ref(data)]})
        wang.must_push([huanwei_report])
        self.assert_error(wang.ask("GET", path), 404, "not_found")
        # Being in the feed in which its owner names it does.
        li.must_push([li.report(body={"photos": [photo_ref(data)]})])
        self.assertEqual(wang.ask("GET", path).body, data)
        self.assertEqual(wang.have(name), [name])
        self.assert_error(huanwei.ask("GET", path), 404, "not_found")

    def test_carried_in_for_its_author(self):
        """A dispatcher who brings the bytes vouches for the authors whose events name them, in feeds that both read."""
        li, wang, chen, huanwei = (self.login(user) for user in ("li", "wang", "chen", "huanwei"))
        data = photo()
        path = f"/v1/photos/{hashlib.sha256(data).hexdigest()}"
        li.must_push([li.report(body={"photos": [photo_ref(data)]})])
        self.stored(huanwei, data)
        self.assert_error(wang.ask("GET", path), 404, "not_found")
        self.stored(chen, data)
        self.assertEqual(wang.ask("GET", path).body, data)
        self.assertEqual(li.have(hashlib.sha256(data).hexdigest()), [hashlib.sha256(data).hexdigest()])

    def test_bad_names(self):
        li = self.login("li")
        for name in ("0" * 64, "x" * 64, "..", "%2e%2e%2fserver.db", "a", "%00", "0" * 63 + "%00"):
            self.assertIn(li.ask("GET", "/v1/photos/" + name).status, (404, 405), name)
        for bad in ({}, {"hashes": 1}, {"hashes": ["x"]}, {"hashes": [1]}, {"hashes": [None]}, {"hashes": [{}]}):
            self.assert_error(li.ask("POST", "/v1/photos/have", bad), 400, "invalid")

    def test_preview(self):
        li = self.login("li")
        with open(SAMPLE, "rb") as file:
            path = self.stored(li, file.read())
        small = li.ask("GET", path + "/preview?size=160")
        self.assertEqual((small.status, small.headers["Content-Type"]), (200, "image/jpeg"))
        self.assertTrue(small.body.startswith(b"\xff\xd8"))
        again = li.ask("GET", path + "/preview?size=160", headers={"If-None-Match": small.headers["ETag"]})
        self.assertEqual(again.status, 304)
        self.assertLess(len(small.body), len(li.ask("GET", path + "/preview?size=640").body))
        for size in ("1", "161", "x", "99999"):
            self.assert_error(li.ask("GET", path + "/preview?size=" + size), 400, "invalid")
        other = self.stored(li, photo())
        self.assert_error(li.ask("GET", other + "/preview"), 422, "not_a_photo")


class Expiry(Case):
    options = ("--upload-seconds", "1", "--user-quota-bytes", "100000")

    def test_old_uploads_go(self):
        li, data = self.login("li"), photo()
        location = li.create(data).headers["Location"]
        li.patch(location, 0, data[:10])
        self.assertEqual(len(os.listdir(self.server.data + "/uploads")), 1)
        until = time.monotonic() + 20
        while os.listdir(self.server.data + "/uploads") and time.monotonic() < until:
            time.sleep(0.05)
        self.assertEqual(li.upload_head(location).status, 404)
        self.assertEqual(os.listdir(self.server.data + "/uploads"), [])

    def test_quota(self):
        wang = self.login("wang")
        self.assertEqual(wang.create(photo(60000)).status, 201)
        self.assert_error(wang.create(photo(60000)), 507, "quota")
        self.assertEqual(wang.create(photo(30000)).status, 201)
        # Another has a quota of his own.
        zhang = self.login("zhang")
        data = photo(60000)
        self.assertEqual(zhang.create(data, data).status, 201)


if __name__ == "__main__":
    sys.exit(main())
