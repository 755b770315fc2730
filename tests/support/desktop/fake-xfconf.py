"""Fake of XFCE's settings service on a private bus, with the settings of one channel, the panel's.

Each line of stdin sets `/panels/dark-mode` (`true`, `false`, or `unset`) and emits the change on the bus. Prints
`ready` when it owns its name, then `asked` for each request. Exits at the end of stdin.
"""

import os
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = "org.xfce.Xfconf"
CHANNEL = "xfce4-panel"
PROPERTY = "/panels/dark-mode"


class Missing(dbus.exceptions.DBusException):
    _dbus_error_name = "org.xfce.Xfconf.Error.PropertyNotFound"


class Xfconf(dbus.service.Object):
    value = None

    @dbus.service.method(NAME, in_signature="ss", out_signature="v")
    def GetProperty(self, channel, name):
        print("asked", flush=True)
        if (channel, name) != (CHANNEL, PROPERTY) or self.value is None:
            raise Missing(f"{channel} has no {name}")
        return dbus.Boolean(self.value, variant_level=1)

    @dbus.service.signal(NAME, signature="ssv")
    def PropertyChanged(self, channel, name, value):
        pass

    @dbus.service.signal(NAME, signature="ss")
    def PropertyRemoved(self, channel, name):
        pass

    def take(self, word):
        self.value = {"true": True, "false": False}.get(word)
        if self.value is None:
            self.PropertyRemoved(CHANNEL, PROPERTY)
        else:
            self.PropertyChanged(CHANNEL, PROPERTY, dbus.Boolean(self.value))


DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
xfconf = Xfconf(bus, "/org/xfce/Xfconf")
if len(sys.argv) > 1:
    xfconf.value = {"true": True, "false": False}.get(sys.argv[1])
name = dbus.service.BusName(NAME, bus)
loop = GLib.MainLoop()


def on_input(descriptor, condition):
    words = os.read(descriptor, 4096).decode().split() if condition & GLib.IO_IN else []
    if not words:
        loop.quit()
        return False
    for word in words:
        xfconf.take(word)
    return True


GLib.io_add_watch(0, GLib.IO_IN | GLib.IO_HUP, on_input)
print("ready", flush=True)
loop.run()
