/**
 * The application in chunks, each loaded in a few hundredths of a second.
 *
 * One single load would block this process for 0.2 s. Between two chunks this process answers the desktop over the bus,
 * and the first window's requests for files.
 */
const pieces: readonly (() => Promise<unknown>)[] = [
  () => import('../messages/messages.js'),
  // Loads zod as well.
  () => import('../bridge/schema/agreement.js'),
  () => import('../bridge/schema/calls.js'),
  () => import('../bridge/schema/feeds.js'),
  () => import('./net/http.js'),
  () => import('./base/log.js'),
  () => import('./fleet/fleet.js'),
];
/** Loads the chunks one after the other. `perch.ts` loads the remaining modules itself. */
export async function readChunks(): Promise<void> {
  for (const read of pieces) {
    await read();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
