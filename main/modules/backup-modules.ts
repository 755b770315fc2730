import { randomUUID } from 'node:crypto';
import { placeOf } from '../../bridge/alerts/alert-settings.js';
import { backupPolicyOf } from '../../bridge/backups/backup-rules.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { Actions } from '../actions/actions.js';
import { fileBackupPanel, readyForFileBackup } from '../actions/servers/file-backup-panel.js';
import { findRoom, readyForBackup, readyForQuiet } from '../actions/servers/quiet-checks.js';
import { backUpWhole, type FollowedBackup } from '../backups/back-up-whole.js';
import { Backups } from '../backups/backups.js';
import { BegunBackups } from '../backups/begun-backups.js';
import { Copies } from '../backups/copies.js';
import { copyCalls } from '../backups/copies-calls.js';
import { copiesSource } from '../backups/copies-source.js';
import { CopyContents } from '../backups/copy-contents.js';
import { FileBackupRecords } from '../backups/file-backup-records.js';
import { FileBackups } from '../backups/file-backups.js';
import { madeByRuleFor } from '../backups/made-by-rule.js';
import { NewestBackups } from '../backups/newest-backups.js';
import { EarlierPlans } from '../backup-plans/earlier-plans.js';
import { PlannedBackups, type PlannedBackupsDeps } from '../backup-plans/planned-backups.js';
import { QuietBackups } from '../backups/quiet-backups.js';
import type { WantedBackup } from '../backups/quiet-run.js';
import { RetentionRunner } from '../backups/retention-runner.js';
import { whenListed } from '../backups/when-listed.js';
import type { CallTable } from '../base/calls.js';
import { copied, valueSource, type Sources } from '../base/feed-source.js';
import { byRule } from '../base/server-fact.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';
import type { TransferModules } from './transfer-modules.js';

export interface BackupModulesDeps extends Shared, Pick<FleetModules, 'fleet'>, TransferModules {
  /** The actions need the lists of backups, so they are built later. */
  readonly actions: () => Pick<Actions, 'power.send' | 'backups.create' | 'backups.delete'>;
  /** Runs the plans as rules; built later. */
  readonly ruleDriver: PlannedBackupsDeps['driver'];
  /** The newest events of the log. */
  readonly events: () => readonly HistoryEvent[];
  /** Sends a command of Perch's own, also if it may have arrived before. */
  readonly sendOwnCommand: (serverId: string, command: string) => Promise<unknown>;
}

export type BackupModules = ReturnType<typeof backupModules>;

/** Builds the lists of backups, and what makes, keeps, fetches and removes backups. */
export function backupModules(deps: BackupModulesDeps) {
  const { store, fleet, disk, actions, sendOwnCommand } = deps;
  const { settings, memory } = disk;
  const shared = { ...deps, facts: fleet.facts, settings, memory };
  const backups = new Backups({
    ...shared,
    madeByRule: (serverId) => madeByRuleFor(memory.current.madeByRule, serverId),
  });
  const begunBackups = new BegunBackups({ ...shared, backups });
  const copies = new Copies({ ...shared, backups, offer: deps.backupToDownload });
  const copyContents = new CopyContents({ ...shared, copies });
  const fileBackups = new FileBackups({
    ...shared,
    records: new FileBackupRecords(memory, deps.log),
    ready: (serverId) => readyForFileBackup({ store, fleet }, serverId),
    panelOf: (serverId) => fileBackupPanel({ store, fleet }, serverId),
    whenListed: (serverId, run) => whenListed({ store, fleet }, serverId, run),
    folder: (serverId) => copies.folderFor(serverId),
    newId: randomUUID,
  });
  const newestBackups = new NewestBackups({
    ...shared,
    goodDays: ({ id: serverId, accountId }) => {
      const place = placeOf(settings.current, { serverId, accountId });
      return backupPolicyOf(settings.current.backupRules, place).goodDays;
    },
  });
  const retention = new RetentionRunner({
    ...shared,
    events: deps.events,
    read: (serverId) => backups.read(serverId),
    ready: async (serverId, isQuiet) =>
      isQuiet ? quiet.ready(serverId) : readyForBackup({ store, fleet }, serverId),
    remove: (serverId, backup) => actions()['backups.delete']({ serverId, backup }, byRule),
    create: (wanted) => create(wanted),
    quiet: { begin: (wanted) => quiet.begin(wanted), made: (serverId) => quiet.made(serverId) },
  });
  const plans = new PlannedBackups({
    ...shared,
    newId: randomUUID,
    driver: deps.ruleDriver,
    begin: (serverId, quietly) => retention.backUp(serverId, '', quietly),
  });
  const earlierPlans = new EarlierPlans({ ...shared, troubles: plans.troubles });
  const create = ({ isByRule, ...wanted }: WantedBackup): Promise<Backup> =>
    actions()['backups.create']({ ...wanted, ignored: [...wanted.ignored] }, isByRule && byRule);
  const quiet = new QuietBackups({
    ...shared,
    consoles: fleet.consoles,
    kept: disk.quiet,
    backups,
    prepare: (serverId, meansOf) => readyForQuiet({ store, fleet }, serverId, meansOf),
    findRoom: (server) => findRoom({ store, backups }, server),
    sendCommand: sendOwnCommand,
    sendPower: (serverId, signal: PowerSignal) => actions()['power.send']({ serverId, signal }),
    create,
  });
  const calls = {
    ...copyCalls(copies, copyContents),
    'backups.here': async ({ serverId }) => void (await fileBackups.begin(serverId)),
    'backups.quietly': (wanted) => quiet.begin(wanted),
    'backups.bringBack': ({ serverId }) => quiet.bringBack(serverId),
    'backups.catchUp': ({ serverIds }) => plans.catchUp(serverIds),
  } satisfies CallTable;
  const sources = {
    backups: backups.source,
    copies: copiesSource({ ...shared, copies }),
    copyFiles: copyContents.source,
    fileBackups: valueSource(copied(fileBackups)),
    quiet: valueSource(copied(quiet)),
    plans: valueSource(copied(plans)),
  } satisfies Partial<Sources>;

  function start(): void {
    backups.start();
    retention.start();
    begunBackups.start();
    copies.start();
    newestBackups.start();
  }

  async function stop(): Promise<void> {
    plans.stop();
    copies.stop();
    fileBackups.stop();
    retention.stop();
    await quiet.stop();
    begunBackups.stop();
    backups.stop();
    newestBackups.stop();
  }

  const whole = (serverId: string, isQuiet: boolean): Promise<FollowedBackup> =>
    backUpWhole({ backups, quiet, create }, serverId, isQuiet);

  return {
    backUpWhole: whole,
    backups,
    begunBackups,
    copies,
    copyContents,
    fileBackups,
    newestBackups,
    retention,
    quiet,
    plans,
    earlierPlans,
    calls,
    sources,
    start,
    stop,
  };
}
