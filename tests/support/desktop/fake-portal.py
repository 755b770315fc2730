"""Stand-in for the desktop's Background portal on a private bus.

The first argument decides its answer: `allow` as requested, `refuse`, `cancel` (the person closed the question), or
`early` (the answer arrives before the caller knows the request's path). Prints each request as a line of JSON.
"""

import json
import sys

import dbus
import dbus.lowlevel
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

PATH = "/org/freedesktop/portal/desktop"
HANDLE = f"{PATH}/request/1_1/t"


class Portal(dbus.service.Object):
    @dbus.service.method(
        "org.freedesktop.portal.Background", in_signature="sa{sv}", out_signature="o", sender_keyword="sender"
    )
    def RequestBackground(self, _parent, options, sender=None):
        asked = bool(options.get("autostart", False))
        words = [str(word) for word in options.get("commandline", [])]
        print(json.dumps({"autostart": asked, "commandline": words}), flush=True)
        how = sys.argv[1]

        def answer():
            message = dbus.lowlevel.SignalMessage(HANDLE, "org.freedesktop.portal.Request", "Response")
            message.set_destination(sender)
            granted = dbus.Boolean(asked and how != "refuse")
            results = dbus.Dictionary({"background": granted, "autostart": granted}, signature="sv")
            message.append(1 if how == "cancel" else 0, results, signature="ua{sv}")
            self.connection.send_message(message)
            return False

        if how == "early":
            answer()
        else:
            GLib.timeout_add(50, answer)
        return dbus.ObjectPath(HANDLE)


DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName("org.freedesktop.portal.Desktop", bus)
portal = Portal(bus, PATH)
print("ready", flush=True)
GLib.MainLoop().run()
