"""Presses a button as a screen reader does: through the accessibility tree (AT-SPI), without input events.

Argument: the beginning of the button's name. Prints the whole name.
"""

import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

DEEPEST = 60


def children(node):
    return (node.get_child_at_index(at) for at in range(node.get_child_count()))


def find(node, name, depth=0):
    if node is None or depth > DEEPEST:
        return None
    try:
        if node.get_role() == Atspi.Role.PUSH_BUTTON and (node.get_name() or "").startswith(name):
            return node
        for child in children(node):
            found = find(child, name, depth + 1)
            if found is not None:
                return found
    except GLib.Error:
        # The element has left the tree meanwhile.
        return None
    return None


Atspi.init()
deadline = time.time() + 15
button = None
while button is None and time.time() < deadline:
    button = find(Atspi.get_desktop(0), sys.argv[1])
    if button is None:
        time.sleep(0.2)
if button is None:
    sys.exit("no such button")
print(button.get_name())
if not button.get_action_iface().do_action(0):
    sys.exit("the button was not pressed")
