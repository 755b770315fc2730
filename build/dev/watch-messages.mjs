import { watch } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';
import { compileMessages } from '../messages.mjs';

/** Delay, because an editor saves a file in several steps. */
const CALM_MS = 50;

/**
 * Compiles the message files after each change. Their users watch the compiled files.
 *
 * @returns {() => Promise<void>} ends it
 */
export function watchMessages() {
  /** @type {NodeJS.Timeout | undefined} */
  let soon;
  const watcher = watch(join(root, 'messages'), { recursive: true }, (_event, file) => {
    if (!file?.endsWith('.json')) return;
    clearTimeout(soon);
    soon = setTimeout(compile, CALM_MS);
  });
  return async () => {
    clearTimeout(soon);
    watcher.close();
  };
}

function compile() {
  try {
    compileMessages();
  } catch (error) {
    console.error(`perch: ${error instanceof Error ? error.message : String(error)}`);
  }
}
