import { describe, expect, it } from 'vitest';
import { anAccount } from '../../tests/support/entities.js';
import { anEventsRig } from '../../tests/support/events-rig.js';
import { aProblem } from '../../tests/support/a-problem.js';

const minute = 60_000;
const live = { kind: 'live' } as const;
const away = {
  link: { kind: 'reconnecting', retryAt: 0, problem: null } as const,
  problem: aProblem('node-unreachable'),
};

/** Servers that two accounts of one panel see, on one node. */
function aFleet() {
  const rig = anEventsRig();
  for (const id of ['home', 'work']) rig.tell({ id });
  const [home, work] = ['home', 'work'].map((accountId) =>
    rig.addServer({ id: `${accountId}/${accountId}`, accountId, power: 'running', link: live }),
  );
  const remove = (accountId: string): void => rig.store.apply([{ kind: 'account-removed', accountId }]);
  const kinds = () => rig.log.recent.map(({ what }) => what.kind);
  return { ...rig, home: home ?? '', work: work ?? '', remove, kinds };
}

describe('an account that the person removes', () => {
  it('takes its unwritten events of servers and panel with it, and no events of others', async () => {
    const { clock, tell, patch, home, work, remove, log } = aFleet();
    await clock.advance(minute);
    for (const id of [home, work]) patch(id, { power: 'offline' });
    tell({ id: 'home', state: { kind: 'failed', problem: aProblem('unauthorized'), retryAt: 0 } });
    remove('home');
    await clock.advance(5 * minute);
    expect(log.recent.filter(({ what }) => what.kind !== 'added').map(({ serverId }) => serverId)).toEqual([
      work,
    ]);
    expect(clock.pending).toBe(0);
  });

  it('leaves the node to the other account of the panel', async () => {
    const { clock, patch, home, work, remove, kinds } = aFleet();
    await clock.advance(minute);
    for (const id of [home, work]) patch(id, away);
    await clock.advance(30_000);
    remove('home');
    await clock.advance(2 * minute);
    expect(kinds()).toContain('node-unreachable');
  });

  it('ends the watch of a node that no account sees any more', async () => {
    const { clock, patch, home, work, remove, kinds } = aFleet();
    await clock.advance(minute);
    for (const id of [home, work]) patch(id, away);
    await clock.advance(30_000);
    remove('home');
    remove('work');
    remove('unknown');
    expect(clock.pending).toBe(0);
    await clock.advance(5 * minute);
    expect(kinds()).toEqual([]);
  });

  it('ends the watch of a node although accounts of other panels stay', async () => {
    const { clock, store, patch, home, work, remove } = aFleet();
    const other = anAccount({ id: 'other', panelUrl: 'https://other.example.com' });
    store.apply([{ kind: 'account-upserted', account: other }]);
    await clock.advance(minute);
    for (const id of [home, work]) patch(id, away);
    for (const accountId of ['home', 'work']) remove(accountId);
    expect(clock.pending).toBe(0);
  });

  it('of another panel changes nothing for the node', async () => {
    const { clock, store, patch, home, work, remove, kinds } = aFleet();
    const other = anAccount({ id: 'other', panelUrl: 'https://other.example.com' });
    store.apply([{ kind: 'account-upserted', account: other }]);
    await clock.advance(minute);
    for (const id of [home, work]) patch(id, away);
    remove('other');
    await clock.advance(2 * minute);
    expect(kinds()).toContain('node-unreachable');
  });

  it('has no events after the end', async () => {
    const { clock, events, patch, home, kinds } = aFleet();
    await clock.advance(minute);
    const before = kinds();
    patch(home, { power: 'offline' });
    events.stop();
    patch(home, { power: 'starting' });
    await clock.advance(5 * minute);
    expect(kinds()).toEqual(before);
    expect(clock.pending).toBe(0);
  });
});
