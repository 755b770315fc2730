import { describe, expect, it } from 'vitest';
import { applyChanges, emptyFleet, type Change, type FleetState } from '../../bridge/changes.js';
import type { Account, Server } from '../../bridge/domain.js';
import type { ProblemCode } from '../../bridge/errors.js';
import { spoken, verbatim } from '../../words/words.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { saying } from '../../tests/support/spoken-problem.js';
import { crashAlert } from './crash-alert.js';

const id = 'home/1';

function fleet(server: Partial<Server> | null, account: Partial<Account> = {}): FleetState {
  const changes: Change[] = [{ kind: 'account-upserted', account: anAccount(account) }];
  if (server !== null) changes.push({ kind: 'server-upserted', server: aServer({ id, ...server }) });
  return applyChanges(emptyFleet, changes);
}

function failed(code: ProblemCode): Partial<Account> {
  return {
    state: {
      kind: 'failed',
      problem: { code, message: verbatim('No.'), next: verbatim('Wait.') },
      retryAt: 0,
    },
  };
}

const unreachable = failed('panel-unreachable');
const refused = failed('unauthorized');
/** The system's clock is an hour ahead of Perch's own. */
const wallOf = (at: number): number => at + 3_600_000;
const crashed: Partial<Server> = { power: 'offline', crashedAt: 1000 };
const crash = { exitCode: 137, outOfMemory: false };

describe('crashAlert', () => {
  it.each<[string, FleetState, FleetState, boolean]>([
    ['a crash', fleet({ power: 'running' }), fleet(crashed), true],
    ['the next crash', fleet(crashed), fleet({ ...crashed, crashedAt: 2000 }), true],
    ['the same crash', fleet(crashed), fleet({ ...crashed, crash }), false],
    ['a start after it', fleet(crashed), fleet({ power: 'running', crashedAt: null }), false],
    ['a server that comes into view as crashed', fleet(null), fleet(crashed), false],
    ['a server that goes', fleet(crashed), fleet(null), false],
    ['a normal end', fleet({ power: 'stopping' }), fleet({ power: 'offline' }), false],
    ['a panel that does not answer while the socket lives', fleet({}), fleet(crashed, unreachable), true],
    ['a key that is refused while the socket lives', fleet({}), fleet(crashed, refused), true],
  ])('%s', (_name, previous, next, isTold) => {
    expect(crashAlert(previous, next, id, wallOf) !== null).toBe(isTold);
  });

  it.each<[Server['crash'], string]>([
    [null, 'panel.example.com: Its process ended unexpectedly.'],
    [{ exitCode: null, outOfMemory: false }, 'panel.example.com: Its process ended unexpectedly.'],
    [{ exitCode: 0, outOfMemory: false }, 'panel.example.com: Its process ended with exit code 0.'],
    [{ exitCode: 137, outOfMemory: true }, 'panel.example.com: It ran out of memory.'],
  ])('says where and how: %j', (how, body) => {
    const alert = crashAlert(fleet({}), fleet({ ...crashed, name: 'Lobby', crash: how }), id, wallOf);
    const [title, said] = [saying('Lobby crashed'), saying(body)];
    expect(alert).toEqual({ kind: 'crashed', serverId: id, at: 1000, title, body: said });
  });

  const moment = new Date(2026, 0, 2, 20, 14, 5).getTime();
  const unseen = (what: 'offline' | 'restarted', ms: number): Partial<Server> => ({
    ...crashed,
    name: 'Skyblock',
    crash: { exitCode: null, outOfMemory: false, unseen: { what, from: moment, to: moment + ms } },
  });

  it.each<[Partial<Server>, string, string]>([
    [
      unseen('offline', 27_400),
      'Skyblock went offline',
      'panel.example.com: It went offline between 21:14:05 and 21:14:33, not by Perch. It crashed, or it was stopped elsewhere.',
    ],
    [
      unseen('restarted', 28_000),
      'Skyblock restarted',
      'panel.example.com: It restarted between 21:14:05 and 21:14:33, not by Perch. It crashed, or it was restarted elsewhere.',
    ],
  ])('leaves open what nobody saw: %#', (server, title, body) => {
    const alert = crashAlert(fleet({ power: 'running' }), fleet(server), id, wallOf);
    expect(alert).toMatchObject({
      kind: server.crash?.unseen?.what,
      title: saying(title),
      body: saying(body),
    });
  });

  it.each([
    [600_000, true],
    [600_001, false],
    [8 * 3_600_000, false],
  ])('tells of what happened within %d ms: %s', (ms, isTold) => {
    const alert = crashAlert(fleet({ power: 'running' }), fleet(unseen('offline', ms)), id, wallOf);
    expect(alert !== null).toBe(isTold);
  });

  it('keeps a hostile name in one short line', () => {
    const name = `a\nb\u001b[31m\u202e${'x'.repeat(500)}`;
    const alert = crashAlert(fleet({}), fleet({ ...crashed, name }), id, wallOf);
    const title = alert === null ? '' : spoken(alert.title);
    expect(title).toMatch(/^a bx+… crashed$/);
    expect([...title]).toHaveLength(88);
  });
});
