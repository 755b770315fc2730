import { describe, expect, it } from 'vitest';
import { aWhenEmptyRig, stopAfter20 } from '../../tests/support/when-empty-rig.js';
import { error, someUsage } from '../../tests/support/warned-rig.js';
import { anAccount, playersOnline } from '../../tests/support/entities.js';
import { spoken } from '../../messages/messages.js';

const minute = 60_000;
const id = 'home/a';
const notice = 'say Nobody is on: the server stops in 1 minute unless somebody joins.';
const stays = 'say The server stays on.';

describe('a server with a wish', () => {
  it('is stopped once nobody was on for the time, after a notice and one more answer', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20, { game: 'minecraft' });
    rig.begin();
    await rig.clock.advance(5 * minute);
    const first = rig.shown(id);
    expect(first).toMatchObject({ phase: 'counts', times: 0, problem: null });
    await rig.clock.advance((first?.at ?? 0) - rig.clock.now() - minute + 6000);
    expect(rig.whats()).toEqual([notice]);
    expect(rig.shown(id)?.phase).toBe('warned');
    const questions = rig.questions.length;
    await rig.clock.advance(minute + 20_000);
    expect(rig.whats()).toEqual([notice, 'stop']);
    expect(rig.questions.length).toBeGreaterThan(questions);
    expect(rig.shown(id)).toMatchObject({ phase: 'sent', times: 1 });
    // One signal for each process, however long it still runs.
    await rig.clock.advance(120 * minute);
    expect(rig.whats()).toEqual([notice, 'stop']);
    rig.power(id, 'stopping');
    rig.power(id, 'offline');
    expect(rig.shown(id)).toMatchObject({ phase: 'waits', why: 'not-running' });
    rig.power(id, 'starting');
    rig.power(id, 'running');
    await rig.clock.advance(19 * minute);
    expect(rig.whats()).toHaveLength(2);
    await rig.clock.advance(4 * minute);
    expect(rig.whats()).toEqual([notice, 'stop', notice, 'stop']);
    expect(rig.shown(id)?.times).toBe(2);
  });

  it('is left alone while somebody is on, and for the whole time after the last player', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    await rig.clock.advance(15 * minute);
    rig.players.set('a', 1);
    await rig.clock.advance(60 * minute);
    expect([rig.sent, rig.shown(id)?.why]).toEqual([[], 'players']);
    rig.players.set('a', 0);
    await rig.clock.advance(18 * minute);
    expect(rig.sent).toEqual([]);
    await rig.clock.advance(5 * minute);
    expect(rig.whats()).toEqual([notice, 'stop']);
  });

  it('is never stopped because its game is silent', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    await rig.clock.advance(15 * minute);
    rig.players.set('a', null);
    await rig.clock.advance(300 * minute);
    expect([rig.sent, rig.shown(id)]).toMatchObject([[], { phase: 'waits', why: 'unknown', at: null }]);
  });

  it('runs on if somebody joins between notice and signal', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    rig.hooks.command = () => rig.players.set('a', 1);
    await rig.clock.advance(40 * minute);
    expect(rig.whats()).toEqual([notice, stays]);
  });

  it('runs on if the last question stays without an answer, and says why', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    rig.hooks.look = () => rig.players.set('a', null);
    await rig.clock.advance(24 * minute);
    expect(rig.whats()).toEqual([notice, stays]);
    const problem = rig.shown(id)?.problem;
    expect(problem && spoken(problem.message)).toContain('did not say whether somebody is on');
  });

  it('runs on if somebody joins during the last question', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    rig.hooks.look = () => rig.players.set('a', 3);
    await rig.clock.advance(24 * minute);
    expect(rig.whats()).toEqual([notice, stays]);
    expect(rig.shown(id)).toMatchObject({ why: 'players', problem: null });
  });

  it.each<[string, (rig: ReturnType<typeof aWhenEmptyRig>) => void]>([
    [
      'somebody joins',
      (rig) => {
        const players = playersOnline(1, { source: 'query', seenAt: rig.clock.now() });
        rig.store.apply([{ kind: 'server-patched', serverId: id, patch: { players } }]);
      },
    ],
    ['a quiet backup begins', (rig) => void rig.busy.add(id)],
  ])('runs on if %s after the last answer, and the console hears so', async (_what, happens) => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    rig.engine.whileWriting = ([rule]) => {
      if (rule?.lanes[id]?.run?.order?.act.kind !== 'power') return;
      rig.engine.whileWriting = () => undefined;
      happens(rig);
    };
    await rig.clock.advance(24 * minute);
    expect(rig.whats()).toEqual([notice, stays]);
  });

  it('runs on for the whole time if the user wants that', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    await rig.clock.advance(20 * minute);
    expect(rig.shown(id)?.phase).toBe('warned');
    rig.whenEmpty.keep(id);
    const at = rig.shown(id)?.at ?? 0;
    expect(at - rig.clock.now()).toBeGreaterThan(18 * minute);
    await rig.clock.advance(18 * minute);
    expect(rig.whats()).toEqual([notice, stays]);
  });

  it.each<[string, (rig: ReturnType<typeof aWhenEmptyRig>) => void]>([
    ['the wish is taken back', (rig) => rig.settings.change({ whenEmpty: {} })],
    [
      'the wish is another one',
      (rig) => rig.settings.change({ whenEmpty: { [id]: { does: 'stop', minutes: 30 } } }),
    ],
    ['a quiet backup begins', (rig) => void rig.busy.add(id)],
    [
      'the permission goes',
      (rig) =>
        rig.store.apply([
          { kind: 'server-patched', serverId: id, patch: { permissions: ['control.console'] } },
        ]),
    ],
    [
      'the server is suspended',
      (rig) => rig.store.apply([{ kind: 'server-patched', serverId: id, patch: { condition: 'suspended' } }]),
    ],
  ])('is not stopped if %s during the countdown', async (_name, change) => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    await rig.clock.advance(20 * minute);
    expect(rig.shown(id)?.phase).toBe('warned');
    change(rig);
    await rig.clock.advance(8 * minute);
    expect(rig.whats()).toEqual([notice, stays]);
  });

  it.each<[string, (rig: ReturnType<typeof aWhenEmptyRig>) => void]>([
    ['stopped', (rig) => rig.power(id, 'stopping')],
    ['deleted', (rig) => rig.store.apply([{ kind: 'server-removed', serverId: id }])],
    ['of unknown state', (rig) => rig.power(id, null)],
  ])('is left alone if it is %s during the countdown', async (_name, change) => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    await rig.clock.advance(20 * minute);
    change(rig);
    await rig.clock.advance(30 * minute);
    expect(rig.whats()).toEqual([notice]);
  });

  it('restarts its time after a sleep, also one within the countdown', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    await rig.clock.advance(20 * minute);
    expect(rig.shown(id)?.phase).toBe('warned');
    rig.clock.sleep(60 * minute);
    await rig.clock.advance(15 * minute);
    expect(rig.whats()).toEqual([notice, stays]);
  });

  it('does not care about the wall clock', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    await rig.clock.advance(10 * minute);
    rig.clock.jump(5 * 60 * minute);
    await rig.clock.advance(8 * minute);
    expect(rig.sent).toEqual([]);
    rig.clock.jump(-9 * 60 * minute);
    await rig.clock.advance(5 * minute);
    expect(rig.whats()).toEqual([notice, 'stop']);
  });

  it('does not count time before the start of Perch, and informs the console when Perch quits', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    await rig.clock.advance(20 * minute);
    await rig.quit();
    expect(rig.whats()).toEqual([notice, stays]);
    await rig.clock.advance(60 * minute);
    expect(rig.whats()).toHaveLength(2);
  });
});

describe('a refused signal', () => {
  it('shows its problem, and is sent again only after the whole time', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    rig.refused.signal = error('panel-unreachable');
    await rig.clock.advance(24 * minute);
    expect(rig.whats()).toEqual([notice, 'stop']);
    expect(rig.shown(id)).toMatchObject({
      phase: 'counts',
      times: 0,
      problem: { code: 'panel-unreachable' },
    });
    await rig.clock.advance(15 * minute);
    expect(rig.whats()).toHaveLength(2);
  });

  it('counts as sent if it may have been carried out', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    rig.refused.signal = error('panel-unreachable', true);
    await rig.clock.advance(24 * minute);
    expect(rig.shown(id)).toMatchObject({ phase: 'sent', times: 1 });
  });

  it('does not come about if the state cannot be read', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20);
    rig.begin();
    rig.refused.look = error('node-unreachable');
    await rig.clock.advance(24 * minute);
    expect(rig.whats()).toEqual([notice, stays]);
    expect(rig.shown(id)?.problem?.code).toBe('node-unreachable');
  });

  it('is not even tried without the permission', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', stopAfter20, { permissions: ['control.console', 'control.start'] });
    rig.begin();
    await rig.clock.advance(60 * minute);
    expect(rig.sent).toEqual([]);
    expect(rig.shown(id)).toMatchObject({ why: 'blocked', problem: { permission: 'control.stop' } });
  });
});

describe('a wish for a restart', () => {
  const uptime = (rig: ReturnType<typeof aWhenEmptyRig>, uptimeMs: number): void =>
    rig.store.apply([
      { kind: 'usage', serverId: id, usage: { ...someUsage, at: rig.clock.now(), uptimeMs } },
    ]);

  it('of a single restart ends with it', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', { does: 'restart', minutes: 20, everyHours: null });
    rig.begin();
    rig.hooks.signal = () => {
      rig.power(id, 'stopping');
      rig.power(id, 'starting');
      rig.power(id, 'running');
    };
    await rig.clock.advance(24 * minute);
    expect(rig.whats().at(-1)).toBe('restart');
    expect([rig.settings.current.whenEmpty, rig.memory.current.emptyServers[0]?.times]).toEqual([{}, 1]);
    await rig.clock.advance(120 * minute);
    expect(rig.whats().filter((what) => what === 'restart')).toHaveLength(1);
  });

  it('of a single restart restarts once, even if the settings cannot be written', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', { does: 'restart', minutes: 20, everyHours: null });
    rig.begin();
    const update = rig.settings.update;
    rig.settings.update = () => Promise.reject(error('internal'));
    const again = (): void => {
      rig.power(id, 'stopping');
      rig.power(id, 'starting');
      rig.power(id, 'running');
    };
    await rig.clock.advance(24 * minute);
    uptime(rig, 10_000);
    again();
    await rig.clock.advance(120 * minute);
    expect(rig.whats().filter((what) => what === 'restart')).toHaveLength(1);
    expect(rig.settings.current.whenEmpty).toHaveProperty([id]);
    rig.settings.update = update;
    again();
    await rig.clock.advance(1000);
    expect(rig.settings.current.whenEmpty).toEqual({});
  });

  it('of a single restart is about the process of the moment, also if nothing changes before its end', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', null);
    rig.begin();
    await rig.clock.advance(minute);
    rig.settings.change({ whenEmpty: { [id]: { does: 'restart', minutes: 20, everyHours: null } } });
    rig.power(id, 'stopping');
    await rig.clock.advance(1000);
    expect(rig.settings.current.whenEmpty).toEqual({});
  });

  it('of a single restart that is made again for a stopped server stays when the server starts', async () => {
    const rig = aWhenEmptyRig();
    const wish = { does: 'restart', minutes: 20, everyHours: null } as const;
    rig.addPlayed('a', wish);
    rig.begin();
    await rig.clock.advance(minute);
    rig.settings.change({ whenEmpty: {} });
    for (const state of ['stopping', 'offline'] as const) rig.power(id, state);
    rig.settings.change({ whenEmpty: { [id]: wish } });
    for (const state of ['starting', 'running'] as const) rig.power(id, state);
    await rig.clock.advance(1000);
    expect(rig.settings.current.whenEmpty).toEqual({ [id]: wish });
  });

  it('of a single restart ends if somebody else restarts the server', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', { does: 'restart', minutes: 20, everyHours: null });
    rig.begin();
    await rig.clock.advance(5 * minute);
    // A state that is unknown for a while is no restart.
    rig.power(id, null);
    rig.power(id, 'running');
    expect(rig.settings.current.whenEmpty).toHaveProperty([id]);
    rig.power(id, 'stopping');
    await rig.clock.advance(1000);
    expect(rig.settings.current.whenEmpty).toEqual({});
  });

  it('again and again waits until the process has run long enough', async () => {
    const rig = aWhenEmptyRig();
    rig.addPlayed('a', { does: 'restart', minutes: 20, everyHours: 6 });
    uptime(rig, minute);
    rig.begin();
    await rig.clock.advance(5.9 * 60 * minute);
    expect(rig.sent).toEqual([]);
    await rig.clock.advance(8 * minute);
    expect(rig.whats().at(-1)).toBe('restart');
    // The restarted process is seen by its figures alone.
    rig.hooks.signal = () => undefined;
    uptime(rig, 10_000);
    await rig.clock.advance(30 * minute);
    expect(rig.shown(id)?.phase).toBe('counts');
    expect(rig.whats().filter((what) => what === 'restart')).toHaveLength(1);
    // A panel with a wrong uptime causes no further restart before its time.
    uptime(rig, 60 * 60 * minute);
    await rig.clock.advance(5 * 60 * minute);
    expect(rig.whats().filter((what) => what === 'restart')).toHaveLength(1);
    await rig.clock.advance(60 * minute);
    expect(rig.whats().filter((what) => what === 'restart')).toHaveLength(2);
  });
});

it('a server of two accounts gets one signal', async () => {
  const rig = aWhenEmptyRig();
  rig.store.apply([{ kind: 'account-upserted', account: anAccount({ id: 'work' }) }]);
  const other = 'work/a';
  rig.addPlayed('a', stopAfter20);
  rig.addPlayed('a', stopAfter20, { accountId: 'work' });
  rig.begin();
  rig.hooks.signal = () => {
    rig.power(id, 'stopping');
    rig.power(other, 'stopping');
  };
  await rig.clock.advance(40 * minute);
  expect(rig.sent.filter((what) => what.endsWith(' stop'))).toHaveLength(1);
});
