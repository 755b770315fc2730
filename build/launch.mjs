import { electronFlags } from './electron-flags.mjs';
import { root } from './setup/paths.mjs';
import { requireRuntime } from './setup/runtime.mjs';

/**
 * How to start the built application with this checkout's Electron.
 *
 * @param {{ app?: string, args?: readonly string[], env?: NodeJS.ProcessEnv }} [extra] `app`: the folder to start
 * @returns {{ executable: string, args: string[], env: Record<string, string> }}
 */
export function launchOptions({ app = root, args = [], env = process.env } = {}) {
  const kept = Object.entries(env).filter(
    ([name, value]) => value !== undefined && name !== 'ELECTRON_RUN_AS_NODE',
  );
  return {
    executable: requireRuntime().executable,
    args: [...electronFlags(), app, ...args],
    // The demo's sandbox runs on the current Node.
    env: {
      .../** @type {Record<string, string>} */ (Object.fromEntries(kept)),
      PERCH_NODE: process.execPath,
    },
  };
}

/** Signals of Ctrl+C, a service manager and a closed terminal. */
const endSignals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Calls `end` at a signal instead of ending this process. A second signal ends it at once.
 *
 * @param {(signal: NodeJS.Signals) => void} end
 */
export function onEndSignal(end) {
  let asked = false;
  for (const signal of endSignals) {
    process.on(signal, () => {
      if (asked) process.exit(1);
      asked = true;
      end(signal);
    });
  }
}
