/** Several accounts of one panel see the same server: one event and one alert for each change. */
import { describe, expect, it } from 'vitest';
import type { Server } from '../../bridge/schema/domain.js';
import { verbatim } from '../../messages/messages.js';
import { anAlertsRig } from '../../tests/support/alerts-rig.js';
import { anAccount } from '../../tests/support/entities.js';
import { anEventsRig } from '../../tests/support/events-rig.js';

const ids = ['home', 'sub', 'root'] as const;

function seenBy(accountId: string, fields: Partial<Server> = {}): Partial<Server> {
  return {
    id: `${accountId}/u1`,
    accountId,
    uuid: 'u1',
    link: { kind: 'live' },
    power: 'running',
    ...fields,
  };
}

/** The same server through three accounts. */
function rig(fields: Partial<Server> = {}) {
  const events = anEventsRig();
  for (const id of ids) events.tell({ id });
  for (const id of ids) events.store.apply([{ kind: 'server-removed', serverId: `${id}/u1` }]);
  for (const id of ids) events.tell({ id, state: { kind: 'loading' }, allServers: true });
  const [home = '', sub = '', root = ''] = ids.map((id) => events.addServer(seenBy(id, fields)));
  for (const id of ids) events.tell({ id, allServers: true });
  const whats = () => events.log.recent.map(({ what }) => what);
  return { ...events, home, sub, root, all: [home, sub, root], whats };
}

const me = { kind: 'me', bulk: false } as const;

describe('One server of three accounts', () => {
  it('a start through one account is one event, by the user, for all three accounts', async () => {
    const { clock, patch, all, sub, whats, log } = rig({ power: 'offline' });
    patch(sub, { pending: { signal: 'start', since: clock.now() } });
    for (const id of all) patch(id, { power: 'starting' });
    await clock.advance(4000);
    for (const id of all) patch(id, { power: 'running', pending: null });
    expect(whats()).toEqual([{ kind: 'started', by: me, upAt: clock.wall() }]);
    expect(log.recent[0]).toMatchObject({
      serverId: 'home/u1',
      also: [
        { accountId: 'sub', serverId: 'sub/u1' },
        { accountId: 'root', serverId: 'root/u1' },
      ],
    });
  });

  it('a crash is one event, which ends for all accounts', async () => {
    const { clock, patch, all, whats, log } = rig();
    for (const id of all) {
      patch(id, { power: 'offline', crashedAt: clock.now(), crash: { exitCode: 1, outOfMemory: false } });
      await clock.advance(40);
    }
    expect(whats()).toMatchObject([{ kind: 'crashed', exitCode: 1 }]);
    for (const id of all) expect(log.lastingOf(id)).toHaveLength(1);
    await clock.advance(1000);
    for (const id of all) patch(id, { power: 'starting' });
    for (const id of all) patch(id, { power: 'running', crashedAt: null, crash: null });
    expect(whats()).toMatchObject([{ kind: 'crashed', aftermath: 'up' }]);
    for (const id of all) expect(log.lastingOf(id)).toEqual([]);
  });

  it('another account takes over if the first loses its socket, and nothing is logged twice', async () => {
    const { clock, patch, home, sub, whats } = rig();
    patch(home, { power: 'stopping' });
    patch(sub, { power: 'stopping' });
    patch(home, { link: { kind: 'reconnecting', retryAt: 0, problem: null } });
    await clock.advance(3000);
    patch(sub, { power: 'offline' });
    await clock.advance(3000);
    patch(home, { link: { kind: 'live' } });
    patch(home, { power: 'offline' });
    await clock.advance(10_000);
    expect(whats()).toEqual([{ kind: 'stopped', by: { kind: 'unknown' }, isKill: false }]);
  });

  it('old state from a socket that comes back makes no event', async () => {
    const { clock, patch, home, sub, whats } = rig();
    patch(sub, { link: { kind: 'reconnecting', retryAt: 0, problem: null } });
    patch(home, { power: 'stopping' });
    patch(home, { power: 'offline' });
    await clock.advance(10_000);
    patch(home, { link: { kind: 'none' } });
    patch(sub, { link: { kind: 'live' } });
    patch(sub, { power: 'offline' });
    await clock.advance(10_000);
    expect(whats()).toHaveLength(1);
  });

  it('a backup that the node reports to each account is one event, and the next backup another', () => {
    const { facts, all, whats } = rig();
    for (const backupId of ['b1', 'b2']) {
      for (const serverId of all) {
        facts.emit({
          serverId,
          fact: { kind: 'backup', isSuccessful: true, backupId, sha1: null, bytes: 0 },
        });
      }
    }
    expect(whats()).toEqual([
      { kind: 'backup', isSuccessful: true, backupId: 'b1' },
      { kind: 'backup', isSuccessful: true, backupId: 'b2' },
    ]);
  });

  it('is new if no account knew it, and removed if no account has it', () => {
    const { store, addServer, all, log, whats } = rig();
    addServer(seenBy('root', { id: 'root/u2', uuid: 'u2' }));
    addServer(seenBy('home', { id: 'home/u2', uuid: 'u2' }));
    for (const serverId of all) store.apply([{ kind: 'server-removed', serverId }]);
    expect(whats().map(({ kind }) => kind)).toEqual(['added', 'removed']);
    expect(log.recent[1]?.serverId).toBe('root/u1');
  });

  it('lasting events end when the last account loses the server', () => {
    const { store, patch, all, home, sub, root, log } = rig();
    for (const id of all) patch(id, { condition: 'suspended' });
    store.apply([{ kind: 'server-removed', serverId: home }]);
    expect(log.lastingOf(sub)).toHaveLength(1);
    store.apply([{ kind: 'server-removed', serverId: sub }]);
    store.apply([{ kind: 'server-removed', serverId: root }]);
    expect(log.recent.map(({ endedAt }) => typeof endedAt)).toEqual(['number', 'undefined']);
  });

  it('an unwritten end is written although one account loses the server', async () => {
    const { clock, store, patch, all, home, whats } = rig();
    for (const id of all) patch(id, { power: 'offline' });
    store.apply([{ kind: 'server-removed', serverId: home }]);
    await clock.advance(60_000);
    expect(whats().map(({ kind }) => kind)).toEqual(['stopped']);
  });

  it('a removed account leaves the events to the other accounts', () => {
    const { store, patch, all, log } = rig();
    for (const id of all) patch(id, { condition: 'suspended' });
    store.apply([{ kind: 'account-removed', accountId: 'home' }]);
    expect(log.recent).toMatchObject([
      { accountId: 'sub', serverId: 'sub/u1', also: [{ accountId: 'root', serverId: 'root/u1' }] },
    ]);
    store.apply([{ kind: 'account-removed', accountId: 'sub' }]);
    expect(log.lastingOf('root/u1')).toHaveLength(1);
    for (const condition of ['normal', 'suspended'] as const) patch('root/u1', { condition });
    expect(log.recent).toHaveLength(2);
    store.apply([{ kind: 'account-removed', accountId: 'root' }]);
    expect(log.recent).toEqual([]);
  });

  it('a server of another panel is a different server, even with the same uuid', () => {
    const { patch, all, tell, addServer, whats } = rig();
    tell({ id: 'far', panelUrl: 'https://far.example.com' });
    addServer(seenBy('far'));
    for (const id of [...all, 'far/u1']) patch(id, { condition: 'suspended' });
    expect(whats().filter(({ kind }) => kind === 'suspended')).toHaveLength(2);
  });
});

describe('the account that reports', () => {
  it('gives way to a live account if it is not live', async () => {
    const { clock, patch, home, sub, whats } = rig();
    patch(home, { power: 'stopping' });
    patch(home, { link: { kind: 'none' } });
    patch(sub, { power: 'stopping' });
    patch(sub, { power: 'offline' });
    await clock.advance(5000);
    expect(whats()).toHaveLength(1);
  });

  it('stays the live account, whatever the others report first', async () => {
    const { clock, patch, home, sub, whats } = rig();
    patch(home, { power: 'stopping' });
    patch(sub, { power: 'offline' });
    patch(sub, { power: 'starting' });
    await clock.advance(5000);
    expect(whats()).toEqual([]);
    patch(home, { power: 'offline' });
    await clock.advance(5000);
    expect(whats()).toHaveLength(1);
  });

  it('does not give way to a polled account, unless it sees no state', async () => {
    const { clock, patch, home, sub, whats } = rig({ link: { kind: 'none' } });
    patch(home, { power: 'stopping' });
    patch(sub, { power: 'offline' });
    await clock.advance(5000);
    expect(whats()).toEqual([]);
    patch(home, { power: null });
    patch(sub, { power: 'stopping' });
    patch(sub, { power: 'offline' });
    await clock.advance(5000);
    expect(whats()).toHaveLength(1);
  });

  it('gives way if its panel does not answer, or if it is removed', async () => {
    const problem = { code: 'panel-unreachable', message: verbatim('Away.'), next: verbatim('') } as const;
    const away = rig({ link: { kind: 'none' } });
    away.patch(away.home, { power: 'stopping' });
    away.tell({ id: 'home', allServers: true, state: { kind: 'failed', problem, retryAt: 0 } });
    away.patch(away.sub, { power: 'stopping' });
    away.patch(away.sub, { power: 'offline' });
    await away.clock.advance(5000);
    expect(away.whats().map(({ kind }) => kind)).toContain('stopped');
    const gone = rig({ link: { kind: 'none' } });
    gone.patch(gone.home, { power: 'stopping' });
    gone.store.apply([{ kind: 'server-removed', serverId: gone.home }]);
    gone.patch(gone.sub, { power: 'offline' });
    await gone.clock.advance(5000);
    expect(gone.whats().map(({ kind }) => kind)).toContain('stopped');
  });

  describe('that goes silent', () => {
    const crash = { exitCode: 1, outOfMemory: false };
    function aSilentOne() {
      const rigged = rig();
      const { clock, patch, home, sub } = rigged;
      const crashes = (id: string): void => patch(id, { power: 'offline', crashedAt: clock.now(), crash });
      const silence = (): void => patch(home, { link: { kind: 'none' } });
      patch(home, { link: { kind: 'live' } });
      return { ...rigged, homeCrashes: () => crashes(home), subCrashes: () => crashes(sub), silence };
    }

    it('has reported a crash that another account sees a moment later', async () => {
      const { clock, whats, homeCrashes, subCrashes, silence } = aSilentOne();
      homeCrashes();
      silence();
      await clock.advance(40);
      subCrashes();
      await clock.advance(60_000);
      expect(whats()).toMatchObject([{ kind: 'crashed', exitCode: 1 }]);
    });

    it('leaves a crash to the account that sees it', async () => {
      const { clock, whats, subCrashes, silence } = aSilentOne();
      silence();
      subCrashes();
      await clock.advance(60_000);
      expect(whats()).toMatchObject([{ kind: 'crashed', exitCode: 1 }]);
    });

    it('leaves the end of its crash to the account that sees the server start', async () => {
      const { clock, patch, sub, whats, homeCrashes, subCrashes, silence } = aSilentOne();
      homeCrashes();
      await clock.advance(40);
      subCrashes();
      silence();
      await clock.advance(1000);
      patch(sub, { power: 'starting' });
      patch(sub, { power: 'running', crashedAt: null, crash: null });
      await clock.advance(60_000);
      expect(whats()).toMatchObject([{ kind: 'crashed', aftermath: 'up' }]);
    });
  });

  it('reports a backup again after twenty others', () => {
    const { facts, all, whats } = rig();
    const backup = (backupId: string): void => {
      for (const serverId of all)
        facts.emit({
          serverId,
          fact: { kind: 'backup', isSuccessful: true, backupId, sha1: null, bytes: 0 },
        });
    };
    for (let count = 0; count < 20; count++) backup(`b${count}`);
    backup('b0');
    expect(whats()).toHaveLength(20);
    backup('b20');
    backup('b0');
    expect(whats()).toHaveLength(22);
  });
});

describe('The events of a panel of three accounts', () => {
  it('an unreachable node is one event for all accounts, with each of its servers once', async () => {
    const { clock, patch, all, log } = rig();
    await clock.advance(2000);
    const problem = { code: 'node-unreachable' as const, message: verbatim(''), next: verbatim('') };
    for (const id of all) patch(id, { link: { kind: 'reconnecting', retryAt: 0, problem } });
    await clock.advance(70_000);
    expect(log.recent.map(({ what }) => what)).toMatchObject([{ kind: 'node-unreachable', servers: 1 }]);
    expect(log.recent[0]).toMatchObject({
      accountId: 'home',
      also: [{ accountId: 'sub' }, { accountId: 'root' }],
    });
    for (const id of all) patch(id, { link: { kind: 'live' } });
    await clock.advance(2000);
    expect(log.recent).toHaveLength(1);
    expect(log.recent[0]?.endedAt).toBe(clock.wall() - 1000);
  });

  it('an outage of the panel is one event, and each refused key an event of its own', async () => {
    const { clock, tell, log } = rig();
    const failed = (id: string, code: 'panel-unreachable' | 'unauthorized'): void => {
      const problem = { code, message: verbatim(''), next: verbatim('') };
      tell({ id, allServers: true, state: { kind: 'failed', problem, retryAt: 0 } });
    };
    for (const id of ids) {
      failed(id, 'panel-unreachable');
      await clock.advance(10_000);
    }
    await clock.advance(200_000);
    expect(log.recent.map(({ what }) => what.kind)).toEqual(['panel-unreachable']);
    for (const id of ids) tell({ id, allServers: true });
    expect(log.recent.every(({ endedAt }) => typeof endedAt === 'number')).toBe(true);
    for (const id of ids) failed(id, 'unauthorized');
    await clock.advance(200_000);
    expect(log.recent.slice(1).map(({ what, accountId }) => [what.kind, accountId])).toEqual(
      ids.map((id) => ['key-refused', id]),
    );
  });
});

describe('The notifications about a server of two accounts', () => {
  function alerts(...rules: Parameters<typeof anAlertsRig>) {
    const all = anAlertsRig(...rules);
    all.store.apply([{ kind: 'account-upserted', account: anAccount({ id: 'sub' }) }]);
    const both = ['home', 'sub'].map((id) => all.add(seenBy(id)));
    const crashBoth = async (): Promise<void> => {
      for (const id of both) all.crash(id);
      await all.clock.advance(1000);
    };
    return { ...all, both, crashBoth };
  }
  const rule = { switches: {}, isMuted: false, snoozedUntil: null };

  it('a crash gets one notification, and the return another', async () => {
    const { crashBoth, both, up, clock, titles } = alerts();
    await crashBoth();
    await clock.advance(120_000);
    for (const id of both) up(id);
    await clock.advance(1000);
    expect(titles()).toEqual([
      expect.stringContaining('crashed'),
      expect.stringContaining('stays down'),
      expect.stringContaining('is back'),
    ]);
  });

  it('none comes if one of the two accounts is muted', async () => {
    const { crashBoth, told } = alerts({
      rules: [{ ...rule, scope: { kind: 'server', id: 'sub/u1' }, isMuted: true }],
    });
    await crashBoth();
    expect(told).toEqual([]);
  });

  it('a notification comes if alerts are on for only one of the accounts', async () => {
    const { crashBoth, told } = alerts({
      rules: [{ ...rule, scope: { kind: 'panel', id: 'home' }, switches: { crashed: false } }],
    });
    await crashBoth();
    expect(told).toHaveLength(1);
  });
});
