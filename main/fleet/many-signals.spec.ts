import { describe, expect, it } from 'vitest';
import type { PowerState } from '../../bridge/schema/domain.js';
import { PerchError } from '../../bridge/errors.js';
import { someMemory, someSettings } from '../../tests/support/entities.js';
import { HeldFields } from '../../tests/support/held-fields.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, aRecord, FakePanel, someResources } from '../../tests/support/fleet-fakes.js';
import { BulkPower } from '../actions/many/bulk-power.js';
import { refreshState, turnOf } from '../actions/servers/refresh-first.js';
import { sendPower } from '../actions/servers/send-power.js';

async function polled(count: number, limit: number, power: PowerState = 'offline') {
  const panel = new FakePanel();
  panel.limit = limit;
  panel.list = Array.from({ length: count }, (_, index) => aPanelServer(`u${index}`));
  for (const { uuid } of panel.list) panel.resourcesOf.set(uuid, someResources({ power }));
  const rig = aFleet(panel);
  rig.pollOnly();
  rig.fleet.start([aRecord()]);
  await rig.clock.advance(0);
  return rig;
}

describe('an action on many servers', () => {
  it('reads a server without a known state, and trusts a state from moments ago', async () => {
    const { clock, fleet, panel, server, store } = await polled(40, 60);
    expect(server('u39').power).toBeNull();
    const looking = refreshState({ store, fleet }, 'home/u39');
    await clock.advance(5000);
    await looking;
    expect(server('u39').power).toBe('offline');
    const before = panel.count('resources u39');
    await refreshState({ store, fleet }, 'home/u39');
    expect(panel.count('resources u39')).toBe(before);
  });

  it("reads a server again if its state is older than the panel's cache", async () => {
    const { clock, fleet, panel, server, store } = await polled(1, 60);
    await clock.advance(25_000);
    panel.resourcesOf.set('u0', someResources({ power: 'running' }));
    expect(server('u0').power).toBe('offline');
    const looking = refreshState({ store, fleet }, 'home/u0');
    await clock.advance(1000);
    await looking;
    expect(server('u0').power).toBe('running');
  });

  it('uses at most half of the limit in a minute, for any number of servers without a pause', async () => {
    const { clock, fleet, panel, store } = await polled(120, 60, 'running');
    const times: number[] = [];
    panel.resources = async (identifier) => {
      times.push(clock.now());
      return panel.resourcesOf.get(identifier) ?? someResources();
    };
    panel.power = async (identifier) => {
      times.push(clock.now());
      panel.resourcesOf.set(identifier, someResources({ power: 'offline' }));
    };
    const bulk = new BulkPower({
      store,
      clock,
      log: new FakeLog(),
      newId: () => 'run',
      copySchedule: () => Promise.reject(new Error('This copies nothing.')),
      setAccess: () => Promise.reject(new Error('This shares nothing.')),
      tellPlayers: () => Promise.reject(new Error('This action sends no messages.')),
      onEnded: () => undefined,
      settings: { current: someSettings({ bulkPauseMs: 0 }) },
      memory: new HeldFields(someMemory()),
      refresh: (serverId) => refreshState({ store, fleet }, serverId),
      turn: (serverId) => turnOf({ store, fleet }, serverId),
      sendPower: (serverId, signal) => sendPower({ store, fleet }, { serverId, signal }),
      backUp: () => Promise.reject(new Error('This action makes no backups.')),
    });
    bulk.start(
      panel.list.map(({ uuid }) => `home/${uuid}`),
      'stop',
    );
    for (let minute = 0; minute < 30; minute++) await clock.advance(60_000);
    const outcomes = (bulk.current?.items ?? []).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome !== 'done')).toEqual([]);
    expect(outcomes).toHaveLength(120);
    const busiest = Math.max(...times.map((to) => times.filter((at) => at > to - 60_000 && at <= to).length));
    expect(busiest).toBeLessThanOrEqual(30);
    await fleet.stop();
  });

  it('uses the problem of a failing account, and reads none of its servers', async () => {
    const { clock, fleet, panel, store } = await polled(3, 60);
    panel.problems.set('servers', aProblem('panel-unreachable'));
    await clock.advance(70_000);
    const before = panel.asked.length;
    await expect(refreshState({ store, fleet }, 'home/u2')).rejects.toBeInstanceOf(PerchError);
    expect(panel.asked).toHaveLength(before);
  });
});
