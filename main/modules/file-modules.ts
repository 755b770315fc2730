import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import { folderOf } from '../../bridge/files/file-paths.js';
import { filesPanel } from '../actions/servers/files-panel.js';
import type { CallTable } from '../base/calls.js';
import { copied, valueSource, type Sources } from '../base/feed-source.js';
import { serverFileCalls } from '../files/calls.js';
import { FileChanges } from '../files/file-changes.js';
import { followUploads } from '../files/follow-uploads.js';
import { FileContents } from '../files/file-contents.js';
import { Folders } from '../files/folders.js';
import { foundFilesSource } from '../files/found-files.js';
import { LeftDrafts } from '../files/left-drafts.js';
import { OwnEditor } from '../files/own-editor.js';
import { textToShare } from '../files/text-to-share.js';
import { Texts } from '../files/texts.js';
import { unsavedFiles } from '../files/unsaved-files.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';
import type { TransferModules } from './transfer-modules.js';

export interface FileModulesDeps
  extends Shared, Pick<FleetModules, 'fleet'>, Pick<TransferModules, 'transfers' | 'tailOf'> {
  /** Whether the account of a server is there. */
  readonly isKnown: (serverId: string) => boolean;
}

export type FileModules = ReturnType<typeof fileModules>;

/** Builds the list of the servers' files and their changes. */
export function fileModules(deps: FileModulesDeps) {
  const panelOf = (serverId: string) => filesPanel(deps, serverId);
  const folders = new Folders({ ...deps, panelOf });
  followUploads(deps.transfers, folders);
  const changes = new FileChanges({ panelOf, folders, newId: () => randomBytes(4).toString('hex') });
  const foundFiles = foundFilesSource({ ...deps, panelOf });
  const contents = new FileContents(panelOf);
  contents.seen.listen(({ serverId, path, why }) => {
    if (why === 'written') folders.changed(serverId, [folderOf(path)]);
  });
  const leftDrafts = new LeftDrafts(deps.disk.drafts);
  const texts = new Texts({
    ...deps,
    contents,
    drafts: deps.disk.drafts,
    draftSeen: (file) => leftDrafts.gone(file),
  });
  const ownEditor = new OwnEditor({
    ...deps,
    contents,
    drafts: deps.disk.drafts,
    store: deps.disk.edited,
    disk: deps.disk.editedFolder,
    newId: () => randomBytes(8).toString('hex'),
    startedAt: () => deps.clock.wall() - uptime() * 1000,
  });
  const sources = {
    folder: folders.source,
    foundFiles,
    edited: valueSource(copied(ownEditor)),
    leftDrafts: valueSource(copied(leftDrafts)),
  } satisfies Partial<Sources>;
  const calls = {
    ...serverFileCalls(folders, changes),
    ...texts.calls,
    ...leftDrafts.calls,
    ...ownEditor.calls,
    'texts.unsaved': ({ accountId }) => unsavedFiles(accountId, { drafts: deps.disk.drafts, ownEditor }),
    'sharing.readFile': (file) => textToShare({ ...deps, panelOf }, file),
  } satisfies CallTable;
  return { files: { panelOf, changes }, ownEditor, leftDrafts, calls, sources, seenTexts: contents.seen };
}
