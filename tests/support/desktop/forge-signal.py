"""Sends a forged signal of another program to each connection of the session bus directly.

Arguments: path, interface, member, and the values as JSON. Integers are sent as unsigned 32-bit values.
"""

import json
import sys

import dbus
import dbus.lowlevel

path, interface, member, values = sys.argv[1:5]
bus = dbus.SessionBus()
own = bus.get_unique_name()
# Monitors give up all names, so none is in the list; the bus would disconnect a monitor that gets a message.
names = [name for name in bus.list_names() if name.startswith(":") and name != own]
for name in names:
    signal = dbus.lowlevel.SignalMessage(path, interface, member)
    signal.set_destination(name)
    signal.append(*[dbus.UInt32(one) if isinstance(one, int) else one for one in json.loads(values)])
    bus.send_message(signal)
bus.flush()
# The bus answers after it has delivered all earlier messages.
bus.list_names()
print("sent", len(names))
