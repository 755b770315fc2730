import * as z from 'zod';
import type { WingsNode } from '../../sandbox/wings/api.js';
import type { RecordedEntry } from './wings-recording.js';

const made = z.object({ attributes: z.object({ uuid: z.string() }) });
const wanted = z.object({ truncate: z.boolean() });

/** Call of the node that a recorded request about backups stands for; null = another request. */
export function backupCall(
  { method, path = '', request, body }: RecordedEntry,
  node: WingsNode,
  server: string,
): (() => void | Promise<void>) | null {
  if (method !== 'POST') return null;
  if (path.endsWith('/backups')) {
    const { uuid } = made.parse(body).attributes;
    return () => node.backups.make(server, { uuid, ignored: '' });
  }
  const uuid = /\/backups\/([0-9a-f-]{36})\/restore$/.exec(path)?.[1];
  if (uuid === undefined) return null;
  return () => node.backups.restore(server, uuid, wanted.parse(request).truncate);
}
