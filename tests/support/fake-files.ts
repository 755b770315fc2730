import type { ServerFile } from '../../bridge/schema/files.js';

export function aFile(name: string, fields: Partial<ServerFile> = {}): ServerFile {
  return {
    name,
    kind: 'file',
    bytes: 1000,
    mode: '644',
    mime: 'text/plain',
    createdAt: 1000,
    modifiedAt: 2000,
    ...fields,
  };
}

export function aFolder(name: string, fields: Partial<ServerFile> = {}): ServerFile {
  return aFile(name, { kind: 'folder', bytes: 0, mode: '755', mime: 'inode/directory', ...fields });
}
