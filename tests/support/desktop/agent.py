"""Part of a test desktop that speaks D-Bus from inside the session.

Acts as the tray host (a StatusNotifierWatcher that reads items and their menus), records every notification on the
bus, and locks the keyring. One JSON object per line: requests on stdin as {"id", "method", "params"}, answers on stdout
as {"id", "result"} or {"id", "error"}. Exits at the end of stdin.
"""

import hashlib
import json
import os
import sys
import time
import base64

import dbus
import dbus.bus
import dbus.lowlevel
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
FREEDESKTOP_ITEM = "org.freedesktop.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"
NOTIFICATIONS = "org.freedesktop.Notifications"
DUNST = "org.dunstproject.cmd0"
SECRETS = "org.freedesktop.secrets"
KEYRING_INTERNALS = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
TIMEOUT_SECONDS = 20


def plain(value):
    """Converts D-Bus values to JSON values."""
    if isinstance(value, dbus.Boolean):
        return bool(value)
    if isinstance(value, (dbus.ByteArray, bytes)):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    return str(value)


def without_mnemonics(label):
    """Label without dbusmenu's marks: `_` marks the access key, `__` is an underscore."""
    return label.replace("__", "\0").replace("_", "").replace("\0", "_")


class Watcher(dbus.service.Object):
    """org.kde.StatusNotifierWatcher: registry of tray icons."""

    def __init__(self, bus):
        self.bus = bus
        self.name = dbus.service.BusName(WATCHER, bus)
        self.items = []
        self.hosts = []
        super().__init__(bus, "/StatusNotifierWatcher")
        bus.add_signal_receiver(self.owner_changed, "NameOwnerChanged", "org.freedesktop.DBus")
        # Items look for a host by its own bus name, beside its connection's name, before they register.
        self.host = dbus.service.BusName(f"org.kde.StatusNotifierHost-{os.getpid()}", bus)
        self.RegisterStatusNotifierHost(self.host.get_name())

    @dbus.service.method(WATCHER, in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, service, sender=None):
        if service.startswith("/"):
            service, path, owner = sender, service, str(sender)
        else:
            # Hosts read the service as a bus name and refuse names without an owner, such as a name plus a path.
            path, owner = "/StatusNotifierItem", self.owner_of(service)
        entry = {"service": str(service), "owner": owner, "path": path, "menuUpdates": 0, "layouts": [], "changes": 0, "answers": []}
        self.items = [item for item in self.items if item["service"] != service] + [entry]
        self.ask_all(entry)

        def menu_changed(*_args):
            entry["menuUpdates"] += 1

        def layout_changed(_revision, parent):
            entry["layouts"].append(int(parent))

        def item_changed(*_args):
            entry["changes"] += 1

        for member in ("LayoutUpdated", "ItemsPropertiesUpdated"):
            self.bus.add_signal_receiver(menu_changed, member, MENU, bus_name=owner)
        self.bus.add_signal_receiver(layout_changed, "LayoutUpdated", MENU, bus_name=owner)
        for member in ("NewIcon", "NewToolTip", "NewTitle", "NewStatus"):
            self.bus.add_signal_receiver(item_changed, member, ITEM, bus_name=owner)
        self.StatusNotifierItemRegistered(service)

    def owner_of(self, service):
        try:
            return str(self.bus.call_blocking(*BUS, "GetNameOwner", "s", (service,)))
        except dbus.exceptions.DBusException:
            print(f"tray: nobody owns the name {str(service)!r}, so the item is refused", file=sys.stderr)
            raise

    def ask_all(self, entry):
        """Asks a new item at once in every way that hosts use: by its given name or its connection's name, on KDE's
        interface or on the specification's. A host shows no icon if its first question has no answer."""
        for service in dict.fromkeys((entry["service"], entry["owner"])):
            for interface in (ITEM, FREEDESKTOP_ITEM):
                asked = {"service": service, "interface": interface, "properties": None, "error": None}
                entry["answers"].append(asked)
                remote = self.bus.get_object(service, entry["path"], introspect=False)
                remote.GetAll(
                    interface,
                    dbus_interface=PROPERTIES,
                    reply_handler=lambda found, asked=asked: asked.update(properties=sorted(map(str, found))),
                    error_handler=lambda error, asked=asked: asked.update(error=error.get_dbus_name()),
                    timeout=TIMEOUT_SECONDS,
                )

    @dbus.service.method(WATCHER, in_signature="s")
    def RegisterStatusNotifierHost(self, service):
        self.hosts.append(str(service))
        self.StatusNotifierHostRegistered()

    @dbus.service.signal(WATCHER)
    def StatusNotifierHostRegistered(self):
        pass

    @dbus.service.signal(WATCHER, signature="s")
    def StatusNotifierItemRegistered(self, _service):
        pass

    @dbus.service.signal(WATCHER, signature="s")
    def StatusNotifierItemUnregistered(self, _service):
        pass

    def owner_changed(self, name, _old, new):
        if new:
            return
        for item in [item for item in self.items if name in (item["service"], item["owner"])]:
            self.items.remove(item)
            self.StatusNotifierItemUnregistered(item["service"])

    @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return self.GetAll(interface)[name]

    @dbus.service.method(PROPERTIES, in_signature="s", out_signature="a{sv}")
    def GetAll(self, _interface):
        services = [item["service"] for item in self.items]
        return {
            "IsStatusNotifierHostRegistered": len(self.hosts) > 0,
            "ProtocolVersion": dbus.Int32(0),
            "RegisteredStatusNotifierItems": dbus.Array(services, signature="s"),
        }


class Notifications:
    """All notifications of the session, recorded by a monitor on a separate connection."""

    def __init__(self, address):
        self.seen = []
        self.awaiting = {}
        self.connection = dbus.bus.BusConnection(address)
        self.connection.add_message_filter(self.on_message)
        rules = [
            f"type='method_call',interface='{NOTIFICATIONS}',member='Notify'",
            f"type='method_return',sender='{NOTIFICATIONS}'",
            f"type='signal',interface='{NOTIFICATIONS}'",
        ]
        self.connection.call_blocking(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.Monitoring",
            "BecomeMonitor",
            "asu",
            (rules, 0),
        )

    def on_message(self, _connection, message):
        try:
            self.take(message)
        except (IndexError, KeyError, ValueError) as error:
            print(f"notification not understood: {error}", file=sys.stderr)
        # The bus disconnects a monitor that answers; "handled" keeps the library from answering.
        return dbus.lowlevel.HANDLER_RESULT_HANDLED

    def take(self, message):
        member = message.get_member()
        if isinstance(message, dbus.lowlevel.MethodCallMessage) and member == "Notify":
            app, replaces, icon, summary, body, actions, hints, _timeout = message.get_args_list()[:8]
            # A notification that replaces another is the only one with its id on the screen.
            for earlier in self.by_id(replaces):
                earlier["open"] = False
            entry = {
                "id": int(replaces),
                "app": str(app),
                "icon": str(icon),
                "summary": str(summary),
                "body": str(body),
                "actions": plain(actions),
                "urgency": int(hints.get("urgency", 1)),
                "replaces": int(replaces),
                "picture": plain(hints["image-data"][:2]) if "image-data" in hints else None,
                "open": False,
                "pressed": [],
                "at": time.time() * 1000,
            }
            self.seen.append(entry)
            self.awaiting[(message.get_sender(), message.get_serial())] = entry
        elif isinstance(message, dbus.lowlevel.MethodReturnMessage):
            entry = self.awaiting.pop((message.get_destination(), message.get_reply_serial()), None)
            if entry is not None:
                entry["id"] = int(message.get_args_list()[0])
                entry["open"] = True
        elif member == "NotificationClosed":
            for entry in self.by_id(message.get_args_list()[0]):
                entry["open"] = False
        elif member == "ActionInvoked":
            notification, action = message.get_args_list()[:2]
            for entry in self.by_id(notification):
                entry["pressed"].append(str(action))

    def by_id(self, notification):
        return [entry for entry in self.seen if entry["id"] == int(notification)]


class Agent:
    def __init__(self, loop):
        self.loop = loop
        self.bus = dbus.SessionBus()
        self.watcher = Watcher(self.bus) if "--no-tray" not in sys.argv else None
        self.notifications = Notifications(os.environ["DBUS_SESSION_BUS_ADDRESS"])
        self.buffer = b""

    # -- the protocol ------------------------------------------------------------------------------------------

    def on_input(self, descriptor, condition):
        chunk = os.read(descriptor, 65536) if condition & GLib.IO_IN else b""
        if not chunk:
            self.loop.quit()
            return False
        *lines, self.buffer = (self.buffer + chunk).split(b"\n")
        for line in lines:
            self.answer(json.loads(line))
        return True

    def answer(self, request):
        try:
            handler = getattr(self, "do_" + request["method"])
            reply = {"id": request["id"], "result": handler(**request.get("params", {}))}
        except Exception as error:  # whatever went wrong belongs to the one who asked
            reply = {"id": request["id"], "error": f"{request['method']}: {error}"}
        GLib.idle_add(self.reply, reply)

    def reply(self, reply):
        """Answers once no signal waits: the library takes one message per turn of the loop, so the next request would
        miss the signals that came before its own calls were answered."""
        print(json.dumps(reply), flush=True)
        return GLib.SOURCE_REMOVE

    def call(self, service, path, interface, member, *args):
        remote = dbus.Interface(self.bus.get_object(service, path, introspect=False), interface)
        return getattr(remote, member)(*args, timeout=TIMEOUT_SECONDS)

    # -- session ---------------------------------------------------------------------------------------------

    def do_owned(self, name):
        return bool(self.bus.name_has_owner(name))

    def do_start_host(self):
        if self.watcher is None:
            self.watcher = Watcher(self.bus)

    def do_state(self):
        """Parts of the session that tests may change and that `do_empty` does not repair."""
        names = sorted(str(name) for name in self.bus.list_names() if not name.startswith(":"))
        return {"names": names, "items": len(self.items()), "locked": self.do_locked()}

    def do_empty(self):
        """Removes all notifications and secrets. The daemon answers after it has shown all earlier notifications."""
        self.do_close_all()
        self.notifications.seen.clear()
        self.notifications.awaiting.clear()
        for collection in self.collections():
            items = self.call(SECRETS, collection, PROPERTIES, "Get", "org.freedesktop.Secret.Collection", "Items")
            for item in items:
                self.call(SECRETS, item, "org.freedesktop.Secret.Item", "Delete")

    # -- tray ------------------------------------------------------------------------------------------------

    def items(self):
        return self.watcher.items if self.watcher else []

    def item(self, index):
        if index >= len(self.items()):
            raise LookupError(f"there is no tray item {index}; {len(self.items())} are registered")
        return self.items()[index]

    def properties(self, item):
        return self.call(item["owner"], item["path"], PROPERTIES, "GetAll", ITEM)

    def do_items(self):
        described = []
        for item in self.items():
            try:
                described.append(self.describe(item))
            except dbus.exceptions.DBusException as error:
                # The item is leaving the bus; the signal about this comes next.
                left = ("org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NoReply")
                if error.get_dbus_name() not in left:
                    raise
        return described

    def do_answers(self, index=0):
        return self.item(index)["answers"]

    def do_news(self, index=0):
        item = self.item(index)
        return item["menuUpdates"] + item["changes"]

    def describe(self, item):
        found = self.properties(item)
        tooltip = found.get("ToolTip", ("", [], "", ""))
        pixmaps = [
            {
                "width": int(width),
                "height": int(height),
                "sha1": hashlib.sha1(bytes(data)).hexdigest(),
                "argb": base64.b64encode(bytes(data)).decode(),
            }
            for width, height, data in found.get("IconPixmap", [])
        ]
        return {
            "id": str(found.get("Id", "")),
            "title": str(found.get("Title", "")),
            "status": str(found.get("Status", "")),
            "tooltip": "\n".join(str(part) for part in tooltip[2:4] if part),
            "iconName": str(found.get("IconName", "")),
            "pixmaps": pixmaps,
            "menuUpdates": item["menuUpdates"],
            "layouts": item["layouts"],
            "changes": item["changes"],
        }

    def menu_of(self, item):
        return str(self.properties(item).get("Menu", "/com/canonical/dbusmenu"))

    def do_menu(self, index=0):
        item = self.item(index)
        _revision, layout = self.call(
            item["owner"], self.menu_of(item), MENU, "GetLayout", 0, -1, dbus.Array([], signature="s")
        )
        return self.entry(layout)["children"]

    def entry(self, layout):
        number, properties, children = layout
        toggle = str(properties.get("toggle-type", ""))
        return {
            "id": int(number),
            "label": without_mnemonics(str(properties.get("label", ""))),
            "separator": str(properties.get("type", "standard")) == "separator",
            "enabled": bool(properties.get("enabled", True)),
            "visible": bool(properties.get("visible", True)),
            "toggle": toggle,
            "checked": toggle != "" and int(properties.get("toggle-state", 0)) == 1,
            "submenu": str(properties.get("children-display", "")) == "submenu",
            "children": [self.entry(child) for child in children],
        }

    def do_click(self, entry, index=0):
        item = self.item(index)
        now = dbus.UInt32(int(time.time()))
        nothing = dbus.String("", variant_level=1)
        try:
            self.call(item["owner"], self.menu_of(item), MENU, "Event", entry, "clicked", nothing, now)
        except dbus.exceptions.DBusException as error:
            # "Quit" ends the application before it can answer.
            if error.get_dbus_name() != "org.freedesktop.DBus.Error.NoReply":
                raise

    def do_activate(self, index=0):
        item = self.item(index)
        self.call(item["owner"], item["path"], ITEM, "Activate", 0, 0)

    # -- notifications ---------------------------------------------------------------------------------------

    def do_notifications(self):
        return self.notifications.seen

    def do_displayed(self):
        path = "/org/freedesktop/Notifications"
        return int(self.call(NOTIFICATIONS, path, PROPERTIES, "Get", DUNST, "displayedLength"))

    def do_press(self, position=0):
        if self.do_displayed() <= position:
            raise LookupError("no notification is displayed")
        path = "/org/freedesktop/Notifications"
        self.call(NOTIFICATIONS, path, DUNST, "NotificationAction", dbus.UInt32(position))

    def do_press_button(self):
        """Presses a button: dunst lets its menu program choose among the buttons of all shown notifications."""
        self.call(NOTIFICATIONS, "/org/freedesktop/Notifications", DUNST, "ContextMenuCall")

    def do_close_all(self):
        self.call(NOTIFICATIONS, "/org/freedesktop/Notifications", DUNST, "NotificationCloseAll")

    # -- keyring ---------------------------------------------------------------------------------------------

    def collections(self):
        found = self.call(
            SECRETS,
            "/org/freedesktop/secrets",
            PROPERTIES,
            "Get",
            "org.freedesktop.Secret.Service",
            "Collections",
        )
        return [path for path in found if not path.endswith("/session")]

    def do_lock(self):
        paths = dbus.Array(self.collections(), signature="o")
        done, _prompt = self.call(
            SECRETS, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "Lock", paths
        )
        return plain(done)

    def do_unlock(self, password):
        """Unlocks with the password, in place of a person at the keyring's own prompt."""
        service, path = "org.freedesktop.Secret.Service", "/org/freedesktop/secrets"
        _output, session = self.call(SECRETS, path, service, "OpenSession", "plain", dbus.String("", variant_level=1))
        secret = dbus.Struct(
            (session, dbus.ByteArray(b""), dbus.ByteArray(password.encode()), "text/plain"), signature="oayays"
        )
        for collection in self.collections():
            self.call(SECRETS, path, KEYRING_INTERNALS, "UnlockWithMasterPassword", collection, secret)

    def do_locked(self):
        return [
            bool(self.call(SECRETS, path, PROPERTIES, "Get", "org.freedesktop.Secret.Collection", "Locked"))
            for path in self.collections()
        ]


def main():
    DBusGMainLoop(set_as_default=True)
    loop = GLib.MainLoop()
    agent = Agent(loop)
    descriptor = sys.stdin.fileno()
    GLib.io_add_watch(descriptor, GLib.IO_IN | GLib.IO_HUP, agent.on_input)
    print(json.dumps({"id": 0, "result": "ready"}), flush=True)
    loop.run()


main()
