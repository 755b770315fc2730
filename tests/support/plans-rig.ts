import { expect } from 'vitest';
import { calendarIn } from '../../bridge/backups/calendar.js';
import { PerchError, type Problem } from '../../bridge/errors.js';
import type { BackupChoices } from '../../bridge/schema/backup-rules.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { Memory } from '../../bridge/schema/memory.js';
import { Emitter } from '../../main/base/emitter.js';
import { Observable } from '../../main/base/observable.js';
import type { ServerFact, ToldFact } from '../../main/base/server-fact.js';
import { PlannedBackups } from '../../main/backups/planned-backups.js';
import { FleetStore } from '../../main/fleet/store.js';
import { anAccount, aServer, someMemory, someSettings } from './entities.js';
import { aRunningBackup } from './fake-backups.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';

export const hour = 3_600_000;
export const day = 24 * hour;
const plan: BackupChoices = { plan: { minute: 240, quietly: false } };
const calendar = calendarIn();
/** Midnight of a day, and the planned time after it. */
export const midnight = calendar.instantOf(calendar.dayOf(1_790_000_000_000), 0);
export const four = calendar.instantOf(calendar.dayOf(midnight), 240);
/** Perch with plans for servers of one panel, on a fake clock, from a midnight on. */
export function aPlansRig({
  choices = plan,
  servers = ['a'],
  kept = someMemory() as Pick<Memory, 'plannedBackups'>,
} = {}) {
  const clock = new FakeClock(midnight);
  const store = new FleetStore();
  const added = servers.map((uuid) => aServer({ id: `home/${uuid}`, uuid, name: uuid }));
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    ...added.map((server) => ({ kind: 'server-upserted', server }) as const),
  ]);
  const facts = new Emitter<ToldFact>();
  const told: Extract<ServerFact, { kind: 'plan-missed' }>[] = [];
  facts.listen(({ fact }) => void (fact.kind === 'plan-missed' && told.push(fact)));
  const settings = new Observable(
    someSettings({ backupRules: { all: choices, rules: [] }, bulkPauseMs: 2000 }),
  );
  const memory = {
    current: kept,
    update: async (change: () => Pick<Memory, 'plannedBackups'>) => void (memory.current = change()),
  };
  const begun: string[] = [];
  const panel = {
    isListed: true,
    restUntil: null as number | null,
    refuses: (_serverId: string): Problem | null => null,
    made: (serverId: string): Promise<Backup> => Promise.resolve(aRunningBackup(`of ${serverId}`)),
  };
  const run = () => {
    const plans = new PlannedBackups({
      clock,
      store,
      facts,
      settings,
      memory,
      log: new FakeLog(),
      fleet: { server: () => (panel.isListed ? ({} as never) : null) },
      restUntil: () => panel.restUntil,
      begin: async (serverId, quietly) => {
        const kept = memory.current.plannedBackups.find((record) => record.serverId === serverId);
        expect(kept?.last?.outcome).toBe('begun');
        begun.push(`${serverId.slice(5)}${quietly ? ' quietly' : ''} at ${clock.wall() - four}`);
        const problem = panel.refuses(serverId);
        if (problem !== null) throw new PerchError(problem);
        return { made: panel.made(serverId) };
      },
    });
    plans.start();
    return plans;
  };
  return { begun, clock, facts, memory, panel, run, settings, store, told };
}
