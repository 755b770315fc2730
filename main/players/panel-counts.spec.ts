/**
 * Which panels Perch asks for players, when, and how far Perch trusts the panel's number (PLAYERS "The panel's
 * number").
 */
import { describe, expect, it } from 'vitest';
import { aProblem } from '../../tests/support/a-problem.js';
import { anAccount } from '../../tests/support/entities.js';
import { aCountsRig, counted, refused } from '../../tests/support/fake-panel-counts.js';
import { anAnswer, aPlace } from '../../tests/support/fake-queries.js';

const minute = 60_000;
const hour = 60 * minute;

/** The most calls for one server within any minute. */
function mostInMinute(asked: readonly { readonly at: number; readonly uuid: string }[]): number {
  return Math.max(
    0,
    ...asked.map(
      ({ at, uuid }) =>
        asked.filter((one) => one.uuid === uuid && one.at >= at && one.at < at + minute).length,
    ),
  );
}

describe('the panel is asked', () => {
  it('for a game that Perch cannot ask, once the user sees the server', async () => {
    const { counts, clock, interests, asked, pelican, row, start } = aCountsRig();
    const id = pelican('a');
    start();
    await clock.advance(10 * minute);
    expect(asked).toEqual([]);
    interests.setShown(1, [id]);
    await clock.advance(5000);
    expect(asked.map(({ what }) => what)).toEqual(['count']);
    expect(row(id).players).toMatchObject({ count: 3, slots: 20, source: 'panel' });
    expect(row(id).reach ?? null, 'what the panel hears says nothing about this computer').toBeNull();
    expect(counts.stateOf(row(id))?.state).toBe('answers');
    await clock.advance(10 * minute);
    expect(asked.length).toBeGreaterThanOrEqual(9);
    expect(mostInMinute(asked)).toBe(1);
  });

  it('never of Pterodactyl, whatever its servers answer', async () => {
    const { clock, interests, asked, add, places, start, counts } = aCountsRig();
    places.set('a', []);
    const id = add('a', { identifier: 'a' });
    start();
    interests.setShown(1, [id]);
    counts.show(id);
    counts.askNow(id);
    await clock.advance(hour);
    expect(asked).toEqual([]);
  });

  it('only while the game gives this computer no number, and its answer comes first', async () => {
    const { clock, interests, games, places, asked, pelican, row, start } = aCountsRig();
    places.set('a', [aPlace('a')]);
    const id = pelican('a');
    games.set('a', () => anAnswer({ players: 5 }));
    interests.setShown(1, [id]);
    start();
    await clock.advance(10 * minute);
    expect(asked).toEqual([]);
    games.set('a', () => 'silent');
    await clock.advance(3 * minute);
    expect(row(id).players).toMatchObject({ count: 3, source: 'panel' });
    games.set('a', () => anAnswer({ players: 5 }));
    await clock.advance(2 * minute);
    expect(row(id).players).toMatchObject({ count: 5, source: 'query' });
    const before = asked.length;
    await clock.advance(10 * minute);
    expect(asked).toHaveLength(before);
  });

  it('for a game that answers without a number, or that a proxy keeps away', async () => {
    const { clock, interests, games, places, pelican, row, start } = aCountsRig();
    for (const uuid of ['a', 'b']) places.set(uuid, [aPlace(uuid)]);
    const [first, second] = [pelican('a'), pelican('b')];
    games.set('a', () => anAnswer({ players: null }));
    games.set('b', () => 'no-udp');
    interests.setShown(1, [first, second]);
    start();
    await clock.advance(2 * minute);
    expect([row(first).players?.source, row(second).players?.source]).toEqual(['panel', 'panel']);
  });

  it('for names only while the user looks at them and somebody is on, within two questions a minute', async () => {
    const { clock, counts, asked, panels, pelican, row, start } = aCountsRig();
    const id = pelican('a', { game: 'minecraft' });
    const heard: unknown[] = [];
    counts.onNames((_, names) => heard.push(names));
    start();
    const end = counts.show(id);
    await clock.advance(10_000);
    expect(asked.map(({ what }) => what)).toEqual(['count', 'names']);
    expect(counts.stateOf(row(id))?.byName.all?.map(({ name }) => name)).toEqual(['Wren', 'Saga']);
    expect(heard).toEqual([['Wren', 'Saga']]);
    for (let press = 0; press < 30; press++) {
      counts.askNow(id);
      await clock.advance(7000);
    }
    expect(mostInMinute(asked)).toBe(2);
    panels.set('a', { count: counted(0), names: refused('no-names') });
    await clock.advance(2 * minute);
    const names = asked.filter(({ what }) => what === 'names').length;
    await clock.advance(5 * minute);
    expect(asked.filter(({ what }) => what === 'names')).toHaveLength(names);
    expect(counts.stateOf(row(id))?.byName.all).toEqual([]);
    end();
  });

  it('for no names of a game that invents them, and for none in a list of servers', async () => {
    const { clock, counts, interests, asked, pelican, start } = aCountsRig();
    const [rust, other] = [pelican('a', { game: 'rust' }), pelican('b', { game: 'minecraft' })];
    start();
    counts.show(rust);
    interests.setShown(1, [other]);
    await clock.advance(10 * minute);
    expect(asked.some(({ what }) => what === 'names')).toBe(false);
  });

  it('rarely out of sight, for the servers seen last and the pinned ones, in the spare calls of the account', async () => {
    const { clock, interests, panel, asked, pelican, start } = aCountsRig();
    const ids = Array.from({ length: 1000 }, (_, index) => pelican(`s${index}`));
    interests.setPreferences({ pinned: ['home/s999'], liveLimit: null });
    start();
    await clock.advance(10 * minute);
    expect(new Set(asked.map(({ uuid }) => uuid))).toEqual(new Set(['s999']));
    interests.setShown(1, ids.slice(0, 40));
    await clock.advance(10 * minute);
    interests.setShown(1, []);
    await clock.advance(minute);
    const [inSight, before] = [panel.spare, asked.length];
    await clock.advance(30 * minute);
    const unseen = asked.slice(before);
    expect(panel.spare).toBe(inSight);
    expect(new Set(unseen.map(({ uuid }) => uuid)).size).toBeLessThanOrEqual(16);
    expect(unseen.some(({ uuid }) => uuid === 's999')).toBe(true);
    expect(unseen.length / 30).toBeLessThanOrEqual(5.5);
    for (const { at } of asked)
      expect(asked.filter((one) => one.at > at - minute && one.at <= at).length).toBeLessThanOrEqual(12);
    expect(mostInMinute(asked)).toBe(1);
  });

  it('once for all accounts that see the server, and both rows show the number', async () => {
    const { clock, store, interests, asked, pelican, row, start, settings } = aCountsRig();
    store.apply([{ kind: 'account-upserted', account: anAccount({ id: 'work' }) }]);
    const [home, work] = [pelican('a'), pelican('a', { accountId: 'work' })];
    interests.setShown(1, [home, work]);
    start();
    await clock.advance(10 * minute);
    expect(mostInMinute(asked)).toBe(1);
    expect([row(home).players?.count, row(work).players?.count]).toEqual([3, 3]);
    settings.change({ playerQueries: { isOn: true, offAccounts: ['home', 'work'] } });
    await clock.advance(2000);
    expect([row(home).players, row(work).players]).toEqual([null, null]);
  });

  it('not where questions are off, the server does not run or is closed, or the account has failed', async () => {
    const { clock, counts, settings, asked, pelican, power, row, account, start, store } = aCountsRig();
    const id = pelican('a');
    start();
    counts.show(id);
    await clock.advance(10_000);
    expect(row(id).players?.count).toBe(3);
    const silent = async (): Promise<void> => {
      await clock.advance(2000);
      const before = asked.length;
      await clock.advance(10 * minute);
      expect(asked).toHaveLength(before);
      expect(row(id).players ?? null).toBeNull();
    };
    settings.change({ playerQueries: { isOn: false, offAccounts: [] } });
    await silent();
    settings.change({ playerQueries: { isOn: true, offAccounts: [] } });
    await clock.advance(2 * minute);
    power(id, 'offline');
    await silent();
    power(id, 'running');
    await clock.advance(2 * minute);
    expect(row(id).players?.count).toBe(3);
    account('home', 'failed');
    await silent();
    account('home', 'ready');
    await clock.advance(2 * minute);
    store.apply([{ kind: 'server-upserted', server: { ...row(id), condition: 'suspended' } }]);
    await silent();
  });
});

describe('a panel without the plugin', () => {
  it('is asked once for all its servers, and again after hours', async () => {
    const { clock, interests, panels, asked, pelican, row, start } = aCountsRig();
    const ids = Array.from({ length: 50 }, (_, index) => pelican(`s${index}`));
    panels.clear();
    interests.setShown(1, ids);
    start();
    await clock.advance(5 * hour);
    expect(asked).toHaveLength(1);
    expect(ids.map((id) => row(id).players ?? null).every((players) => players === null)).toBe(true);
    await clock.advance(2 * hour);
    expect(asked).toHaveLength(2);
  });

  it('is asked again after it was away, as for an update, and when the user asks', async () => {
    const { clock, counts, interests, panels, asked, pelican, account, start } = aCountsRig();
    const id = pelican('a');
    panels.clear();
    interests.setShown(1, [id]);
    start();
    await clock.advance(10 * minute);
    expect(asked).toHaveLength(1);
    account('home', 'failed');
    await clock.advance(minute);
    account('home', 'ready');
    await clock.advance(10 * minute);
    expect(asked).toHaveLength(2);
    counts.askNow(id);
    await clock.advance(10 * minute);
    expect(asked).toHaveLength(3);
  });
});

describe('without a number', () => {
  it.each([
    ['no-query', 'no-query'],
    ['no-address', 'no-address'],
    ['silent', 'silent'],
    ['offline', null],
  ] as const)('(%s) the row shows none, and the panel is asked less', async (why, state) => {
    const { clock, counts, interests, panels, asked, pelican, row, start } = aCountsRig();
    const id = pelican('a', {}, { count: refused(why) });
    interests.setShown(1, [id]);
    start();
    await clock.advance(10_000);
    expect(row(id).players ?? null).toBeNull();
    expect(counts.stateOf(row(id))?.state).toBe(state);
    await clock.advance(hour);
    if (why !== 'offline') expect(asked.length).toBeLessThanOrEqual(8);
    panels.set('a', { count: counted(1), names: refused('no-names') });
    counts.askNow(id);
    await clock.advance(10_000);
    expect(row(id).players?.count).toBe(1);
  });

  it('a refused account is reported, and asked again after half an hour at the earliest', async () => {
    const { clock, counts, interests, asked, pelican, row, start } = aCountsRig();
    const id = pelican('a', {}, { count: aProblem('forbidden') });
    interests.setShown(1, [id]);
    start();
    await clock.advance(20 * minute);
    expect(asked).toHaveLength(1);
    expect(counts.stateOf(row(id))?.state).toBe('forbidden');
  });

  it('the limit of the plugin is waited for, also when the user asks', async () => {
    const { clock, counts, interests, asked, pelican, start } = aCountsRig();
    const until = clock.now() + 5 * minute;
    const id = pelican('a', {}, { count: aProblem('rate-limited', { ofServer: true, retryAt: until }) });
    interests.setShown(1, [id]);
    start();
    await clock.advance(10_000);
    counts.askNow(id);
    await clock.advance(4 * minute);
    expect(asked).toHaveLength(1);
    await clock.advance(2 * minute);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('a panel that fails is asked less and less, and an older number counts for five minutes', async () => {
    const { clock, interests, panels, asked, pelican, row, start } = aCountsRig();
    const id = pelican('a');
    interests.setShown(1, [id]);
    start();
    await clock.advance(10_000);
    panels.set('a', { count: aProblem('panel-error'), names: aProblem('panel-error') });
    await clock.advance(4 * minute);
    expect(row(id).players?.count).toBe(3);
    await clock.advance(minute);
    expect(row(id).players).toBeNull();
    const before = asked.length;
    await clock.advance(2 * hour);
    expect(asked.length - before).toBeLessThanOrEqual(7);
  });

  it('names that the panel refuses do not hide the number', async () => {
    const { clock, counts, asked, pelican, row, start } = aCountsRig();
    const id = pelican('a', {}, { names: aProblem('panel-error') });
    start();
    counts.show(id);
    await clock.advance(20 * minute);
    expect(row(id).players?.count).toBe(3);
    expect(counts.stateOf(row(id))?.byName.all).toBeNull();
    expect(asked.filter(({ what }) => what === 'names')).toHaveLength(1);
  });
});

describe('an answer', () => {
  it('that comes after a restart does not count', async () => {
    const { clock, counts, panel, panels, pelican, power, row, start } = aCountsRig();
    const id = pelican('a');
    panel.takesMs = 9000;
    start();
    counts.show(id);
    await clock.advance(3000);
    power(id, 'offline');
    await clock.advance(1000);
    power(id, 'running');
    panels.set('a', { count: refused('silent'), names: refused('no-names') });
    panel.takesMs = 200;
    await clock.advance(20_000);
    expect(row(id).players ?? null).toBeNull();
  });

  it.each([
    ['more players than a server has', counted(1e9)],
    ['a part of a player', counted(1.5)],
    ['less than nobody', counted(-1)],
  ])('with %s is no answer', async (_, count) => {
    const { clock, interests, pelican, row, start } = aCountsRig();
    const id = pelican('a', {}, { count });
    interests.setShown(1, [id]);
    start();
    await clock.advance(10_000);
    expect(row(id).players ?? null).toBeNull();
  });

  it('may hold hostile names', async () => {
    const { clock, counts, pelican, row, start } = aCountsRig();
    const names = ['\u202eevil\n', '', 'x'.repeat(100_000), ...Array.from({ length: 5000 }, () => 'Twin')];
    const id = pelican('a', {}, { names: { kind: 'named', names } });
    start();
    counts.show(id);
    await clock.advance(10_000);
    const shown = counts.stateOf(row(id))?.byName.all ?? [];
    expect(shown.length).toBeLessThanOrEqual(1000);
    expect(shown[0]).toMatchObject({ name: 'evil', isAltered: true });
    expect(Math.max(...shown.map(({ name }) => name.length))).toBeLessThan(200);
  });

  it('is asked for again soon if other calls took the turn', async () => {
    const { clock, interests, panel, asked, pelican, row, start } = aCountsRig();
    const id = pelican('a');
    panel.drops = true;
    interests.setShown(1, [id]);
    start();
    await clock.advance(minute);
    expect(asked).toEqual([]);
    expect(panel.spare).toBeLessThanOrEqual(7);
    panel.drops = false;
    await clock.advance(11_000);
    expect(row(id).players?.count).toBe(3);
  });
});
