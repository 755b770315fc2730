/** Faults over real HTTP and sockets: Perch recovers from each within two minutes (RETRIES "Retry table"). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spoken } from '../../messages/messages.js';
import { WeatherStage } from '../../tests/support/weather-stage.js';

const name = 'Survival';
let stage: WeatherStage;

beforeAll(async () => {
  stage = await WeatherStage.start('panel-1.11');
  await live();
});

afterAll(() => stage.end());

const isLive = (server = name) => stage.server(server).link.kind === 'live';
const live = () => stage.until('live again', () => stage.size > 0 && isLive());

/** Message about the account as a person reads it. */
function said(): string {
  const { account } = stage;
  return account?.kind === 'failed' ? spoken(account.problem.message) : '';
}

function linkSaid(server = name): string {
  const { link } = stage.server(server);
  const problem = link.kind === 'refused' || link.kind === 'reconnecting' ? link.problem : null;
  return problem === null ? '' : spoken(problem.message);
}

function nodeOf(server = name): string {
  return stage.server(server).node;
}

describe('an account', () => {
  const list = 'per_page';

  it.each([
    ['a key that is refused', { status: 401, code: 'AuthenticationException', detail: '' }, 'accept the key'],
    ['an error of the panel', { status: 500, code: 'QueryException', detail: '' }, 'an error'],
  ])('comes back after %s', async (_, error, words) => {
    stage.sandbox.changes.disturb({ kind: 'error', ...error, path: list });
    await stage.until('failed', () => stage.account?.kind === 'failed');
    expect(said()).toContain(words);
    stage.sandbox.changes.calm('error');
    expect(await stage.until('ready', () => stage.account?.kind === 'ready')).toBeLessThan(120_000);
  });

  it('comes back after a pause of a day named by something in front of the panel', async () => {
    const headers = { 'retry-after': '86400' };
    stage.sandbox.changes.disturb({ kind: 'proxy', status: 429, headers });
    await stage.until('failed', () => stage.account?.kind === 'failed');
    expect(said()).toContain('asks for a pause');
    stage.sandbox.changes.calm('proxy');
    await stage.until('ready', () => stage.account?.kind === 'ready');
    await live();
  });

  it('loses no server to an empty list', async () => {
    const { size } = stage;
    const body = JSON.stringify({
      object: 'list',
      data: [],
      meta: { pagination: { total: 0, count: 0, per_page: 100, current_page: 1, total_pages: 1 } },
    });
    const empty = { kind: 'proxy', status: 200, body, contentType: 'application/json', path: list } as const;
    stage.sandbox.changes.disturb({ ...empty, times: 2 });
    const seen = new Set<number>();
    const end = stage.store.listen(() => seen.add(stage.size));
    await stage.pass(80_000);
    end();
    seen.add(stage.size);
    expect([...seen]).toEqual([size]);
    expect(stage.log.count('fleet.list-doubted')).toBe(2);
    expect(stage.account?.kind).toBe('ready');
  });
});

describe('a session', () => {
  it('comes back after a proxy refused the handshake', async () => {
    const { sockets } = stage.sandbox.changes;
    sockets.disturb(nodeOf(), { handshake: 403 });
    sockets.close(nodeOf(), name, { code: 1006, reason: '' });
    await stage.until('refused', () =>
      linkSaid().includes('a program in front of it answers with status 403'),
    );
    sockets.disturb(nodeOf(), { handshake: null });
    await live();
  });

  it('comes back after the node closed it as suspended, although it is not', async () => {
    const { sockets } = stage.sandbox.changes;
    const [one, other] = ['Survival', 'Creative'] as const;
    sockets.close(nodeOf(one), one, { code: 4400, reason: '' });
    sockets.close(nodeOf(other), other, { code: 4409, reason: '' });
    for (const name of [one, other]) {
      await stage.until('refused', () => stage.server(name).link.kind === 'refused');
      expect(linkSaid(name)).toContain('suspended');
    }
    await stage.until('live again', () => isLive(one) && isLive(other));
  });

  it('comes back after its token was refused', async () => {
    const { changes } = stage.sandbox;
    const refusals = [
      ['Survival', 403, 'HttpException', 'This action is unauthorized.', 'lacks the permission'],
      ['Creative', 404, 'NotFoundHttpException', '', 'no longer exists'],
      ['Lobby', 409, 'ServerStateConflictException', 'This server is currently suspended.', 'suspended'],
    ] as const;
    for (const [server, status, code, detail] of refusals) {
      const path = `/${stage.server(server).identifier}/websocket`;
      changes.disturb({ kind: 'error', status, code, detail, path });
      // A node that does not know the server makes Perch discard its token.
      changes.sockets.disturb(nodeOf(server), { handshake: 404 });
      changes.sockets.close(nodeOf(server), server, { code: 1006, reason: '' });
    }
    for (const [server, , , , words] of refusals) {
      await stage.until('refused', () => stage.server(server).link.kind === 'refused');
      expect(linkSaid(server)).toContain(words);
      changes.sockets.disturb(nodeOf(server), { handshake: null });
    }
    changes.calm('error');
    await stage.until('live again', () => refusals.every(([server]) => isLive(server)));
  });

  it('finds its node after the panel named a wrong address for a while', async () => {
    const { sockets } = stage.sandbox.changes;
    sockets.setAddress(nodeOf(), 'ws://127.0.0.1:9');
    sockets.disturb(nodeOf(), { handshake: 404 });
    sockets.close(nodeOf(), name, { code: 1006, reason: '' });
    await stage.until('no answer', () => linkSaid().includes('does not answer'));
    sockets.disturb(nodeOf(), { handshake: null });
    sockets.setAddress(nodeOf(), null);
    await live();
  });
});
