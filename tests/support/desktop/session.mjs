import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodePng } from '../../../build/png.mjs';
import { until } from './processes.mjs';

/** @typedef {import('./agent.mjs').Agent} Agent */
/** @typedef {import('./display.mjs').VirtualDisplay} VirtualDisplay */
/** @typedef {import('./processes.mjs').Processes} Processes */

/**
 * @typedef {object} TrayItem
 * @property {string} id
 * @property {string} title
 * @property {string} status
 * @property {string} tooltip title and text, on lines of their own
 * @property {string} iconName empty where the application sends pixels
 * @property {{ width: number, height: number, sha1: string, argb: string }[]} pixmaps `sha1` tells one picture from
 *   another; `argb` is base64
 * @property {number} menuUpdates how often the application has announced a change of its menu
 * @property {number[]} layouts the numbers of the entries below which it has announced others; 0 is the menu itself
 * @property {number} changes how often it has announced a new icon, tooltip, title or status
 */

/**
 * @typedef {object} TrayAnswer
 * @property {string} service the name that was asked: that of the connection, or the one that the item registered
 * @property {string} interface
 * @property {string[] | null} properties null where there was no answer, or not yet
 * @property {string | null} error the bus's name of it
 */

/**
 * @typedef {object} MenuEntry
 * @property {number} id
 * @property {string} label without the marks of access keys
 * @property {boolean} separator
 * @property {boolean} enabled
 * @property {boolean} visible
 * @property {string} toggle `checkmark`, `radio` or empty
 * @property {boolean} checked
 * @property {boolean} submenu
 * @property {MenuEntry[]} children
 */

/**
 * @typedef {object} ShownNotification
 * @property {number} id
 * @property {string} app
 * @property {string} icon
 * @property {string} summary
 * @property {string} body
 * @property {string[]} actions
 * @property {number} urgency
 * @property {number} replaces the number of the one whose place it took; 0 = none
 * @property {[number, number] | null} picture width and height of the one that was sent with it
 * @property {boolean} open not closed yet
 * @property {string[]} pressed actions that were pressed
 * @property {number} at milliseconds since the epoch
 */

/** Time that an entry of the tray's menu gets to appear, in ms. */
const MENU_MS = 20_000;
/** Not empty, so that the keyring really encrypts its file. */
const KEYRING_PASSWORD = 'desktop';

/** A session that `startDesktop` started: reads its state and acts in it. */
export class Desktop {
  /**
   * @param {{ root: string, env: Record<string, string>, processes: Processes, display: VirtualDisplay, agent: Agent }} parts
   */
  constructor({ root, env, processes, display, agent }) {
    /** Folder of all files of this session. */
    this.root = root;
    /** Environment of the session's own programs, which keep their files through all tests. */
    this.ownEnv = env;
    /** Folder of the files of one test, including the application's home. */
    this.folder = root;
    /** Complete environment for programs that a test starts in this session. */
    this.env = env;
    this.processes = processes;
    this.display = display;
    this.agent = agent;
    /** @type {import('node:child_process').ChildProcess | null} */
    this.keyring = null;
    /** @type {import('node:child_process').ChildProcess | null} */
    this.daemon = null;
  }

  /** @returns {Promise<TrayItem[]>} in order of registration */
  async trayItems() {
    return /** @type {TrayItem[]} */ (await this.agent.ask('items'));
  }

  /**
   * Waits for the (first) tray icon.
   *
   * @param {number} [timeoutMs]
   * @returns {Promise<TrayItem>}
   */
  async waitForTray(timeoutMs = 15_000) {
    await until(async () => (await this.trayItems()).length > 0, { what: 'a tray icon', timeoutMs });
    return this.firstItem();
  }

  /**
   * Answers of the first tray item when it was new, by each way in which hosts ask.
   *
   * @returns {Promise<TrayAnswer[]>}
   */
  async trayAnswers() {
    return /** @type {TrayAnswer[]} */ (await this.agent.ask('answers'));
  }

  /** Starts a host for tray icons in a session that began without one. */
  async startTrayHost() {
    await this.agent.ask('start_host');
  }

  /**
   * Reads the tray menu as a host would draw it.
   *
   * @returns {Promise<MenuEntry[]>}
   */
  async trayMenu() {
    return /** @type {MenuEntry[]} */ (await this.agent.ask('menu'));
  }

  /**
   * Presses an entry of the tray's menu once the menu has the entry: the menu follows the servers after a moment, and
   * may be replaced between its read and the press. Each label must match the start of exactly one entry's label at its
   * level, without leading symbols: `['Survival', 'Stop']` for the entry "● Survival — running".
   *
   * @param {readonly string[]} path
   */
  async clickMenu(path) {
    for (const deadline = Date.now() + MENU_MS; ; await sleep(100)) {
      try {
        return await this.pressMenuEntry(entryAt(await this.trayMenu(), path));
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /**
   * Presses an entry of a menu that was read earlier, as a host does while its menu is open.
   *
   * @param {MenuEntry} entry
   */
  async pressMenuEntry(entry) {
    if (!entry.enabled) throw new Error(`the menu entry "${entry.label}" is disabled`);
    await this.agent.ask('click', { entry: entry.id });
  }

  /** Clicks the icon. */
  async activateTray() {
    await this.agent.ask('activate');
  }

  /** @returns {Promise<string>} */
  async tooltip() {
    return (await this.firstItem()).tooltip;
  }

  /** @returns {Promise<number>} how often the application announced a menu change */
  async menuUpdates() {
    return (await this.firstItem()).menuUpdates;
  }

  /**
   * Number of change signals of the first tray icon. Does not query the application.
   *
   * @returns {Promise<number>}
   */
  async trayNews() {
    return /** @type {number} */ (await this.agent.ask('news'));
  }

  /**
   * Saves the largest picture of the tray icon.
   *
   * @param {string} file a PNG
   */
  async saveTrayIcon(file) {
    const [largest] = (await this.firstItem()).pixmaps.toSorted((a, b) => b.width - a.width);
    if (!largest) throw new Error('the tray icon has no picture');
    const argb = Buffer.from(largest.argb, 'base64');
    const rgba = Buffer.alloc(argb.length);
    for (let at = 0; at < argb.length; at += 4) {
      rgba.writeUInt32BE(((argb.readUInt32BE(at) << 8) | (argb[at] ?? 0)) >>> 0, at);
    }
    writeFileSync(file, encodePng(largest.width, largest.height, rgba));
  }

  /** @returns {Promise<ShownNotification[]>} all since the start of the session, oldest first */
  async notifications() {
    return /** @type {ShownNotification[]} */ (await this.agent.ask('notifications'));
  }

  /** @returns {Promise<number>} notifications that are on the screen now */
  async displayedNotifications() {
    return /** @type {number} */ (await this.agent.ask('displayed'));
  }

  /**
   * Presses a notification that is on the screen.
   *
   * @param {number} [position] 0 = the topmost
   */
  async pressNotification(position = 0) {
    const isShown = async () => (await this.displayedNotifications()) > position;
    await until(isShown, { what: 'a notification on the screen' });
    await this.agent.ask('press', { position });
  }

  /**
   * Presses a button of a notification that is on the screen.
   *
   * @param {string} label must belong to one button only
   */
  async pressNotificationButton(label) {
    const isShown = async () =>
      (await this.displayedNotifications()) > 0 &&
      (await this.notifications()).some(({ open, actions }) => open && actions.includes(label));
    await until(isShown, { what: `a notification with "${label}"` });
    writeFileSync(join(this.root, 'button'), label);
    await this.agent.ask('press_button');
  }

  /** Starts or restarts the notification daemon. */
  async startDaemon() {
    this.daemon = this.processes.start('dunst', ['-config', join(this.root, 'dunstrc')], {
      env: this.ownEnv,
    });
    await until(() => this.hasDaemon(), { what: 'the start of the notification daemon' });
  }

  /** Ends the notification daemon. */
  async stopDaemon() {
    if (this.daemon) await this.processes.end(this.daemon);
    this.daemon = null;
    await until(async () => !(await this.hasDaemon()), { what: 'the end of the notification daemon' });
  }

  /** Freezes the notification daemon: the process stays and answers no call. */
  freezeDaemon() {
    this.daemon?.kill('SIGSTOP');
  }

  thawDaemon() {
    this.daemon?.kill('SIGCONT');
  }

  async hasDaemon() {
    return /** @type {boolean} */ (await this.agent.ask('owned', { name: 'org.freedesktop.Notifications' }));
  }

  async closeNotifications() {
    await this.agent.ask('close_all');
  }

  /**
   * Reads a secret as any program of this session could.
   *
   * @param {string} service
   * @param {string} account
   * @returns {Promise<string | null>}
   */
  async lookupSecret(service, account) {
    const { code, output } = await this.run('secret-tool', [
      'lookup',
      'service',
      service,
      'account',
      account,
    ]);
    return code === 0 && output !== '' ? output : null;
  }

  /** Whether a Secret Service is on the bus. */
  async hasKeyring() {
    return /** @type {boolean} */ (await this.agent.ask('owned', { name: 'org.freedesktop.secrets' }));
  }

  async lockKeyring() {
    await this.agent.ask('lock');
  }

  /** @returns {Promise<boolean>} whether any collection is locked */
  async keyringIsLocked() {
    return /** @type {boolean[]} */ (await this.agent.ask('locked')).some(Boolean);
  }

  async unlockKeyring() {
    await this.agent.ask('unlock', { password: KEYRING_PASSWORD });
  }

  /** Ends the Secret Service. */
  async stopKeyring() {
    if (this.keyring) await this.processes.end(this.keyring);
    this.keyring = null;
    await until(async () => !(await this.hasKeyring()), { what: 'the end of the keyring' });
  }

  /** Freezes the keyring: the process stays and answers no call. */
  freezeKeyring() {
    this.keyring?.kill('SIGSTOP');
  }

  thawKeyring() {
    this.keyring?.kill('SIGCONT');
  }

  /** Starts the accessibility bus and announces a screen reader to programs. */
  async startAccessibility() {
    this.processes.start(
      '/usr/libexec/at-spi-bus-launcher',
      ['--launch-immediately', '--a11y=1', '--screen-reader=1'],
      { env: this.env },
    );
    await until(() => /** @type {Promise<boolean>} */ (this.agent.ask('owned', { name: 'org.a11y.Bus' })), {
      what: 'the start of the accessibility bus',
    });
  }

  /** Starts or restarts the keyring, unlocked and with the stored secrets. */
  async startKeyring() {
    this.keyring = this.processes.start(
      'gnome-keyring-daemon',
      ['--foreground', '--unlock', '--components=secrets'],
      { env: this.ownEnv },
    );
    this.keyring.stdin?.end(KEYRING_PASSWORD);
    await until(() => this.hasKeyring(), { what: 'the start of the keyring' });
  }

  /**
   * Saves a screenshot of the whole screen.
   *
   * @param {string} file a PNG
   */
  screenshot(file) {
    this.display.screenshot(file);
  }

  /**
   * Runs a program of this session until it exits.
   *
   * @param {string} command
   * @param {readonly string[]} args
   * @param {string} [input]
   * @returns {Promise<{ code: number | null, output: string }>}
   */
  run(command, args, input = '') {
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, { env: this.env, stdio: ['pipe', 'pipe', 'ignore'] });
      let output = '';
      child.stdout.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, output }));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }

  /** Ends all programs of this session and deletes its folder. */
  async stop() {
    await this.processes.endAll();
    // A process of the ended application may still write for a moment, so the removal retries.
    await rm(this.root, { recursive: true, force: true, maxRetries: 20 });
  }

  async firstItem() {
    const [item] = await this.trayItems();
    if (!item) throw new Error('there is no tray icon');
    return item;
  }
}

/**
 * @param {MenuEntry[]} menu
 * @param {readonly string[]} path
 * @returns {MenuEntry} throws if the menu does not have it
 */
function entryAt(menu, path) {
  let level = menu;
  /** @type {MenuEntry | undefined} */
  let entry;
  for (const label of path) {
    entry = onlyEntry(level, label);
    level = entry.children;
  }
  if (!entry) throw new Error('a path in the menu needs at least one label');
  return entry;
}

/**
 * @param {MenuEntry[]} level
 * @param {string} label
 */
function onlyEntry(level, label) {
  const visible = level.filter((entry) => entry.visible && !entry.separator);
  const words = (/** @type {MenuEntry} */ entry) => entry.label.replace(/^[^\p{L}\p{N}]+/u, '');
  const exact = visible.filter((entry) => entry.label === label || words(entry) === label);
  const starting = visible.filter((entry) => entry.label.startsWith(label) || words(entry).startsWith(label));
  const found = exact.length > 0 ? exact : starting;
  const [entry] = found;
  if (!entry || found.length > 1) {
    const labels = level.map((other) => (other.separator ? '---' : `"${other.label}"`)).join(', ');
    throw new Error(`${found.length} menu entries are called "${label}"; there are ${labels || 'none'}`);
  }
  return entry;
}
