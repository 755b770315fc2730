/**
 * Perch in pieces, each of which is read in a few hundredths of a second. In one piece it is a fifth of a second in which
 * this process answers nobody: not the tray, which asks several times over the bus before it shows the icon.
 */
const pieces: readonly (() => Promise<unknown>)[] = [
  () => import('../messages/messages.js'),
  // With it comes zod.
  () => import('../bridge/schema/agreement.js'),
  () => import('../bridge/schema/contract.js'),
  () => import('./net/http.js'),
  () => import('./base/log.js'),
  () => import('./fleet/fleet.js'),
];
/** Enough for a question over the bus and its answer. */
const turnMs = 4;

/** What is not among the pieces is read with `perch.ts` itself. */
export async function readPieces(): Promise<void> {
  for (const read of pieces) {
    await read();
    await new Promise((resolve) => setTimeout(resolve, turnMs));
  }
}
