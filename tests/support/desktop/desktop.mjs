/*
 * Complete desktop session for machines without one: screen, session bus, unlocked keyring, notification daemon and a
 * host for tray icons. All are real programs in folders of their own, so the person's own session and files stay
 * untouched. Linux only; `npm run setup` installs the programs.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Agent } from './agent.mjs';
import { VirtualDisplay } from './display.mjs';
import { homeFolders } from './home-folders.mjs';
import { firstLine, Processes } from './processes.mjs';
import { Desktop } from './session.mjs';

export { Desktop };
/** @typedef {import('./session.mjs').TrayItem} TrayItem */
/** @typedef {import('./session.mjs').MenuEntry} MenuEntry */
/** @typedef {import('./session.mjs').ShownNotification} ShownNotification */

/** Debian's own Python; python3-dbus is installed for this interpreter. */
const PYTHON = '/usr/bin/python3';
const here = dirname(fileURLToPath(import.meta.url));

/**
 * Configuration of the session bus. Without service folders nothing starts on demand, so a stopped keyring stays
 * stopped. The folder is closed to other users; a guest gets in only where the socket is shared.
 *
 * @param {string} folder
 */
const busConfiguration = (
  folder,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=${folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    <allow user="*"/>
  </policy>
</busconfig>
`;

/**
 * Configuration of dunst. Notifications stay until they are pressed or closed. The menu program presses the button
 * whose label is in the file `button` beside it.
 *
 * @param {string} menu
 */
const dunstConfiguration = (menu) => `[global]
  idle_threshold = 0
  history_length = 100
  markup = full
  dmenu = ${menu}
  mouse_left_click = do_action, close_current
[urgency_low]
  timeout = 0
[urgency_normal]
  timeout = 0
[urgency_critical]
  timeout = 0
`;

/**
 * Starts a session. `tray: false` omits the host of tray icons, as on GNOME without the extension. `keyring: false`
 * omits the keyring, as on a server. `guest` is a user id without an account on this computer that may use the bus
 * (root only).
 *
 * @param {{ tray?: boolean, keyring?: boolean, guest?: string }} [options]
 * @returns {Promise<Desktop>}
 */
export async function startDesktop({ tray = true, keyring = true, guest } = {}) {
  const processes = new Processes();
  const folder = mkdtempSync(join(tmpdir(), 'perch-desktop-'));
  try {
    const home = homeFolders(folder);
    const display = await VirtualDisplay.start(processes, folder);
    const env = { ...outsideOfAnySession(), ...home, DISPLAY: display.name };
    const [busProgram = '', ...busWords] = [
      ...(guest === undefined ? [] : knowing(guest, folder)),
      ...['dbus-daemon', '--config-file', busFile(folder), '--nofork', '--print-address=1'],
    ];
    const bus = processes.start(busProgram, busWords, { env });
    const address = await firstLine(bus.stdout, 'dbus-daemon');
    // A machine without a desktop usually has no system bus; nothing answers at this address.
    Object.assign(env, { DBUS_SESSION_BUS_ADDRESS: address, DBUS_SYSTEM_BUS_ADDRESS: address });
    const agent = new Agent(
      processes.start(PYTHON, [join(here, 'agent.py'), ...(tray ? [] : ['--no-tray'])], {
        env,
        stderr: 'inherit',
      }),
    );
    await agent.ready;
    const desktop = new Desktop({ root: folder, env, processes, display, agent });
    writeDunstFiles(folder);
    await Promise.all([desktop.startDaemon(), ...(keyring ? [desktop.startKeyring()] : [])]);
    return desktop;
  } catch (error) {
    await processes.endAll();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** @returns {Record<string, string>} */
function outsideOfAnySession() {
  const session = /^(WAYLAND_|XDG_|DBUS_|GNOME_|DESKTOP_|SESSION_|XAUTHORITY$|DISPLAY$)/;
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !session.test(name),
  );
  return {
    .../** @type {Record<string, string>} */ (Object.fromEntries(kept)),
    XDG_SESSION_TYPE: 'x11',
    // GTK would wait for an accessibility bus otherwise.
    NO_AT_BRIDGE: '1',
  };
}

/**
 * Command prefix that starts a program in a system with one more user. The bus refuses users without a name.
 *
 * @param {string} guest
 * @param {string} folder
 */
function knowing(guest, folder) {
  const file = join(folder, 'passwd');
  writeFileSync(file, `${readFileSync('/etc/passwd', 'utf8')}guest:x:${guest}:${guest}::/:/bin/false\n`);
  const script = 'mount --bind "$0" /etc/passwd && exec "$@"';
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, file];
}

/** @param {string} folder */
function busFile(folder) {
  const file = join(folder, 'bus.conf');
  writeFileSync(file, busConfiguration(folder));
  return file;
}

/** @param {string} folder */
function writeDunstFiles(folder) {
  const [file, menu] = [join(folder, 'dunstrc'), join(folder, 'dunst-menu')];
  writeFileSync(menu, `#!/bin/sh\nexec grep -F -m1 -- "#$(cat "${join(folder, 'button')}")"\n`, {
    mode: 0o755,
  });
  writeFileSync(file, dunstConfiguration(menu));
}
