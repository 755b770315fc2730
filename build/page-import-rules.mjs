/* Allow lists for the modules of the windows. */

const pageFloor = ['messages', 'bridge', 'renderer/api.ts'];
/** Types only: zod would be a third of a window's script. */
const schemas = ['bridge/schema'];
/** A window has no ports: it uses the time of the page. */
const page = /** @type {const} */ (['clock']);

/** @type {Readonly<Record<string, import('./import-rules.mjs').Module>>} */
export const pageModules = {
  renderer: {
    modules: [...pageFloor, 'renderer/state', 'renderer/views', 'renderer/style'],
    types: schemas,
    packages: ['svelte'],
  },
  'renderer/style': { modules: [] },
  'renderer/api.ts': { modules: ['messages', 'bridge'], types: schemas },
  'renderer/ui': {
    modules: ['messages', 'bridge'],
    types: schemas,
    packages: ['@lucide/svelte', 'bits-ui', 'svelte'],
    globals: page,
  },
  'renderer/search': {
    modules: ['messages', 'bridge', 'renderer/ui'],
    types: schemas,
    packages: ['@leeoniya/ufuzzy'],
  },
  'renderer/state': {
    modules: [...pageFloor, 'renderer/search'],
    types: schemas,
    packages: ['svelte'],
    globals: page,
  },
  'renderer/parts': {
    modules: ['messages', 'bridge', 'renderer/state', 'renderer/ui'],
    types: schemas,
    packages: ['svelte'],
    globals: page,
  },
  'renderer/console': {
    modules: [...pageFloor, 'renderer/state', 'renderer/ui', 'renderer/parts'],
    types: schemas,
    packages: ['svelte', '@xterm/xterm', '@xterm/addon-fit', '@xterm/addon-web-links'],
    globals: ['clock', 'random'],
  },
  'renderer/views': {
    modules: [
      'messages',
      'bridge',
      'renderer/search',
      'renderer/state',
      'renderer/ui',
      'renderer/parts',
      'renderer/console',
      'renderer/views/server/charts/chart-plot.ts',
    ],
    types: schemas,
    packages: ['svelte'],
    globals: ['clock', 'random'],
  },
  'renderer/views/server/charts/chart-plot.ts': {
    modules: [
      'renderer/ui',
      'renderer/views/server/charts/chart-scale.ts',
      'renderer/views/server/charts/event-groups.ts',
      'renderer/views/server/charts/usage-series.ts',
    ],
    packages: ['uplot'],
  },
};
