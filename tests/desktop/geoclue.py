# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for GeoClue on a system bus of a test's own; a program meets it by the environment
variable DBUS_SYSTEM_BUS_ADDRESS."""

import subprocess

from gi.repository import Gio, GLib

NAME = "org.freedesktop.GeoClue2"
ROOT = "/org/freedesktop/GeoClue2"
MANAGER = f"{ROOT}/Manager"
CLIENT = f"{ROOT}/Client/1"
INTERFACES = Gio.DBusNodeInfo.new_for_xml("""
<node>
  <interface name='org.freedesktop.GeoClue2.Manager'>
    <method name='GetClient'><arg type='o' direction='out'/></method>
    <method name='CreateClient'><arg type='o' direction='out'/></method>
    <method name='DeleteClient'><arg type='o' direction='in'/></method>
    <method name='AddAgent'><arg type='s' direction='in'/></method>
    <property name='InUse' type='b' access='read'/>
    <property name='AvailableAccuracyLevel' type='u' access='read'/>
  </interface>
  <interface name='org.freedesktop.GeoClue2.Client'>
    <method name='Start'/>
    <method name='Stop'/>
    <signal name='LocationUpdated'><arg type='o'/><arg type='o'/></signal>
    <property name='Location' type='o' access='read'/>
    <property name='DistanceThreshold' type='u' access='readwrite'/>
    <property name='TimeThreshold' type='u' access='readwrite'/>
    <property name='DesktopId' type='s' access='readwrite'/>
    <property name='RequestedAccuracyLevel' type='u' access='readwrite'/>
    <property name='Active' type='b' access='read'/>
  </interface>
  <interface name='org.freedesktop.GeoClue2.Location'>
    <property name='Latitude' type='d' access='read'/>
    <property name='Longitude' type='d' access='read'/>
    <property name='Accuracy' type='d' access='read'/>
    <property name='Altitude' type='d' access='read'/>
    <property name='Speed' type='d' access='read'/>
    <property name='Heading' type='d' access='read'/>
    <property name='Description' type='s' access='read'/>
    <property name='Timestamp' type='(tt)' access='read'/>
  </interface>
</node>""").interfaces


class SystemBus:
    """A bus; `address` is where it is."""

    def __enter__(self):
        self.daemon = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"],
                                       stdout=subprocess.PIPE, text=True)
        self.address = self.daemon.stdout.readline().strip()
        return self

    def __exit__(self, *unused):
        self.daemon.terminate()
        self.daemon.wait()


class GeoClue:
    """The service, from its start to stop(): where it is, and whether anybody wants to know."""

    def __init__(self, bus):
        flags = Gio.DBusConnectionFlags
        self.bus = Gio.DBusConnection.new_for_address_sync(
            bus.address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self.place = None  # (latitude, longitude, accuracy in metres)
        self.n = 0
        self.active = False
        self.asked = {}  # what the program set: DesktopId, RequestedAccuracyLevel …
        self.bus.register_object(MANAGER, INTERFACES[0], self.call, self.get, self.put)
        self.bus.register_object(CLIENT, INTERFACES[1], self.call, self.get, self.put)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE, None, None)

    def call(self, _bus, _sender, _path, _interface, method, _arguments, invocation):
        if method in ("GetClient", "CreateClient"):
            invocation.return_value(GLib.Variant("(o)", (CLIENT,)))
            return
        if method in ("Start", "Stop"):
            self.active = method == "Start"
        invocation.return_value(None)
        if method == "Start" and self.place:
            self.tell("/")

    def get(self, _bus, _sender, _path, _interface, name):
        latitude, longitude, accuracy = self.place or (0, 0, 0)
        return {
            "InUse": GLib.Variant("b", self.active),
            "AvailableAccuracyLevel": GLib.Variant("u", 8),
            "Location": GLib.Variant("o", self.path() if self.n else "/"),
            "DistanceThreshold": GLib.Variant("u", self.asked.get(name, 0)),
            "TimeThreshold": GLib.Variant("u", self.asked.get(name, 0)),
            "DesktopId": GLib.Variant("s", self.asked.get(name, "")),
            "RequestedAccuracyLevel": GLib.Variant("u", self.asked.get(name, 0)),
            "Active": GLib.Variant("b", self.active),
            "Latitude": GLib.Variant("d", latitude),
            "Longitude": GLib.Variant("d", longitude),
            "Accuracy": GLib.Variant("d", accuracy),
            "Altitude": GLib.Variant("d", -1.7976931348623157e308),
            "Speed": GLib.Variant("d", -1),
            "Heading": GLib.Variant("d", -1),
            "Description": GLib.Variant("s", ""),
            "Timestamp": GLib.Variant("(tt)", (0, 0)),
        }[name]

    def put(self, _bus, _sender, _path, _interface, name, value):
        self.asked[name] = value.unpack()
        return True

    def path(self):
        return f"{CLIENT}/Location/{self.n}"

    def tell(self, old):
        self.n += 1
        self.bus.register_object(self.path(), INTERFACES[2], self.call, self.get, None)
        self.bus.emit_signal(None, CLIENT, NAME + ".Client", "LocationUpdated",
                             GLib.Variant("(oo)", (old, self.path())))

    def move(self, latitude, longitude, accuracy=6.0):
        """Where it is now; told to whoever has started it."""
        old = self.path() if self.n else "/"
        self.place = (latitude, longitude, accuracy)
        if self.active:
            self.tell(old)

    def stop(self):
        """Away, as after a crash."""
        self.bus.close_sync(None)
