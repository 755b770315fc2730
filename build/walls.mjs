/*
 * Who may import whom: allow lists. What is not listed fails the lint (build/lint/). ARCHITECTURE.md, "Who may import
 * whom", says the same for people; change both together.
 */

import { pageRooms } from './page-walls.mjs';
import { toolRooms } from './tool-walls.mjs';

/**
 * @typedef {object} Room
 * @property {readonly string[] | '*'} rooms names of other rooms, or single files where a room shows no more than these
 * @property {readonly string[]} [types] the same, of which only types may be imported: nothing of it is bundled
 * @property {readonly string[] | '*'} [node] built-in modules of Node, without `node:`
 * @property {readonly string[]} [packages]
 * @property {readonly Capability[] | '*'} [globals] what a room with ports must not take from the air
 * @property {true} [loads] it imports what it learns while it runs, which no list can judge
 */

/** @typedef {keyof typeof import('./capabilities.mjs').capabilities} Capability */

/** What every room of main may import; clock and log themselves are for the two files on top alone. */
const floor = ['words', 'bridge', 'main/base'];
const ofClient = ['child_process', 'fs', 'fs/promises', 'net', 'stream', 'tty', 'util', 'worker_threads'];
const panelDoor = 'main/panel/api.ts';

/**
 * A room is a folder with what lies in it, or a file; the longest name that fits wins. Each may import itself.
 *
 * @type {Readonly<Record<string, Room>>}
 */
export const rooms = {
  words: { rooms: ['words/compiled'] },
  'words/compiled': { rooms: [], packages: ['@messageformat/runtime'] },
  bridge: { rooms: ['words'], packages: ['zod'] },
  preload: {
    rooms: ['bridge/channels.ts'],
    types: ['bridge/contract.ts', 'bridge/wire.ts'],
    packages: ['electron'],
  },

  'main/base': { rooms: ['words', 'bridge'] },
  'main/base/clock.ts': { rooms: ['main/base'], node: ['os'], globals: ['clock'] },
  'main/base/log.ts': { rooms: ['main/base'], node: ['path'], packages: ['electron-log'] },
  'main/disk': {
    rooms: floor,
    node: ['crypto', 'fs/promises', 'path'],
    packages: ['keytar', 'write-file-atomic', 'zod'],
  },
  'main/bus': {
    rooms: floor,
    node: ['events', 'net'],
    packages: ['d-bus-message-protocol', 'd-bus-type-system'],
  },
  'main/keyring': { rooms: [...floor, 'main/bus'], node: ['crypto'], packages: ['zod'] },
  'main/net': {
    rooms: floor,
    node: ['crypto', 'dns/promises', 'events', 'http', 'https', 'net', 'stream', 'tls'],
    packages: ['undici', 'ws'],
    globals: ['clock'],
  },
  'main/panel': { rooms: floor, packages: ['zod'] },
  'main/wings': { rooms: [...floor, panelDoor], packages: ['jose', 'zod'] },
  // The store and what the fleet shows of itself; `fleet.ts` is the roof over the rooms between.
  'main/fleet': { rooms: [...floor, panelDoor] },
  'main/fleet/plan': { rooms: floor },
  'main/fleet/usage': { rooms: [...floor, 'main/fleet'] },
  'main/fleet/console': { rooms: [...floor, 'main/fleet', 'main/wings/cut-text.ts'] },
  'main/fleet/server': {
    rooms: [
      ...floor,
      panelDoor,
      'main/wings/api.ts',
      'main/wings/failures.ts',
      'main/fleet',
      'main/fleet/console',
      'main/fleet/plan',
    ],
    node: ['util'],
  },
  'main/fleet/account': {
    rooms: [...floor, panelDoor, 'main/fleet', 'main/fleet/console', 'main/fleet/plan', 'main/fleet/server'],
  },
  'main/fleet/fleet.ts': {
    rooms: [
      ...floor,
      panelDoor,
      'main/fleet',
      'main/fleet/account',
      'main/fleet/console',
      'main/fleet/server',
    ],
  },
  'main/events': { rooms: [...floor, 'main/fleet'] },
  'main/alerts': { rooms: [...floor, 'main/events'] },
  'main/history': { rooms: floor, node: ['fs/promises'], packages: ['classic-level', 'zod'] },
  'main/backup': {
    rooms: [...floor, 'main/disk/stored-settings.ts', 'main/panel/url.ts'],
    packages: ['zod'],
  },
  'main/doctor': {
    rooms: [
      ...floor,
      'main/fleet',
      'main/fleet/server/unknown-server.ts',
      'main/bus/ask-bus.ts',
      'main/bus/host-names.ts',
    ],
    types: ['main/bus/session-bus.ts'],
  },
  'main/actions': {
    rooms: [
      ...floor,
      panelDoor,
      'main/panel/calls.ts',
      'main/panel/failures.ts',
      'main/panel/url.ts',
      'main/fleet',
    ],
  },
  'main/ipc': { rooms: [...floor, 'main/fleet', 'main/fleet/usage', 'main/actions'], packages: ['zod'] },
  'main/update': {
    rooms: [...floor, 'main/net/proxies.ts'],
    node: ['crypto', 'fs/promises', 'path'],
    packages: ['electron', 'electron-updater', 'zod'],
  },
  'main/remote': {
    rooms: [...floor, 'main/fleet', 'main/actions', 'main/ipc', 'main/shell/dialogs.ts'],
    node: ['fs/promises', 'net', 'os', 'path', 'util'],
  },
  cli: {
    rooms: ['words', 'bridge'],
    node: ofClient,
    packages: ['@modelcontextprotocol/sdk', 'commander', 'zod'],
    globals: ['clock', 'process'],
  },
  'main/command-line.ts': {
    rooms: ['cli/thread.ts', 'main/base/app-image.ts'],
    node: ['path', 'worker_threads'],
  },
  'main/shell': {
    rooms: [
      ...floor,
      'main/bus',
      'main/disk/settings.ts',
      'main/fleet',
      'main/actions',
      'main/ipc',
      'main/shell/tray',
      'main/shell/file-viewer.ts',
    ],
    types: ['main/alerts/alert.ts'],
    node: ['fs/promises', 'path', 'util'],
    packages: ['electron', 'write-file-atomic'],
    globals: ['process'],
  },
  'main/shell/tray': {
    rooms: [
      ...floor,
      'main/bus',
      'main/disk/settings.ts',
      'main/fleet',
      'main/actions',
      'main/shell/browser.ts',
      'main/shell/dialogs.ts',
      'main/shell/notifications.ts',
      'main/shell/plain-text.ts',
    ],
    node: ['path', 'util'],
    packages: ['electron'],
    globals: ['process'],
  },
  'main/shell/dev-pages.ts': {
    rooms: [...floor, 'main/ipc/trust.ts', 'main/shell/scheme.ts'],
    globals: ['network'],
  },
  'main/shell/serve-pages.ts': {
    rooms: ['bridge', 'main/shell/dev-pages.ts', 'main/shell/scheme.ts', 'main/shell/security.ts'],
    node: ['path'],
    packages: ['electron'],
  },
  // Asked before anything may wait.
  'main/shell/data-folder.ts': {
    rooms: ['main/base/app-image.ts', 'main/shell/folder-rights.ts'],
    node: ['fs', 'path'],
  },
  'main/shell/folder-rights.ts': { rooms: [], node: ['fs', 'path'] },
  'main/shell/file-viewer.ts': { rooms: floor, node: ['child_process'], packages: ['electron'] },
  'main/shell/demo': {
    rooms: floor,
    node: ['child_process', 'fs', 'path', 'readline', 'stream'],
    packages: ['electron', 'zod'],
    globals: ['process'],
  },
  'main/rooms.ts': {
    rooms: [
      ...floor,
      'main/disk',
      'main/panel',
      'main/wings',
      'main/fleet',
      'main/fleet/fleet.ts',
      'main/fleet/usage',
      'main/alerts',
      'main/history',
      'main/actions',
      'main/backup',
      'main/ipc',
    ],
    node: ['crypto', 'path'],
  },
  'main/app.ts': {
    rooms: [
      ...floor,
      'main/base/log.ts',
      'main/disk',
      'main/alerts',
      'main/actions',
      'main/doctor',
      'main/ipc',
      'main/remote',
      'main/update',
      'main/shell',
      'main/shell/demo',
      'main/rooms.ts',
    ],
    types: ['main/bus/session-bus.ts', 'main/shell/tray/first-icon.ts'],
    node: ['crypto', 'path'],
    packages: ['electron'],
    globals: ['process'],
  },
  'main/perch.ts': {
    rooms: [
      ...floor,
      'main/base/clock.ts',
      'main/disk',
      'main/keyring',
      'main/net',
      'main/shell/system-proxy.ts',
      'main/shell/no-data-folder.ts',
      'main/shell/tray',
      'main/app.ts',
    ],
    types: ['main/shell/asked.ts'],
    packages: ['electron'],
    globals: ['process', 'random'],
  },
  // Reads what is large in `main/perch.ts` before it, and knows nothing of it.
  'main/pieces.ts': {
    rooms: ['words', 'bridge', 'main/base/log.ts', 'main/net', 'main/fleet/fleet.ts'],
    globals: ['clock'],
  },
  'main/index.ts': {
    rooms: [
      'main/base/clock.ts',
      'main/bus/session-bus.ts',
      'main/perch.ts',
      'main/pieces.ts',
      'main/command-line.ts',
      'main/shell/asked.ts',
      'main/shell/data-folder.ts',
      'main/shell/file-mask.ts',
      'main/shell/first-window.ts',
      'main/shell/folder-rights.ts',
      'main/shell/refused-flags.ts',
      'main/shell/scheme.ts',
      'main/shell/serve-pages.ts',
      'main/shell/short-start.ts',
      'main/shell/tray/first-icon.ts',
    ],
    types: ['main/app.ts'],
    node: ['path'],
    packages: ['electron'],
    globals: ['clock', 'process'],
  },

  ...pageRooms,

  // Another program, with real processes, files and sockets: nothing of it is shared with main.
  sandbox: {
    rooms: ['sandbox/data', 'sandbox/panel', 'sandbox/parent-port.ts', 'sandbox/store.ts', 'sandbox/wings'],
    node: ['net', 'os', 'path', 'util'],
    packages: ['zod'],
    globals: '*',
  },
  'sandbox/parent-port.ts': { rooms: [], globals: ['process'] },
  'sandbox/store.ts': { rooms: ['sandbox/data'], node: ['fs', 'path'], packages: ['level'], globals: '*' },
  'sandbox/data': {
    rooms: ['sandbox/games', 'sandbox/wings/api.ts'],
    node: ['crypto'],
    globals: ['clock', 'random'],
  },
  'sandbox/games': {
    rooms: ['sandbox/parent-port.ts'],
    node: ['fs', 'path', 'stream'],
    globals: ['clock', 'random', 'process', 'console'],
  },
  'sandbox/panel': {
    rooms: ['sandbox/data', 'sandbox/store.ts', 'sandbox/wings/api.ts', 'sandbox/wings/limits.ts'],
    node: ['crypto', 'net', 'timers/promises'],
    packages: ['fastify', 'zod'],
    globals: ['clock', 'random', 'network'],
  },
  'sandbox/wings': {
    rooms: ['sandbox/games', 'sandbox/parent-port.ts'],
    node: '*',
    packages: ['jose', 'pidusage', 'ws', 'zod'],
    globals: '*',
  },

  ...toolRooms,
};

export { specs } from './tool-walls.mjs';
