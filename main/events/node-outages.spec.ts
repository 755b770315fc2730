import { describe, expect, it } from 'vitest';
import type { ServerPatch } from '../../bridge/fleet/changes.js';
import type { Account, Link, Server } from '../../bridge/schema/domain.js';
import type { Problem, ProblemCode } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { EventLog, sortedIds } from './event-log.js';
import { NodeOutages } from './node-outages.js';

function aProblem(code: ProblemCode): Problem {
  return { code, message: verbatim(code), next: verbatim('') };
}

const ready: Account['state'] = anAccount().state;
const failed: Account['state'] = { kind: 'failed', problem: aProblem('panel-unreachable'), retryAt: 0 };
const live: Link = { kind: 'live' };
const none: Link = { kind: 'none' };
const away = (code: ProblemCode | null): Link => ({
  kind: 'reconnecting',
  retryAt: 0,
  problem: code === null ? null : aProblem(code),
});
const lost = away('node-unreachable');

/** Accounts `one` and `two` of the watched panel, and `foreign` of another. */
function aPanel() {
  const clock = new FakeClock();
  const store = new FleetStore();
  const log = new EventLog(clock, sortedIds('test'));
  const account = (id: string, state: Account['state'] = ready): void =>
    store.apply([
      {
        kind: 'account-upserted',
        account: anAccount({
          id,
          state,
          label: id,
          panelUrl: id === 'foreign' ? 'https://b.test' : 'https://a.test',
        }),
      },
    ]);
  for (const id of ['one', 'two', 'foreign']) account(id);
  const outages = new NodeOutages('https://a.test', { clock, log, state: () => store.state });
  const add = (id: string, fields: Partial<Server> = {}): void => {
    const [accountId = '', uuid = ''] = id.split('/');
    const server = aServer({ node: 'n', link: lost, ...fields, id, accountId, uuid });
    store.apply([{ kind: 'server-upserted', server }]);
  };
  const patch = (serverId: string, fields: ServerPatch): void =>
    store.apply([{ kind: 'server-patched', serverId, patch: fields }]);
  const look = async (ms = 1000): Promise<void> => {
    outages.changed();
    await clock.advance(ms);
  };
  return { clock, log, outages, account, add, patch, look };
}

describe('NodeOutages', () => {
  it('logs an outage for the accounts that see the node, and for no other', async () => {
    const { log, account, add, look } = aPanel();
    account('three');
    add('one/a');
    add('two/a');
    add('three/b', { node: 'other', link: live });
    add('foreign/a');
    await look(61_000);
    expect(log.recent).toMatchObject([
      {
        accountId: 'one',
        panel: 'one',
        also: [{ accountId: 'two', serverId: null }],
        what: { kind: 'node-unreachable', node: 'n', servers: 1, isFromStart: true },
      },
    ]);
    expect(log.recent[0]?.also).toHaveLength(1);
  });

  it('names no further account if only one account sees the node', async () => {
    const { log, add, look } = aPanel();
    add('one/a');
    await look(61_000);
    expect(log.recent[0]).not.toHaveProperty('also');
  });

  it('leaves nodes of another panel alone', async () => {
    const { log, add, look } = aPanel();
    add('foreign/a');
    await look(200_000);
    expect(log.recent).toEqual([]);
  });

  it('logs an outage of each node, once, and ends only that of the node that answers', async () => {
    const { clock, log, add, patch, look } = aPanel();
    add('one/a');
    add('one/b', { node: 'm' });
    await look(61_000);
    await look(61_000);
    expect(log.recent.map(({ what }) => what)).toMatchObject([{ node: 'n' }, { node: 'm' }]);
    patch('one/b', { link: live });
    await look();
    expect(log.recent.map(({ endedAt }) => endedAt)).toEqual([null, clock.wall()]);
  });

  it('logs no second outage if one of an earlier run is recalled while the node is silent', async () => {
    const { clock, log, add, look } = aPanel();
    add('one/a');
    await look(30_000);
    log.add({
      at: clock.now(),
      lasts: true,
      accountId: 'one',
      serverId: null,
      panel: 'one',
      server: null,
      what: { kind: 'node-unreachable', node: 'n', servers: 1 },
    });
    await look(100_000);
    expect(log.recent).toHaveLength(1);
  });

  it('is not disturbed by a lasting event of another kind', async () => {
    const { clock, log, add, look } = aPanel();
    log.add({
      at: clock.now(),
      lasts: true,
      accountId: 'one',
      serverId: null,
      panel: 'one',
      server: null,
      what: { kind: 'panel-unreachable', isFromStart: false },
    });
    add('one/a');
    await look(61_000);
    expect(log.recent.map(({ what }) => what.kind)).toEqual(['panel-unreachable', 'node-unreachable']);
  });

  it('checks one second after the first of many changes', async () => {
    const { clock, log, outages, add, patch } = aPanel();
    add('one/a', { link: live });
    outages.changed();
    await clock.advance(1000);
    patch('one/a', { link: lost });
    outages.changed();
    await clock.advance(900);
    outages.changed();
    await clock.advance(100 + 60_000);
    expect(log.recent).toHaveLength(1);
  });

  it('counts the minute again after an outage of the panel, but from the first silence', async () => {
    const { clock, log, account, add, look } = aPanel();
    const at = clock.wall() + 1000;
    add('one/a');
    await look(31_000);
    for (const id of ['one', 'two']) account(id, failed);
    await look(10_000);
    for (const id of ['one', 'two']) account(id);
    await look(55_000);
    expect(log.recent).toEqual([]);
    await clock.advance(10_000);
    expect(log.recent).toMatchObject([{ at }]);
  });

  it('ends an outage by a live server of its own panel while the panel is away, and by no other', async () => {
    const { log, account, add, patch, look } = aPanel();
    add('one/a');
    add('foreign/a', { link: live });
    await look(61_000);
    for (const id of ['one', 'two']) account(id, failed);
    patch('one/a', { link: none, power: 'running', problem: null });
    await look();
    expect(log.recent).toMatchObject([{ endedAt: null }]);
    patch('one/a', { link: live });
    await look();
    expect(log.recent[0]?.endedAt).not.toBeNull();
  });

  it('forgets all pending checks when it stops', async () => {
    const { clock, log, outages, add, look } = aPanel();
    add('one/a');
    await look();
    outages.changed();
    outages.stop();
    await clock.advance(200_000);
    expect(log.recent).toEqual([]);
  });

  it('logs nothing if the servers or the panel went away in the meantime', async () => {
    const { clock, log, account, add, look } = aPanel();
    add('one/a');
    await look();
    for (const id of ['one', 'two']) account(id, failed);
    await clock.advance(200_000);
    expect(log.recent).toEqual([]);
  });

  it.each<[string, Partial<Server>, boolean]>([
    ['whose connection was lost to the node', { link: lost }, true],
    ['whose connection timed out', { link: away('timeout') }, true],
    ['that the panel cannot reach', { link: none, problem: aProblem('node-unreachable') }, true],
    ['whose connection failed for another reason', { link: away('unauthorized') }, false],
    ['whose connection begins', { link: away(null) }, false],
    ['without a connection or an answer', { link: none, power: null }, false],
    ['that is being installed', { link: lost, condition: 'installing' }, false],
  ])('takes a server %s for a sign as it should', async (_what, fields, isSilent) => {
    const { log, add, look } = aPanel();
    add('one/a', { power: null, ...fields });
    await look(61_000);
    expect(log.recent).toHaveLength(isSilent ? 1 : 0);
  });

  it.each<[string, Partial<Server>, boolean]>([
    ['that is live', { link: live }, true],
    ['that is polled', { link: none, power: 'running' }, true],
    [
      'that is polled because its console is refused',
      { link: { kind: 'refused', problem: aProblem('forbidden'), retryAt: 0 }, power: 'running' },
      true,
    ],
    ['that has no answer yet', { link: none, power: null }, false],
    ['whose last poll failed', { link: none, power: 'running', problem: aProblem('timeout') }, false],
  ])(
    'takes a server %s beside a silent one for an answer of the node as it should',
    async (_what, fields, answers) => {
      const { log, add, look } = aPanel();
      add('one/a');
      add('one/b', { problem: null, ...fields });
      await look(61_000);
      expect(log.recent).toHaveLength(answers ? 0 : 1);
    },
  );
});
