"""A program of the session that sends a signal which another program should send, to each connection directly.

The words: path, interface, member, and the values as JSON; a whole number goes as an unsigned one.
"""

import json
import sys

import dbus
import dbus.lowlevel

path, interface, member, values = sys.argv[1:5]
bus = dbus.SessionBus()
own = bus.get_unique_name()
# Monitors take part in nothing: a message for one throws it off the bus.
names = [name for name in bus.list_names() if name.startswith(":") and name != own]
for name in names:
    signal = dbus.lowlevel.SignalMessage(path, interface, member)
    signal.set_destination(name)
    signal.append(*[dbus.UInt32(one) if isinstance(one, int) else one for one in json.loads(values)])
    bus.send_message(signal)
bus.flush()
# An answer of the bus comes after all that was sent before.
bus.list_names()
print("sent", len(names))
