import { join } from 'node:path';
import type { CallTable } from '../base/calls.js';
import type { Emitter } from '../base/emitter.js';
import type { Sources } from '../base/feed-source.js';
import { DiskFolder } from '../disk/disk-folder.js';
import { ConfigurationWatch } from '../files/configuration-watch.js';
import { RevisionsArchive } from '../files/revisions-archive.js';
import { revisionCalls } from '../files/revisions-calls.js';
import { revisionsSource } from '../files/revisions-source.js';
import { StartChangesReads } from '../files/start-changes.js';
import type { SeenText } from '../files/file-contents.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

export interface RevisionModulesDeps extends Shared, Pick<FleetModules, 'fleet'> {
  /** Each text that was read to edit or written. */
  readonly seenTexts: Emitter<SeenText>;
  readonly dataFolder: string;
  /** Whether the account of a server is there. */
  readonly isKnown: (serverId: string) => boolean;
}

export type RevisionModules = ReturnType<typeof revisionModules>;

/** Builds the archive of earlier contents of text files, and the comparison of servers with their last good start. */
export function revisionModules(deps: RevisionModulesDeps) {
  const revisions = new RevisionsArchive({
    ...deps,
    folder: new DiskFolder(join(deps.dataFolder, 'revisions')),
    setAside: (what) => deps.disk.notices.setAside(what),
  });
  const configurationWatch = new ConfigurationWatch({
    ...deps,
    archive: revisions,
    isOn: () => deps.disk.settings.current.watchConfiguration,
    choices: () => deps.disk.settings.current.watchedFiles,
  });
  const changes = new StartChangesReads({ ...deps, archive: revisions, watch: configurationWatch });
  deps.seenTexts.listen(({ bytes, why, ...file }) => {
    revisions.add(file, bytes, why);
    if (why === 'written') changes.forget(file.serverId);
  });
  const calls = revisionCalls(revisions, changes) satisfies CallTable;
  const sources = { revisions: revisionsSource(revisions) } satisfies Partial<Sources>;

  async function stop(): Promise<void> {
    configurationWatch.stop();
    await revisions.stop();
  }

  return { revisions, configurationWatch, startChanges: changes, calls, sources, stop };
}
