import { PerchError } from '../../bridge/errors.js';
import { folderOf, lastPart } from '../../bridge/files/file-paths.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { FoundFile, FoundPart } from '../../bridge/schema/files.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { sentence } from '../../messages/messages.js';
import type { FileChanges } from '../files/file-changes.js';
import { FileSearch } from '../files/file-search.js';
import type { FilesPanelOf } from '../files/files-panel.js';
import { fileInWords } from '../files/folder-listing.js';
import { pathMatcher } from '../files/found-files.js';
import { stillWanted, type Call } from './call.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownName, shownServer } from './shown-server.js';

export interface RemoteFilesDeps extends SettledDeps {
  readonly files: {
    readonly panelOf: FilesPanelOf;
    readonly changes: Pick<FileChanges, 'delete'>;
  };
}

/** Most files of one answer, so that it stays below the longest line. */
const mostListed = 20_000;

export async function listFolder(
  deps: RemoteFilesDeps,
  { name, path }: RemoteInput<'files'>,
): Promise<RemoteOutput<'files'>> {
  const server = await settledServer(deps, name);
  const files = await deps.files.panelOf(server.id).list(path);
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    server: shownServer(server, deps),
    files: sorted.slice(0, mostListed),
    isCut: sorted.length > mostListed,
  };
}

export async function findFiles(
  deps: RemoteFilesDeps,
  { name, query }: RemoteInput<'findFiles'>,
  { ended }: Call<'findFiles'>,
): Promise<RemoteOutput<'findFiles'>> {
  const server = await settledServer(deps, name);
  const stop = new AbortController();
  void ended.then(() => stop.abort());
  const files: FoundFile[] = [];
  let last: Omit<FoundPart, 'files'> = { folders: 0, unread: 0, end: false, cut: null, problem: null };
  await new FileSearch({
    clock: deps.clock,
    panel: deps.files.panelOf(server.id),
    matches: pathMatcher(query),
    signal: stop.signal,
    send: ({ files: found, ...part }) => {
      files.push(...found);
      last = part;
    },
  }).run('/');
  const { folders, unread, cut, problem } = last;
  if (problem !== null) throw new PerchError(problem);
  return { server: shownServer(server, deps), files, folders, unread, cut };
}

export async function deleteFile(
  deps: RemoteFilesDeps,
  { name, path, isAgreed }: RemoteInput<'deleteFile'>,
  call: Call<'deleteFile'>,
): Promise<RemoteOutput<'deleteFile'>> {
  if (call.client.kind === 'program') {
    throw new RemoteError(newFailure('refused', sentence('remote.not-for-programs')));
  }
  const server = await settledServer(deps, name);
  if (!isAgreed) {
    const names = { server: shownName(server), file: fileInWords(path) };
    throw new RemoteError(newFailure('needs-yes', sentence('remote.ask-delete-file', names)));
  }
  stillWanted(call);
  await deps.files.changes.delete({ serverId: server.id, folder: folderOf(path), names: [lastPart(path)] });
  return { server: shownServer(server, deps) };
}
