/** Files that a node fetches from an address (PROTOCOL 2.17.13). */
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PullWish } from './api.js';
import { pathBelow, placeOf } from './paths.js';
import { fileRefusals } from './refusals.js';

/** Path of the file that a pull makes, from the server's folder: of the wished name, or the last part of the address. */
export function pulledPath({ url, directory, fileName }: PullWish): string {
  return pathBelow(directory, fileName ?? posix.basename(decodeURIComponent(new URL(url).pathname)));
}

/**
 * Fetches the file. Nodes follow no redirect, want the size beforehand and refuse addresses of their own network; the
 * sandbox fetches from loopback only, and only if a test allows that.
 */
export async function pull(
  folder: string,
  wish: PullWish,
  { isAllowed, room }: { isAllowed: boolean; room: (bytes: number) => void },
): Promise<void> {
  const { protocol, hostname } = new URL(wish.url);
  const isLoopback = ['127.0.0.1', 'localhost'].includes(hostname);
  if (!isAllowed || !isLoopback || !/^https?:$/.test(protocol)) throw fileRefusals.unexpected();
  const answer = await fetch(wish.url, { redirect: 'manual' });
  const bytes = Number(answer.headers.get('content-length') ?? 0);
  if (answer.status !== 200 || bytes < 1 || answer.body === null) {
    await answer.body?.cancel();
    throw fileRefusals.unexpected();
  }
  room(bytes);
  const place = await placeOf(folder, pulledPath(wish));
  await mkdir(dirname(place), { recursive: true });
  try {
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(place));
  } catch (cause) {
    await rm(place, { force: true });
    throw cause;
  }
}
