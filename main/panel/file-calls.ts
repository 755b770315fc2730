/** Requests about the files of a server (PROTOCOL 2.17). */
import { sentence } from '../../messages/messages.js';
import { read, serverPath, write } from './call.js';
import { linkAnswer } from './wire/backups.js';
import { fileItem, filesAnswer } from './wire/files.js';

/** A panel waits 15 minutes for an archive (PROTOCOL 2.17.8). */
const compressMs = 16 * 60_000;

/** Calls with a method of the same name and arguments on `PanelApi`. */
export const fileRequests = {
  files: (identifier: string, directory: string) =>
    read(
      serverPath(identifier, `/files/list?directory=${encodeURIComponent(directory)}`),
      sentence('panel.what.files'),
      filesAnswer,
      { subject: 'file', permission: 'file.read', usesNode: true },
    ),

  /** Packs files at the root of the server into an archive there. Only Pelican takes the name for it. */
  compressFiles: (
    identifier: string,
    { files, name }: { readonly files: readonly string[]; readonly name: string },
  ) =>
    write('POST', serverPath(identifier, '/files/compress'), {
      body: { root: '/', files, name, extension: 'tar.gz' },
      what: sentence('panel.what.compress'),
      permission: 'file.archive',
      subject: 'file',
      usesNode: true,
      timeoutMs: compressMs,
      answer: fileItem,
    }),

  deleteFiles: (identifier: string, files: readonly string[]) =>
    write('POST', serverPath(identifier, '/files/delete'), {
      body: { root: '/', files },
      what: sentence('panel.what.delete-files'),
      permission: 'file.delete',
      subject: 'file',
      usesNode: true,
    }),

  /** Address of a file on the node: a secret that is good for one download within 15 minutes (PROTOCOL 2.17.11). */
  fileLink: (identifier: string, file: string) =>
    read(
      serverPath(identifier, `/files/download?file=${encodeURIComponent(file)}`),
      sentence('panel.what.file-link'),
      linkAnswer,
      { subject: 'file', permission: 'file.read-content' },
    ),
};
