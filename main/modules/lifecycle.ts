/** When the modules start and end. The order matters, and each comment says why. */
import type { createDisk } from '../disk/create-disk.js';
import type { BackupModules } from './backup-modules.js';
import type { channelModules } from './channel-modules.js';
import type { FleetModules } from './fleet-modules.js';
import type { historyModules } from './history-modules.js';
import type { listModules } from './list-modules.js';
import type { manyModules } from './many-modules.js';
import type { networkModules } from './network-modules.js';
import type { playerModules } from './player-modules.js';
import type { ruleModules } from './rule-modules.js';
import type { ServerFileModules } from './server-file-modules.js';

/** Groups of modules that act at the start, at the end or after a change of the network. */
interface LifecycleDeps {
  readonly network: Pick<ReturnType<typeof networkModules>, 'networkChanged'>;
  readonly fleet: Pick<FleetModules['fleet'], 'onResume' | 'stop'>;
  readonly disk: Pick<ReturnType<typeof createDisk>, 'histories'>;
  readonly backups: Pick<BackupModules, 'start' | 'stop'>;
  readonly files: Pick<
    ServerFileModules,
    | 'sftp'
    | 'transfers'
    | 'leftDrafts'
    | 'ownEditor'
    | 'revisions'
    | 'configurationWatch'
    | 'stopRevisions'
    | 'crashReports'
  >;
  readonly lists: Pick<ReturnType<typeof listModules>, 'start' | 'stop'>;
  readonly many: Pick<ReturnType<typeof manyModules>, 'bulk' | 'warned'>;
  readonly channels: Pick<ReturnType<typeof channelModules>, 'start' | 'channels'>;
  readonly past: Pick<ReturnType<typeof historyModules>, 'start' | 'stop' | 'history' | 'notifier'>;
  readonly players: Pick<
    ReturnType<typeof playerModules>,
    'start' | 'stop' | 'networkChanged' | 'endCountdowns'
  >;
  readonly rules: Pick<ReturnType<typeof ruleModules>, 'rules' | 'woke'>;
}

export function modulesLifecycle({
  network,
  fleet,
  disk,
  backups,
  files,
  lists,
  many,
  channels,
  past,
  players,
  rules,
}: LifecycleDeps) {
  /** Begins to follow servers, before any account is known. */
  function start(): void {
    past.start();
    backups.start();
    lists.start();
    players.start();
    files.crashReports.start();
    past.notifier.start();
    channels.start(past.notifier.log);
  }

  /** Loads the data that earlier runs have kept for these accounts. */
  function takeUp(accountIds: readonly string[]): void {
    past.history.start(accountIds);
    files.revisions.start(accountIds);
    void files.leftDrafts.start(accountIds);
    void files.ownEditor.start(accountIds);
    files.configurationWatch.start();
  }

  /** The computer woke up, or its network is back. */
  function networkChanged(): void {
    network.networkChanged();
    fleet.onResume();
    players.networkChanged();
    rules.woke();
    files.transfers.woke();
    channels.channels.hurry();
  }

  async function stop(): Promise<void> {
    many.bulk.stop();
    const farewell = players.endCountdowns();
    await rules.rules.stop();
    files.crashReports.stop();
    lists.stop();
    files.ownEditor.stop();
    channels.channels.stop();
    // Each waits a moment for nodes and panels, so they wait together. Copies end first, so that they do not see
    // transfers that end with Perch.
    const ends = [farewell, backups.stop(), files.transfers.stop(), many.warned.stop(), players.stop()];
    // Otherwise a silent node would delay the end of the transfers.
    files.sftp.connections.stop();
    await Promise.all(ends);
    // The history still writes their last additions.
    await past.stop();
    await files.stopRevisions();
    await fleet.stop();
    await disk.histories.stop();
  }

  return { start, takeUp, networkChanged, stop };
}
