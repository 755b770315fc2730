import { describe, expect, it } from 'vitest';
import type { Change } from '../../bridge/fleet/changes.js';
import { aServer } from '../../tests/support/entities.js';
import { aFleet, aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';

function panelWith(count: number): FakePanel {
  const panel = new FakePanel();
  panel.list = Array.from({ length: count }, (_, index) => aPanelServer(`u${index}`));
  return panel;
}

describe('the coverage of a fleet', () => {
  it('opens a session for every server of a large fleet, visible ones first, within half of the limit', async () => {
    const { fleet, clock, panel, opened, store } = aFleet(panelWith(200));
    panel.limit = 256;
    fleet.interests.setShown(1, ['home/u150', 'home/u190']);
    fleet.interests.setPreferences({ pinned: ['home/u199'], liveLimit: null });
    fleet.start([aRecord()]);
    await clock.advance(1000);
    const uuids = opened.map(({ server }) => server.uuid);
    expect(uuids.slice(0, 4)).toEqual(['u199', 'u150', 'u190', 'u0']);
    await clock.advance(58_000);
    expect(opened).toHaveLength(128);
    await clock.advance(36_000);
    expect(opened).toHaveLength(200);
    expect(panel.count('resources')).toBe(0);
    expect(store.state.servers.size).toBe(200);
  });

  it('reads pinned, visible and last running servers first, also within a small limit', async () => {
    const { fleet, clock, panel, opened, store } = aFleet(panelWith(70));
    panel.limit = 30;
    const before = (uuid: string, state: 'running' | 'offline'): Change => ({
      kind: 'server-upserted',
      server: aServer({ id: `home/${uuid}`, uuid, power: null, lastRun: { at: 0, state, usage: null } }),
    });
    store.apply(panel.list.map(({ uuid }, at) => before(uuid, at % 10 === 9 ? 'running' : 'offline')));
    fleet.interests.setShown(1, ['home/u50']);
    fleet.interests.setPreferences({ pinned: ['home/u60'], liveLimit: null });
    fleet.start([aRecord()]);
    await clock.advance(30_000);
    const uuids = opened.map(({ server }) => server.uuid);
    expect(uuids.slice(0, 9)).toEqual(['u60', 'u50', 'u9', 'u19', 'u29', 'u39', 'u49', 'u59', 'u69']);
  });

  it('reports the length of a poll round if it is longer than windows expect', async () => {
    const { fleet, clock, store } = aFleet(panelWith(200));
    const round = () => store.state.accounts.get('home')?.roundMs;
    fleet.interests.setPreferences({ pinned: [], liveLimit: 0 });
    fleet.start([aRecord()]);
    await clock.advance(1000);
    // 200 servers at 64 calls a minute.
    expect(round()).toBe(210_000);
    fleet.interests.setPreferences({ pinned: [], liveLimit: null });
    await clock.advance(300_000);
    expect(round()).toBeUndefined();
  });

  it('follows settings and windows, and ends surplus sessions', async () => {
    const { fleet, clock, opened, pollOnly, store } = aFleet(panelWith(3));
    fleet.interests.setPreferences({ pinned: [], liveLimit: 2 });
    fleet.start([aRecord()]);
    await clock.advance(1000);
    const live = () => opened.filter(({ isStarted }) => isStarted).map(({ server }) => server.uuid);
    expect(live()).toEqual(['u0', 'u1']);
    const heldBack = () => store.state.accounts.get('home')?.heldBack;
    expect(heldBack()).toEqual({ by: 'setting', places: 2, callsPerMinute: null });
    fleet.interests.setPreferences({ pinned: [], liveLimit: null });
    await clock.advance(1000);
    expect(live()).toEqual(['u0', 'u1', 'u2']);
    expect(heldBack()).toBeUndefined();
    pollOnly();
    await clock.advance(1000);
    expect(live()).toEqual([]);
  });

  it('shares the limit of the settings among accounts', async () => {
    const { fleet, clock, opened, panel } = aFleet(panelWith(6));
    fleet.interests.setPreferences({ pinned: [], liveLimit: 6 });
    fleet.start([aRecord(), aRecord({ id: 'work' })]);
    await clock.advance(1000);
    const live = opened.filter(({ isStarted }) => isStarted).map(({ server }) => server.accountId);
    expect(live.sort()).toEqual(['home', 'home', 'home', 'work', 'work', 'work']);
    expect(panel.count('resources')).toBe(6);
  });
});
