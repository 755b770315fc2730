import { join } from 'node:path';
import { changedBackupRules } from '../../bridge/backups/backup-rules.js';
import type { CallTable } from '../base/calls.js';
import { copied, valueSource, type Sources } from '../base/feed-source.js';
import type { Clock, Log } from '../base/ports.js';
import { AccountRecordsFile } from './account-records.js';
import { ChannelsFile } from './channels-file.js';
import { CommandHistoriesFile } from './command-histories.js';
import { EditedFilesFile } from './edited-files-file.js';
import { EditedFolder } from './edited-folder.js';
import { KeptLogsFolder } from './kept-logs-folder.js';
import { LastKnownFile } from './last-known.js';
import { MemoryFile } from './memory.js';
import { Notices, type UnusableFile } from './notices.js';
import { forgetServersOf } from './settings-arrangement.js';
import { QuietFile } from './quiet-file.js';
import { RuleRunsFile } from './rule-runs-file.js';
import { RulesFile } from './rules-file.js';
import { SettingsFile } from './settings.js';
import { TextDraftsFolder } from './text-drafts.js';
import { TransfersFile } from './transfers-file.js';

export interface DiskDeps {
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** The JSON files of the data folder, and the calls and feeds of windows about them. Reads no file so far. */
export function createDisk({ dataFolder: folder, clock, log }: DiskDeps) {
  const notices = new Notices();
  const setAside = (what: UnusableFile): void => notices.setAside(what);
  const settings = new SettingsFile(join(folder, 'settings.json'), log, setAside);
  const memory = new MemoryFile(join(folder, 'memory.json'), log, setAside);
  const drafts = new TextDraftsFolder(folder, log, setAside);
  const calls = {
    'notices.dismiss': ({ id }) => notices.dismiss(id),
    'backupRules.set': async ({ scope, choices }) => {
      await settings.update((now) => ({ backupRules: changedBackupRules(now, scope, choices) }));
    },
    'settings.update': (patch) => settings.update(patch),
    'memory.note': (note) => memory.note(note),
  } satisfies CallTable;
  const sources = {
    settings: valueSource(settings),
    memory: valueSource(memory),
    notices: valueSource(copied(notices)),
  } satisfies Partial<Sources>;
  return {
    notices,
    settings,
    memory,
    records: new AccountRecordsFile({ folder, log, setAside }),
    histories: new CommandHistoriesFile({ folder, clock, log, setAside }),
    lastKnown: new LastKnownFile(folder, log),
    transfers: new TransfersFile(folder, log, setAside),
    quiet: new QuietFile(folder, log, setAside),
    channels: new ChannelsFile(folder, log, setAside),
    rules: new RulesFile(folder, log, setAside),
    keptLogs: new KeptLogsFolder(folder),
    ruleRuns: new RuleRunsFile(folder, log, setAside),
    drafts,
    edited: new EditedFilesFile(folder, log, setAside),
    editedFolder: new EditedFolder(folder),
    forgetServersOf: async (accountId: string) => {
      await forgetServersOf({ settings, memory }, accountId);
      await drafts.forgetAccount(accountId);
    },
    calls,
    sources,
  };
}
