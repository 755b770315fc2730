import type { ServerFile } from '../../bridge/schema/files.js';
import type { Clock } from '../base/ports.js';
import { readFolder } from './file-calls.js';
import type { Transport } from './transport.js';
import { fileItem } from './wire/files.js';

/** Most entries that are checked at once, so that a folder of 100,000 does not keep main's thread busy. */
const mostAtOnce = 2000;

/**
 * Reads all entries of a folder. A folder of which an entry does not parse is an error: a part would look like the
 * whole.
 */
export async function readFileList(
  transport: Pick<Transport, 'ask' | 'malformed'>,
  clock: Pick<Clock, 'after'>,
  { identifier, folder }: { readonly identifier: string; readonly folder: string },
): Promise<ServerFile[]> {
  const call = readFolder(identifier, folder);
  const items = await transport.ask(call);
  const files: ServerFile[] = [];
  for (let at = 0; at < items.length; at++) {
    if (at > 0 && at % mostAtOnce === 0) await new Promise<void>((next) => void clock.after(0, next));
    const parsed = fileItem.safeParse(items[at]);
    if (!parsed.success) throw transport.malformed(call, 'data');
    files.push(parsed.data);
  }
  return files;
}
