import type { ServerFile } from '../../bridge/schema/files.js';

/** An entry of a server's folder. */
export function aServerFile(name: string, fields: Partial<ServerFile> = {}): ServerFile {
  const at = Date.parse('2026-01-01T12:00:00Z');
  const file = {
    kind: 'file',
    bytes: 5,
    mode: '644',
    mime: 'text/plain',
    createdAt: at,
    modifiedAt: at,
  } as const;
  return { name, ...file, ...fields };
}
