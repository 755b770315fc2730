import { join } from 'node:path';
import { build, mergeConfig } from 'vite';
import { bundleOf } from '../bundles.mjs';
import { devOut } from './app-folder.mjs';

/** Parts outside of the windows, with the kind of source map that their debugger finds. */
const watched = /** @type {const} */ ({ main: true, preload: 'inline', sandbox: true });

/** Makes stack traces in the log refer to the sources. */
const mapTraces = 'process.setSourceMapsEnabled(true);';

/** Ms without another build before `ready`. One write of a file may be seen twice, and starts two builds in a row then. */
const settleMs = 200;

/**
 * @typedef {object} WatchListener
 * @property {(names: string[]) => void} ready all bundles are built; `names` = those built since the last call
 * @property {(name: string, message: string) => void} failed a bundle failed; `ready` waits until it is fixed
 */

/**
 * Builds main, preload and sandbox with source maps, and again after each change of their files.
 *
 * @param {WatchListener} listener
 * @returns {Promise<() => Promise<void>>} ends it
 */
export async function watchBundles({ ready, failed }) {
  const names = /** @type {(keyof typeof watched)[]} */ (Object.keys(watched));
  const unfinished = new Set(names);
  /** @type {Set<string>} */
  const changed = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  let settling;
  const tell = () => {
    ready([...changed]);
    changed.clear();
  };
  const watchers = await Promise.all(names.map(watchBundle));
  watchers.forEach((watcher, index) => {
    const name = names[index] ?? 'main';
    watcher.on('event', (event) => {
      if (event.code === 'START') {
        unfinished.add(name);
        clearTimeout(settling);
      }
      if (event.code === 'ERROR') failed(name, event.error.message);
      if (event.code === 'BUNDLE_END') {
        unfinished.delete(name);
        changed.add(name);
        if (unfinished.size === 0) settling = setTimeout(tell, settleMs);
      }
      // Frees the memory of a build.
      return 'result' in event ? event.result.close() : undefined;
    });
  });
  return async () => {
    clearTimeout(settling);
    await Promise.all(watchers.map((watcher) => watcher.close()));
  };
}

/** @param {keyof typeof watched} name */
async function watchBundle(name) {
  const watcher = await build(
    mergeConfig(bundleOf(name), {
      mode: 'development',
      logLevel: 'silent',
      build: {
        outDir: join(devOut, name),
        sourcemap: watched[name],
        watch: {},
        rolldownOptions: { output: name === 'main' ? { banner: mapTraces } : {} },
      },
    }),
  );
  if (!('on' in watcher)) throw new Error(`${name} is not watched`);
  return watcher;
}
