import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { join } from 'node:path';
import { licensePlugin } from 'rolldown-license-plugin';
import { mergeConfig } from 'vite';
import { alignRowsTogether } from './align-rows.mjs';
import { unbundled } from './native-modules.mjs';
import { narrowScripts } from './narrow.mjs';
import { addLicences } from './notices/found.mjs';
import { root } from './setup/paths.mjs';
import { refuseWholeZod } from './whole-zod.mjs';

/** The oldest runtimes to support: Chromium and Node of Electron 33, and Node 20 for the sandbox. */
const chromium = 'chrome130';
const node = 'node20';

/** A module that only servers with forms need; `perch mcp` shows no forms. */
const formless = {
  find: /^\.\.\/validation\/ajv-provider\.js$/,
  replacement: join(root, 'cli/mcp/no-validator.ts'),
};

/** The compiled part of `ssh2`, which a computer with a compiler may have built; no bundle uses it. */
const compiledSsh = { find: /^.*\/sshcrypto\.node$/, replacement: 'sshcrypto' };

/** Optional packages that would make `ws` and `ssh2` a little faster. */
const optional = ['bufferutil', 'utf-8-validate', 'cpu-features', 'sshcrypto'];

/**
 * Settings of each bundle. `build.mjs` names the source folders.
 *
 * @typedef {object} Bundle
 * @property {string} name folder below out/
 * @property {import('vite').InlineConfig} config
 */

/** @type {Bundle[]} */
export const bundles = [
  {
    name: 'main',
    config: forNode({
      name: 'main',
      input: {
        index: 'main/index.ts',
        client: 'cli/client.ts',
        'write-thread': 'main/transfers/write-thread.ts',
      },
      format: 'cjs',
      external: ['electron'],
    }),
  },
  {
    name: 'preload',
    config: forNode({
      name: 'preload',
      input: { index: 'preload/index.ts' },
      format: 'cjs',
      external: ['electron'],
      isWhole: true,
    }),
  },
  {
    name: 'sandbox',
    config: forNode({
      name: 'sandbox',
      input: { index: 'sandbox/index.ts', game: 'sandbox/games/game.ts' },
      format: 'es',
      external: [],
    }),
  },
  {
    name: 'renderer',
    config: {
      ...common('renderer'),
      root: join(root, 'renderer'),
      // Windows are at app://perch/main.html; relative addresses work in any folder.
      base: './',
      plugins: [
        svelte({ configFile: false, preprocess: vitePreprocess() }),
        alignRowsTogether(),
        narrowScripts(),
        refuseWholeZod(),
      ],
      build: {
        ...common('renderer').build,
        target: chromium,
        modulePreload: { polyfill: false },
        // The windows' content policy forbids data: addresses for scripts, styles and fonts.
        assetsInlineLimit: 0,
        // Windows load chunks from disk, so a large one with xterm and uPlot needs no download.
        chunkSizeWarningLimit: 1000,
        rolldownOptions: {
          // Hides the times of plugins, which do not matter to somebody who starts Perch.
          checks: { pluginTimings: false },
          input: { popover: join(root, 'renderer/popover.html'), main: join(root, 'renderer/main.html') },
        },
      },
    },
  },
];

/**
 * @param {string} name
 * @returns {import('vite').InlineConfig}
 */
export function bundleOf(name) {
  const bundle = bundles.find((candidate) => candidate.name === name);
  if (!bundle) throw new Error(`there is no bundle ${name}`);
  return bundle.config;
}

/**
 * The bundle for a package: also records the packages that it really contains, with their licences. Unused code is not
 * counted.
 *
 * @param {string} name
 */
export function releasedBundleOf(name) {
  const recordLicences = () => licensePlugin({ done: (found) => addLicences(name, found) });
  return mergeConfig(bundleOf(name), {
    plugins: [recordLicences()],
    // Each worker is a bundle of its own.
    worker: { plugins: () => [recordLicences()] },
  });
}

/**
 * @param {string} name
 * @returns {import('vite').InlineConfig}
 */
function common(name) {
  return {
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    mode: 'production',
    build: { outDir: join(root, 'out', name), emptyOutDir: true, reportCompressedSize: false },
  };
}

/**
 * @param {{ name: string, input: Record<string, string>, format: 'cjs' | 'es', external: string[], isWhole?: boolean }} parts
 * @returns {import('vite').InlineConfig}
 */
function forNode({ name, input, format, external, isWhole = false }) {
  const outside = [...external, ...unbundled, ...optional];
  const entries = Object.fromEntries(
    Object.entries(input).map(([entry, file]) => /** @type {const} */ ([entry, join(root, file)])),
  );
  return {
    ...common(name),
    root,
    plugins: [narrowScripts(), refuseWholeZod()],
    resolve: { alias: [formless, compiledSsh] },
    // `ssh2` brings a WebAssembly loader that reads this variable of CommonJS.
    ...(format === 'es' ? { define: { __dirname: 'import.meta.dirname' } } : {}),
    ssr: { target: 'node', noExternal: true, external: outside },
    build: {
      ...common(name).build,
      ssr: true,
      target: node,
      // Readable stack traces in the log matter more than size.
      minify: false,
      rolldownOptions: {
        input: entries,
        external: outside,
        output: {
          format,
          // V8 keeps the whole source of each script in memory.
          comments: { legal: true, annotation: false, jsdoc: false },
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].mjs',
          chunkFileNames: format === 'cjs' ? pieceOfMain : 'shared-[hash].mjs',
          // A sandboxed Electron preload is a single file and can't require others.
          ...(isWhole ? { codeSplitting: false } : {}),
        },
      },
    },
  };
}

/** @param {{ name: string }} piece */
function pieceOfMain({ name }) {
  return name === 'perch' ? 'perch.cjs' : 'piece-[name].cjs';
}
