import { rm } from 'node:fs/promises';

/**
 * Removes a folder of a test, also while a program still writes there.
 *
 * `rmSync` empties a folder once, and fails with ENOTEMPTY if a file comes afterwards; its retries only remove the
 * folder itself. `rm` empties the folder again before each retry.
 */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
