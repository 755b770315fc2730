import { describe, expect, it } from 'vitest';
import type { Alert } from '../alerts/alert.js';
import { fleetTotals } from '../../bridge/fleet/totals.js';
import { aKnownServer } from '../../tests/support/entities.js';
import { aProblem } from '../../tests/support/a-problem.js';
import {
  aFleet,
  aPanelServer,
  aRecord,
  FakeHistories,
  FakePanel,
  someResources,
} from '../../tests/support/fleet-fakes.js';
import { saying } from '../../tests/support/spoken-problem.js';
import { serverCalls } from '../actions/servers/calls.js';
import { aNotifier } from '../../tests/support/a-notifier.js';
import type { KnownServer } from '../../bridge/schema/known-server.js';
import type { LastKnown } from '../base/ports.js';
import { LastKnownState } from './last-known-state.js';
import { RememberedUsage } from '../../tests/support/remembered-usage.js';
import { UsageLog } from './usage/usage-log.js';

const minute = 60_000;

class FakeLastKnown implements LastKnown {
  readonly saved: (readonly KnownServer[])[] = [];

  load(): Promise<readonly KnownServer[]> {
    return Promise.resolve([]);
  }

  save(servers: readonly KnownServer[]): Promise<void> {
    this.saved.push(servers);
    return Promise.resolve();
  }

  get last(): readonly KnownServer[] {
    return this.saved.at(-1) ?? [];
  }
}

function rig() {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0')];
  const fleet = aFleet(panel);
  const lastKnown = new FakeLastKnown();
  const { clock, store } = fleet;
  const lastKnownState = new LastKnownState({ store, clock, lastKnown });
  const known = (uuid: string, fields: Partial<KnownServer> = {}): KnownServer =>
    aKnownServer({
      id: `home/${uuid}`,
      uuid,
      identifier: uuid,
      isOwner: false,
      lastRun: {
        at: clock.wall() - 12 * minute,
        state: 'running',
        usage: someResources().usage,
      },
      ...fields,
    });
  return { ...fleet, lastKnown, lastKnownState, known };
}

describe('the knowledge of the last run', () => {
  it('is shown before any panel has answered, and is not relied on', () => {
    const { clock, known, lastKnownState, server, store } = rig();
    clock.jump(60 * minute);
    lastKnownState.start([known('u0')], [aRecord()]);
    expect(server('u0')).toMatchObject({
      power: null,
      usage: null,
      permissions: null,
      link: { kind: 'none' },
    });
    expect(server('u0').lastRun).toMatchObject({ at: clock.now() - 12 * minute, state: 'running' });
    expect(fleetTotals(store.state)).toMatchObject({ cpuPercent: 0, counts: { running: 0, unread: 1 } });
  });

  it('has no time in the future, whatever happened to the clock', () => {
    const { clock, known, lastKnownState, server } = rig();
    const one = known('u0');
    clock.jump(-60 * minute);
    lastKnownState.start([one], [aRecord()]);
    expect(server('u0').lastRun?.at).toBe(clock.now());
  });

  it('leaves out servers of accounts that are gone', () => {
    const { known, lastKnownState, store } = rig();
    lastKnownState.start([known('u0'), known('u1', { accountId: 'gone' })], [aRecord()]);
    expect([...store.state.servers.keys()]).toEqual(['home/u0']);
  });

  it('is replaced by observed states, without an alert or old figures', async () => {
    const { clock, fleet, known, lastKnownState, server, session, store } = rig();
    const told: Alert[] = [];
    const usageLog = new UsageLog({ store, clock, memory: new RememberedUsage(clock) });
    const alerts = aNotifier({ store, clock, onAlert: (alert) => told.push(alert) });
    usageLog.start();
    alerts.start();
    lastKnownState.start([known('u0')], [aRecord()]);
    fleet.start([aRecord()]);
    await clock.advance(1000);
    expect(server('u0').lastRun).toMatchObject({ state: 'running' });
    session('u0').tell({ kind: 'link', link: { kind: 'live' } });
    session('u0').tell({ kind: 'power', power: 'offline' });
    await clock.advance(2 * minute);
    expect(server('u0')).toMatchObject({ power: 'offline', lastRun: null });
    expect(told).toEqual([]);
    usageLog.watch('home/u0', { snapshot: (samples) => expect(samples).toEqual([]), added: () => undefined });
    expect.assertions(4);
  });

  it('ends with the first list without the server', async () => {
    const { clock, fleet, known, lastKnownState, store } = rig();
    lastKnownState.start([known('u0'), known('u1'), known('u2')], [aRecord()]);
    fleet.start([aRecord()]);
    // More than half of the servers are missing, so Perch reads the list once more.
    await clock.advance(4000);
    expect([...store.state.servers.keys()]).toEqual(['home/u0']);
  });

  it('stays while the panel is down, and allows no action', async () => {
    const { clock, fleet, known, panel, lastKnownState, server, store } = rig();
    panel.problems.set('servers', aProblem('panel-unreachable'));
    lastKnownState.start([known('u0')], [aRecord()]);
    fleet.start([aRecord()]);
    await clock.advance(1000);
    expect(fleet.account('home')?.state.kind).toBe('failed');
    expect(server('u0').lastRun?.state).toBe('running');
    const calls = serverCalls({ store, fleet, histories: new FakeHistories(), startupSet: () => undefined });
    const send = calls['power.send']({ serverId: 'home/u0', signal: 'stop' });
    await expect(send).rejects.toMatchObject({
      problem: { code: 'conflict', message: saying(/is still loading/) },
    });
  });
});

describe('the knowledge of this run', () => {
  it('is saved at most once a minute, and at the end', async () => {
    const { clock, lastKnown, live, lastKnownState } = rig();
    lastKnownState.start([], [aRecord()]);
    await live();
    expect(lastKnown.saved).toHaveLength(0);
    await clock.advance(minute);
    expect(lastKnown.saved).toHaveLength(1);
    clock.jump(60 * minute);
    await lastKnownState.stop();
    expect(lastKnown.last).toMatchObject([
      { id: 'home/u0', lastRun: { at: clock.wall(), state: 'running' } },
    ]);
    expect(JSON.stringify(lastKnown.last)).not.toContain('permissions');
  });

  it('has the newest good backup, also where it is known that there is none', async () => {
    const { known, lastKnown, lastKnownState, server } = rig();
    const lastBackup = { id: 'b', at: 5, bytes: 7, everyMs: null };
    lastKnownState.start(
      [known('u0', { lastBackup }), known('u1', { lastBackup: null }), known('u2')],
      [aRecord()],
    );
    expect([server('u0').lastBackup, server('u1').lastBackup]).toEqual([lastBackup, null]);
    await lastKnownState.stop();
    expect(lastKnown.last.map((kept) => kept.lastBackup)).toEqual([lastBackup, null, undefined]);
  });

  it('has the facts of the panel that only the settings show', async () => {
    const { known, lastKnown, lastKnownState, server } = rig();
    const facts = { egg: 'Paper', features: ['eula'], internalId: 7 };
    lastKnownState.start([known('u0', facts), known('u1')], [aRecord()]);
    expect(server('u0')).toMatchObject(facts);
    await lastKnownState.stop();
    expect(lastKnown.last[0]).toMatchObject(facts);
    expect(lastKnown.last[1]).not.toHaveProperty('features');
  });

  it('keeps the time at which a state was seen', async () => {
    const { clock, lastKnown, live, lastKnownState, session } = rig();
    lastKnownState.start([], [aRecord()]);
    await live();
    const seenAt = clock.now();
    session('u0').tell({
      kind: 'link',
      link: { kind: 'reconnecting', retryAt: clock.now() + 1000, problem: null },
    });
    await clock.advance(500);
    await lastKnownState.stop();
    expect(lastKnown.last[0]?.lastRun).toMatchObject({ at: seenAt, state: 'running' });
  });

  it('follows the last list for a closed server, which has no state', async () => {
    const { clock, known, lastKnown, live, panel, lastKnownState } = rig();
    panel.list = [aPanelServer('u0', { condition: 'suspended' })];
    lastKnownState.start([known('u0')], [aRecord()]);
    await live();
    const listedAt = clock.now();
    panel.problems.set('servers', aProblem('panel-unreachable'));
    await clock.advance(10 * minute);
    await lastKnownState.stop();
    const { condition, lastRun } = lastKnown.last[0] ?? {};
    expect(condition).toBe('suspended');
    expect(lastRun).toMatchObject({ state: null, usage: null });
    expect(Math.abs((lastRun?.at ?? 0) - listedAt)).toBeLessThan(minute);
  });

  it("keeps the earlier run's state if this run has seen none", async () => {
    const { known, lastKnown, lastKnownState } = rig();
    const one = known('u0');
    lastKnownState.start([one], [aRecord()]);
    await lastKnownState.stop();
    expect(lastKnown.last).toEqual([one]);
  });

  it('is forgotten with its account at once, and has nothing of the demo', async () => {
    const { clock, fleet, lastKnown, live, lastKnownState } = rig();
    lastKnownState.start([], [aRecord()]);
    await live();
    await fleet.removeAccount('home');
    expect(lastKnown.saved).toEqual([[]]);
    fleet.addAccount(aRecord({ isDemo: true }), null);
    await clock.advance(2 * minute);
    expect(lastKnown.last).toEqual([]);
  });

  it('is not saved without a successful start', async () => {
    const { lastKnown, lastKnownState } = rig();
    await lastKnownState.stop();
    expect(lastKnown.saved).toEqual([]);
  });
});
