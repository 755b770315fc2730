/** Requests about the files of a server (PROTOCOL 2.15, 2.17). Folders and paths are as in `bridge/files/file-paths.ts`. */
import { sentence, type Sentence } from '../../messages/messages.js';
import { read, serverPath, write, type PanelCall } from './call.js';
import { linkAnswer } from './wire/backups.js';
import { fileItem, folderAnswer } from './wire/files.js';

/** A panel waits 15 minutes for an archive (PROTOCOL 2.17.8). */
const archiveMs = 16 * 60_000;
/** About 250 bytes for each of 250,000 entries. */
const largestList = 64 * 1024 * 1024;
/** Largest content that a panel gives, and room for its headers (PROTOCOL 2.17.3). */
const largestContents = 5 * 1024 * 1024;

const queryOf = (name: string, value: string): string => `?${name}=${encodeURIComponent(value)}`;

type Change = Pick<PanelCall, 'body' | 'timeoutMs' | 'throttled' | 'hasOwnLimit' | 'unexplained'> & {
  readonly method?: 'POST' | 'PUT';
};

/** A change of files. Every refusal is about the files, not about the node (PROTOCOL 2.15.6). */
function change(
  identifier: string,
  route: string,
  what: Sentence,
  permission: string,
  { method = 'POST', ...more }: Change,
): PanelCall<void> {
  return write(method, serverPath(identifier, `/files/${route}`), {
    what,
    permission,
    subject: 'file',
    usesNode: true,
    unsure: sentence('panel.maybe-files'),
    ...more,
  });
}

/** Entries of a folder, which `PanelApi.files` checks. */
export const readFolder = (identifier: string, folder: string) =>
  read(
    serverPath(identifier, `/files/list${queryOf('directory', folder)}`),
    sentence('panel.what.files'),
    folderAnswer,
    { subject: 'file', permission: 'file.read', usesNode: true, maxBytes: largestList },
  );

/** Calls with a method of the same name and arguments on `PanelApi`. */
export const fileRequests = {
  /** The exact bytes of a file of at most 4 MiB. */
  fileContents: (identifier: string, path: string) =>
    read<Uint8Array>(
      serverPath(identifier, `/files/contents${queryOf('file', path)}`),
      sentence('panel.what.file-contents'),
      'bytes',
      { subject: 'file', permission: 'file.read-content', usesNode: true, maxBytes: largestContents },
    ),

  /** Creates or overwrites a file, and the folders on the way. A path without a leading "/" is the same path. */
  writeFile: (identifier: string, path: string, content: string | Uint8Array) =>
    change(
      identifier,
      `write${queryOf('file', path)}`,
      sentence('panel.what.write-file', { file: path }),
      'file.create',
      { body: content },
    ),

  /** `from` and `to` = from the folder. A missing file is left out silently (PROTOCOL 2.17.5). */
  renameFiles: (
    identifier: string,
    folder: string,
    files: readonly { readonly from: string; readonly to: string }[],
  ) =>
    change(identifier, 'rename', sentence('panel.what.rename-files'), 'file.update', {
      method: 'PUT',
      body: { files: files.map(({ from, to }) => ({ from, to })), root: folder },
    }),

  /** Copies a file into its folder. The panel chooses the name of the copy. */
  copyFile: (identifier: string, path: string) =>
    change(identifier, 'copy', sentence('panel.what.copy-file'), 'file.create', { body: { location: path } }),

  /** Packs files of a folder into an archive there. Only Pelican takes the name for the archive. */
  compressFiles: (
    identifier: string,
    folder: string,
    { files, name }: { readonly files: readonly string[]; readonly name?: string },
  ) =>
    write('POST', serverPath(identifier, '/files/compress'), {
      body: name === undefined ? { files, root: folder } : { extension: 'tar.gz', files, name, root: folder },
      what: sentence('panel.what.compress'),
      permission: 'file.archive',
      subject: 'file',
      usesNode: true,
      timeoutMs: archiveMs,
      unsure: sentence('panel.maybe-files'),
      answer: fileItem,
    }),

  /** Unpacks an archive into its folder, over the files there. */
  decompressFile: (identifier: string, folder: string, file: string) =>
    change(identifier, 'decompress', sentence('panel.what.decompress'), 'file.create', {
      body: { file, root: folder },
      timeoutMs: archiveMs,
    }),

  /** Deletes files, and folders with their content. Missing names count as deleted, except on Pelican. */
  deleteFiles: (identifier: string, folder: string, files: readonly string[]) =>
    change(identifier, 'delete', sentence('panel.what.delete-files'), 'file.delete', {
      body: { files, root: folder },
    }),

  createFolder: (identifier: string, folder: string, name: string) =>
    change(identifier, 'create-folder', sentence('panel.what.create-folder'), 'file.create', {
      body: { name, root: folder },
    }),

  /** `mode` = octal digits. A missing file is left out silently (PROTOCOL 2.17.5). */
  chmodFiles: (identifier: string, folder: string, files: readonly string[], mode: string) =>
    change(identifier, 'chmod', sentence('panel.what.chmod'), 'file.update', {
      body: { files: files.map((file) => ({ file, mode })), root: folder },
    }),

  /** The node fetches a file in the background. `name` null = the last part of the address. */
  pullFile: (
    identifier: string,
    folder: string,
    { url, name }: { readonly url: string; readonly name: string | null },
  ) =>
    change(identifier, 'pull', sentence('panel.what.pull-file'), 'file.create', {
      body: { directory: folder, ...(name === null ? {} : { filename: name }), url },
      throttled: 'pull-throttled',
      unexplained: 'not-fetched',
      hasOwnLimit: true,
    }),

  /** Address of a file on the node: a secret that is good for one download within 15 minutes (PROTOCOL 2.17.11). */
  fileLink: (identifier: string, path: string) =>
    read(
      serverPath(identifier, `/files/download${queryOf('file', path)}`),
      sentence('panel.what.file-link'),
      linkAnswer,
      { subject: 'file', permission: 'file.read-content' },
    ),

  /** Address for one upload to the node: a secret, good for 15 minutes (PROTOCOL 2.17.12). */
  uploadLink: (identifier: string) =>
    read(serverPath(identifier, '/files/upload'), sentence('panel.what.upload-link'), linkAnswer, {
      subject: 'file',
      permission: 'file.create',
    }),
};
