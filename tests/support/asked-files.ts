/** Methods of the panel client for recorded requests about files and backups. */
import * as z from 'zod';
import type { Ask, Exchange } from './asked-client.js';

const filesSchema = z.looseObject({
  root: z.string().catch('/'),
  directory: z.string().catch('/'),
  files: z.array(z.unknown()).catch([]),
  name: z.string().optional().catch(undefined),
  location: z.string().catch('/x'),
  file: z.string().catch('x'),
  url: z.string().catch('x'),
});
const renamingSchema = z.object({ from: z.string(), to: z.string() });
const modeSchema = z.object({ file: z.string(), mode: z.coerce.string() });

/** `route` = last part of the path; null = Perch has no such method. */
export function methodOfFiles(
  identifier: string,
  route: string,
  { method, body }: Exchange['request'],
  query: string,
): Ask | null {
  const input = filesSchema.safeParse(body).data ?? filesSchema.parse({});
  const { root, files, name, url } = input;
  const path = new URLSearchParams(query).get('file') ?? '/x';
  const names = files.filter((file) => typeof file === 'string');
  switch (`${method} ${route}`) {
    case 'GET list':
      return (client) => client.files(identifier, '/');
    case 'GET contents':
      return (client) => client.fileContents(identifier, path);
    case 'GET download':
      return (client) => client.fileLink(identifier, path);
    case 'GET upload':
      return (client) => client.uploadLink(identifier);
    case 'POST write':
      return (client) => client.writeFile(identifier, path, 'x');
    case 'PUT rename':
      return (client) =>
        client.renameFiles(
          identifier,
          root,
          files.map((file) => renamingSchema.parse(file)),
        );
    case 'POST copy':
      return (client) => client.copyFile(identifier, input.location);
    case 'POST delete':
      return (client) => client.deleteFiles(identifier, root, names);
    case 'POST compress':
      return (client) =>
        client.compressFiles(identifier, root, { files: names, ...(name === undefined ? {} : { name }) });
    case 'POST decompress':
      return (client) => client.decompressFile(identifier, root, input.file);
    case 'POST create-folder':
      return (client) => client.createFolder(identifier, root, name ?? '');
    case 'POST chmod': {
      const modes = files.map((file) => modeSchema.parse(file));
      return (client) =>
        client.chmodFiles(
          identifier,
          root,
          modes.map(({ file }) => file),
          modes[0]?.mode ?? '644',
        );
    }
    case 'POST pull':
      return (client) => client.pullFile(identifier, input.directory, { url, name: null });
    default:
      return null;
  }
}

const backupSchema = z.looseObject({
  name: z.string().catch(''),
  ignored: z.string().catch(''),
  is_locked: z.boolean().catch(false),
  truncate: z.boolean().catch(false),
});

/** `id` = undefined for the list of a server; null = Perch has no such method. */
export function methodOfBackups(
  identifier: string,
  call: string,
  id: string | undefined,
  body: unknown,
): Ask | null {
  const { name, ignored, is_locked: locked, truncate } = backupSchema.parse(body ?? {});
  if (id === undefined) {
    const wanted = { name, ignored: ignored.split('\n'), locked };
    return call === 'POST '
      ? (client) => client.createBackup(identifier, wanted)
      : (client) => client.backups(identifier);
  }
  switch (call) {
    case 'GET ':
      return (client) => client.backup(identifier, id);
    case 'DELETE ':
      return (client) => client.deleteBackup(identifier, id);
    case 'GET /download':
      return (client) => client.backupLink(identifier, id);
    case 'POST /lock':
      return (client) => client.toggleBackupLock(identifier, id);
    case 'POST /restore':
      return (client) => client.restoreBackup(identifier, id, truncate);
    case 'PUT /rename':
      return (client) => client.renameBackup(identifier, id, name);
    default:
      return null;
  }
}
