import { PerchError } from '../../bridge/errors.js';
import type { TransferSource } from '../../bridge/schema/transfers.js';
import type { Download } from '../base/network-ports.js';
import { refusedDownload, transferFailure } from './transfer-failures.js';

/** A node sends a file from its beginning only (PROTOCOL 2.16.13), so the end of a larger one takes too long. In bytes. */
export const mostStreamed = 64 * 1024 * 1024;

/**
 * The last bytes of a file, at most `most` of them; null for a file of more than `mostStreamed` bytes. All of the file
 * comes from its node, and no more than its end is kept in memory. Rejects with `PerchError`.
 */
export async function fileTail(
  download: (source: TransferSource, signal: AbortSignal) => Promise<Download>,
  file: { readonly serverId: string; readonly path: string },
  most: number,
): Promise<Uint8Array | null> {
  const stop = new AbortController();
  try {
    const answer = await download({ kind: 'file', ...file }, stop.signal);
    try {
      if (answer.status !== 200) throw refusedDownload('file', answer.status, '');
      return (answer.bytes ?? 0) > mostStreamed ? null : await endOf(answer.body, most);
    } finally {
      answer.close();
    }
  } catch (error) {
    throw new PerchError(transferFailure(error).problem, { cause: error });
  } finally {
    stop.abort();
  }
}

async function endOf(body: Download['body'], most: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let [kept, all] = [0, 0];
  for await (const part of body) {
    all += part.length;
    if (all > mostStreamed) return null;
    // The next part reuses the memory of a part.
    parts.push(Uint8Array.from(part));
    kept += part.length;
    while (kept - (parts[0]?.length ?? 0) >= most) kept -= parts.shift()?.length ?? 0;
  }
  return Buffer.concat(parts).subarray(-most);
}
