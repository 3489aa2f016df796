#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job across the network, end to end: a sample office on a local server, two stations; what one logs offline,
with photos, the other shows, and what it does about it comes back.  Prints what it did."""

from lz_office import Office, photo_bytes, same_truth


def say(text):
    print(text, flush=True)


def main():
    with Office() as office:
        say(f"server with a sample office at {office.server.url}: {', '.join(office.server.users)}")
        inspector = office.station("inspector", "li")
        dispatcher = office.station("dispatcher", "chen")
        say("two stations logged in: li (inspector) and chen (dispatcher)")

        office.server.stop()
        case = inspector.log(photo_bytes(1), photo_bytes(2), text="路面垃圾")
        waiting = inspector.status()
        say(f"logged with the server away: case {case}, waiting {waiting['events']} acts and {waiting['photos']} photos")
        assert waiting["events"] >= 1 and waiting["photos"] == 2
        office.server.start()

        sent = inspector.sync()
        say(f"synced: {sent['pushed']} acts and {sent['photos_sent']} photos sent, {sent['refused']} refused")
        assert sent["refused"] == 0 and sent["photos_sent"] == 2 and sent["waiting"]["events"] == 0
        got = dispatcher.sync()
        shown = dispatcher.show(case)
        say(f"the other station: {got['pulled']} acts and {got['photos_fetched']} photos came; "
            f"case {shown['number']} is {shown['state']}, {len(shown['photos'])} photos, all here: "
            f"{all(p['here'] for p in shown['photos'])}")
        assert all(p["here"] for p in shown["photos"]) and len(shown["photos"]) == 2

        dispatcher.note(case, "已通知环卫中心")
        dispatcher.sync()
        inspector.sync()
        assert any(e.get("text") == "已通知环卫中心" for e in inspector.show(case)["events"])
        say("the note of the dispatcher came back to the inspector")

        lines = same_truth(office.server, inspector, dispatcher)
        inspector.sound()
        dispatcher.sound()
        office.server.verify()
        delivered = inspector.status("--cases")["deliveries"]
        assert all(d["events"] == d["events_there"] and d["photos"] == d["photos_there"] for d in delivered), delivered
        say(f"both stations and the server hold the same {len(lines)} acts; delivered")


main()
