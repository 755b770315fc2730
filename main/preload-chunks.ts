/**
 * The application in chunks, each loaded in a few hundredths of a second.
 *
 * One single load would block this process for 0.2 s. During that time the tray host gets no answer on the bus, and it
 * asks several times before it shows the icon.
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
/** Pause between two chunks in ms: enough for one question over the bus and its answer. */
const turnMs = 4;

/** Loads the chunks one after the other. `perch.ts` loads the remaining modules itself. */
export async function readChunks(): Promise<void> {
  for (const read of pieces) {
    await read();
    await new Promise((resolve) => setTimeout(resolve, turnMs));
  }
}
