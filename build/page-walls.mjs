/* The same lists for the rooms of the windows. */

const pageFloor = ['words', 'bridge', 'renderer/api.ts'];
/** A window has no ports: its time is the page's. */
const page = /** @type {const} */ (['clock']);

/** @type {Readonly<Record<string, import('./walls.mjs').Room>>} */
export const pageRooms = {
  renderer: {
    rooms: [...pageFloor, 'renderer/state', 'renderer/views', 'renderer/style'],
    packages: ['svelte'],
  },
  'renderer/style': { rooms: [] },
  'renderer/api.ts': { rooms: ['words', 'bridge'] },
  'renderer/ui': {
    rooms: ['words', 'bridge'],
    packages: ['@lucide/svelte', 'bits-ui', 'svelte'],
    globals: page,
  },
  'renderer/search': { rooms: ['words', 'bridge', 'renderer/ui'], packages: ['@leeoniya/ufuzzy'] },
  'renderer/state': { rooms: [...pageFloor, 'renderer/search'], packages: ['svelte'], globals: page },
  'renderer/parts': {
    rooms: ['words', 'bridge', 'renderer/state', 'renderer/ui'],
    packages: ['svelte'],
    globals: page,
  },
  'renderer/console': {
    rooms: [...pageFloor, 'renderer/state', 'renderer/ui', 'renderer/parts'],
    packages: ['svelte', '@xterm/xterm', '@xterm/addon-fit', '@xterm/addon-web-links'],
    globals: ['clock', 'random'],
  },
  'renderer/views': {
    rooms: [
      'words',
      'bridge',
      'renderer/search',
      'renderer/state',
      'renderer/ui',
      'renderer/parts',
      'renderer/console',
      'renderer/views/server/charts/chart-plot.ts',
    ],
    packages: ['svelte'],
    globals: ['clock', 'random'],
  },
  'renderer/views/server/charts/chart-plot.ts': {
    rooms: [
      'renderer/ui',
      'renderer/views/server/charts/chart-scale.ts',
      'renderer/views/server/charts/event-groups.ts',
      'renderer/views/server/charts/usage-series.ts',
    ],
    packages: ['uplot'],
  },
};
