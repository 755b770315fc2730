/*
 * Allow lists of imports. Everything else fails the lint (build/lint/). docs/import-rules.md shows the same lists for
 * people; change both together.
 */

import { pageModules } from './page-import-rules.mjs';
import { toolModules } from './tool-import-rules.mjs';

/**
 * @typedef {object} Module
 * @property {readonly string[] | '*'} modules names of modules, or single files of a module
 * @property {readonly string[]} [types] modules or files whose types may be imported; they are not bundled
 * @property {readonly string[] | '*'} [node] built-in modules of Node, without `node:`
 * @property {readonly string[]} [packages]
 * @property {readonly Capability[] | '*'} [globals] globals that the module may use instead of ports
 * @property {true} [loads] it imports paths that are known only at run time, which a list can't check
 */

/** @typedef {keyof typeof import('./capabilities.mjs').capabilities} Capability */

/** Imports for every module of main. Clock and log themselves belong to the two entry files only. */
const floor = ['messages', 'bridge', 'bridge/schema', 'main/base'];
const ofClient = ['child_process', 'fs', 'fs/promises', 'net', 'stream', 'tty', 'util', 'worker_threads'];
const panelDoor = 'main/panel/api.ts';
const partsOfFleet = ['main/fleet', 'main/fleet/console', 'main/fleet/plan', 'main/fleet/process'];

/**
 * Rules by module. A module is a folder with its contents, or a file; the longest matching name wins. Each may import
 * itself.
 *
 * @type {Readonly<Record<string, Module>>}
 */
export const modules = {
  messages: { modules: ['messages/compiled'] },
  'messages/compiled': { modules: [], packages: ['@messageformat/runtime'] },
  // Windows bundle `bridge` as well. `bridge` may import schemas only as types, because zod is large.
  bridge: { modules: ['messages'], types: ['bridge/schema'] },
  'bridge/schema': { modules: ['messages', 'bridge'], packages: ['zod'] },
  preload: {
    modules: ['bridge/channels.ts'],
    types: ['bridge/schema/contract.ts', 'bridge/schema/wire.ts'],
    packages: ['electron'],
  },

  'main/base': { modules: ['messages', 'bridge', 'bridge/schema'] },
  'main/base/clock.ts': { modules: ['main/base'], node: ['os'], globals: ['clock'] },
  'main/base/log.ts': { modules: ['main/base'], node: ['path'], packages: ['electron-log'] },
  'main/disk': {
    modules: floor,
    node: ['crypto', 'fs/promises', 'path'],
    packages: ['keytar', 'write-file-atomic', 'zod'],
  },
  'main/bus': {
    modules: floor,
    node: ['events', 'net'],
    packages: ['d-bus-message-protocol', 'd-bus-type-system'],
  },
  'main/keyring': { modules: [...floor, 'main/bus'], node: ['crypto'], packages: ['zod'] },
  'main/net': {
    modules: floor,
    node: ['crypto', 'dns/promises', 'events', 'http', 'https', 'net', 'stream', 'tls'],
    packages: ['undici', 'ws'],
    globals: ['clock'],
  },
  'main/panel': { modules: floor, packages: ['zod'] },
  'main/wings': { modules: [...floor, panelDoor], packages: ['jose', 'zod'] },
  // The fleet's store and feeds; `fleet.ts` may import the modules below.
  'main/fleet': { modules: [...floor, panelDoor] },
  'main/fleet/plan': { modules: floor },
  'main/fleet/process': { modules: floor },
  'main/fleet/usage': { modules: [...floor, 'main/fleet'] },
  'main/fleet/console': { modules: [...floor, 'main/fleet', 'main/wings/cut-text.ts'] },
  'main/fleet/server': {
    modules: [...floor, panelDoor, 'main/wings/api.ts', 'main/wings/failures.ts', ...partsOfFleet],
    node: ['util'],
  },
  'main/fleet/account': {
    modules: [...floor, panelDoor, ...partsOfFleet, 'main/fleet/server'],
  },
  'main/fleet/fleet.ts': {
    modules: [
      ...floor,
      panelDoor,
      'main/fleet',
      'main/fleet/account',
      'main/fleet/console',
      'main/fleet/process',
      'main/fleet/server',
    ],
  },
  'main/events': { modules: [...floor, 'main/fleet', 'main/fleet/process'] },
  'main/alerts': { modules: [...floor, 'main/events'] },
  'main/history': { modules: floor, node: ['fs/promises'], packages: ['classic-level', 'zod'] },
  'main/backup': {
    modules: [...floor, 'main/disk/stored-settings.ts', 'main/panel/url.ts'],
    packages: ['zod'],
  },
  'main/doctor': {
    modules: [
      ...floor,
      'main/fleet',
      'main/fleet/server/unknown-server.ts',
      'main/bus/ask-bus.ts',
      'main/bus/host-names.ts',
    ],
    types: ['main/bus/session-bus.ts'],
  },
  'main/actions': {
    modules: [
      ...floor,
      panelDoor,
      'main/panel/calls.ts',
      'main/panel/failures.ts',
      'main/panel/url.ts',
      'main/fleet',
    ],
  },
  'main/ipc': { modules: floor, packages: ['zod'] },
  'main/update': {
    modules: [...floor, 'main/net/proxies.ts'],
    node: ['crypto', 'fs/promises', 'path'],
    packages: ['electron', 'electron-updater', 'zod'],
  },
  'main/remote': {
    modules: [...floor, 'main/fleet', 'main/fleet/console', 'main/actions'],
    node: ['fs/promises', 'net', 'os', 'path', 'util'],
  },
  cli: {
    modules: ['messages', 'bridge', 'bridge/schema'],
    node: ofClient,
    packages: ['@modelcontextprotocol/sdk', 'commander', 'zod'],
    globals: ['clock', 'process'],
  },
  'main/command-line.ts': {
    modules: ['cli/thread.ts', 'main/base/app-image.ts'],
    node: ['path', 'worker_threads'],
  },
  'main/shell': {
    modules: [
      ...floor,
      'main/bus',
      'main/disk/memory.ts',
      'main/disk/settings.ts',
      'main/fleet',
      'main/actions',
      'main/ipc',
      ...['autostart', 'files', 'life', 'links', 'notifications'].map((drawer) => `main/shell/${drawer}`),
      ...['shortcut', 'start', 'system', 'tray', 'windows'].map((drawer) => `main/shell/${drawer}`),
      'main/shell/files/file-viewer.ts',
    ],
    node: ['path'],
    packages: ['electron'],
    globals: ['process'],
  },
  'main/shell/system': { modules: floor, packages: ['electron'] },
  // Loaded by `main/index.ts` before the tray icon, so only a small part of base.
  'main/shell/system/spare-heap.ts': { modules: floor, node: ['v8', 'vm'] },
  'main/shell/start': {
    modules: [...floor, 'main/disk/memory.ts', 'main/shell/system', 'main/shell/start/folder-rights.ts'],
    node: ['fs/promises', 'path'],
    packages: ['electron'],
    globals: ['process'],
  },
  'main/shell/life': {
    modules: [...floor, 'main/shell/system'],
    packages: ['electron'],
    globals: ['process'],
  },
  'main/shell/pages': {
    modules: ['bridge', 'main/ipc/trust.ts'],
    node: ['fs/promises', 'path'],
    packages: ['electron'],
  },
  'main/shell/files': {
    modules: [...floor, 'main/shell/system'],
    node: ['fs/promises', 'path'],
    packages: ['electron', 'write-file-atomic'],
  },
  'main/shell/notifications': {
    modules: [...floor, 'main/bus', 'main/shell/system'],
    types: ['main/alerts/alert.ts'],
    node: ['path'],
    packages: ['electron'],
  },
  'main/shell/autostart': {
    modules: [...floor, 'main/bus', 'main/disk/memory.ts'],
    node: ['fs/promises', 'path'],
    packages: ['electron', 'write-file-atomic'],
    globals: ['process'],
  },
  'main/shell/links': {
    modules: [...floor, 'main/disk/settings.ts', 'main/fleet'],
    node: ['util'],
    packages: ['electron'],
  },
  'main/shell/shortcut': { modules: floor, node: ['util'] },
  'main/shell/windows': {
    modules: [
      ...floor,
      'main/disk/memory.ts',
      'main/fleet',
      'main/actions',
      'main/ipc',
      'main/shell/pages',
      'main/shell/start',
      'main/shell/system',
    ],
    node: ['path', 'util'],
    packages: ['electron'],
  },
  'main/shell/tray': {
    modules: [
      ...floor,
      'main/bus',
      'main/disk/memory.ts',
      'main/disk/settings.ts',
      'main/fleet',
      'main/actions',
      'main/shell/notifications',
      'main/shell/system',
    ],
    node: ['path', 'util'],
    packages: ['electron'],
    globals: ['process'],
  },
  'main/shell/pages/dev-pages.ts': {
    modules: [...floor, 'main/ipc/trust.ts', 'main/shell/pages/scheme.ts'],
    globals: ['network'],
  },
  'main/shell/pages/serve-pages.ts': {
    modules: [
      'bridge',
      'main/shell/pages/dev-pages.ts',
      'main/shell/pages/scheme.ts',
      'main/shell/pages/security.ts',
    ],
    node: ['path'],
    packages: ['electron'],
  },
  // Runs synchronously at the very start, before other modules are loaded, so both files import almost nothing.
  'main/shell/start/data-folder.ts': {
    modules: ['main/base/app-image.ts', 'main/shell/start/folder-rights.ts'],
    node: ['fs', 'path'],
  },
  'main/shell/start/folder-rights.ts': { modules: [], node: ['fs', 'path'] },
  'main/shell/files/file-viewer.ts': { modules: floor, node: ['child_process'], packages: ['electron'] },
  'main/shell/demo': {
    modules: floor,
    node: ['child_process', 'fs', 'path', 'readline', 'stream'],
    packages: ['electron', 'zod'],
    globals: ['process'],
  },
  'main/modules.ts': {
    modules: [
      ...floor,
      'main/disk',
      'main/panel',
      'main/wings',
      'main/fleet',
      'main/fleet/fleet.ts',
      'main/fleet/console',
      'main/fleet/process',
      'main/fleet/usage',
      'main/events',
      'main/alerts',
      'main/history',
      'main/actions',
      'main/backup',
    ],
    node: ['crypto', 'path'],
  },
  'main/app.ts': {
    modules: [
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
      'main/modules.ts',
      ...['life', 'start', 'system', 'tray', 'windows'].map((drawer) => `main/shell/${drawer}`),
      'main/shell/system/spare-heap.ts',
    ],
    types: ['main/bus/session-bus.ts', 'main/shell/tray/first-icon.ts'],
    node: ['crypto', 'path'],
    packages: ['electron'],
    globals: ['process'],
  },
  'main/perch.ts': {
    modules: [
      ...floor,
      'main/base/clock.ts',
      'main/disk',
      'main/keyring',
      'main/net',
      'main/shell/system/proxy.ts',
      'main/shell/start/no-data-folder.ts',
      'main/shell/tray',
      'main/app.ts',
    ],
    types: ['main/shell/start/launch-request.ts'],
    packages: ['electron'],
    globals: ['process', 'random'],
  },
  // Loads large modules before `main/perch.ts` without using them.
  'main/preload-chunks.ts': {
    modules: ['messages', 'bridge', 'bridge/schema', 'main/base/log.ts', 'main/net', 'main/fleet/fleet.ts'],
    globals: ['clock'],
  },
  'main/index.ts': {
    modules: [
      'main/base/clock.ts',
      'main/bus/session-bus.ts',
      'main/perch.ts',
      'main/preload-chunks.ts',
      'main/command-line.ts',
      'main/shell/start/launch-request.ts',
      'main/shell/start/data-folder.ts',
      'main/shell/start/file-mask.ts',
      'main/shell/windows/first-window.ts',
      'main/shell/start/folder-rights.ts',
      'main/shell/start/refused-flags.ts',
      'main/shell/pages/scheme.ts',
      'main/shell/pages/serve-pages.ts',
      'main/shell/start/short-start.ts',
      'main/shell/system/spare-heap.ts',
      'main/shell/tray/first-icon.ts',
    ],
    types: ['main/app.ts'],
    node: ['path'],
    packages: ['electron'],
    globals: ['clock', 'process'],
  },

  ...pageModules,

  // A program of its own with real processes, files and websockets; it shares nothing with main.
  sandbox: {
    modules: ['sandbox/data', 'sandbox/panel', 'sandbox/parent-port.ts', 'sandbox/store.ts', 'sandbox/wings'],
    node: ['net', 'os', 'path', 'util'],
    packages: ['zod'],
    globals: '*',
  },
  'sandbox/parent-port.ts': { modules: [], globals: ['process'] },
  'sandbox/store.ts': { modules: ['sandbox/data'], node: ['fs', 'path'], packages: ['level'], globals: '*' },
  'sandbox/data': {
    modules: ['sandbox/games', 'sandbox/wings/api.ts'],
    node: ['crypto'],
    globals: ['clock', 'random'],
  },
  'sandbox/games': {
    modules: ['sandbox/parent-port.ts'],
    node: ['fs', 'path', 'stream'],
    globals: ['clock', 'random', 'process', 'console'],
  },
  'sandbox/panel': {
    modules: ['sandbox/data', 'sandbox/store.ts', 'sandbox/wings/api.ts', 'sandbox/wings/limits.ts'],
    node: ['crypto', 'net', 'timers/promises'],
    packages: ['fastify', 'zod'],
    globals: ['clock', 'random', 'network'],
  },
  'sandbox/wings': {
    modules: ['sandbox/games', 'sandbox/parent-port.ts'],
    node: '*',
    packages: ['jose', 'pidusage', 'ws', 'zod'],
    globals: '*',
  },

  ...toolModules,
};

export { specs } from './tool-import-rules.mjs';
