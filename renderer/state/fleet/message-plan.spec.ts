import { expect, it } from 'vitest';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { planMessage, plannedCommands } from './message-plan.js';

const on = { power: 'running', game: 'minecraft' } as const;
const choices = { own: {}, evenEmpty: false };

it('reaches a server of two accounts once, over the account that may send commands', () => {
  const accounts = [anAccount({ id: 'a' }), anAccount({ id: 'b' })];
  const servers = [
    aServer({ ...on, id: 'a/u0', accountId: 'a', permissions: ['control.start'] }),
    aServer({ ...on, id: 'b/u0', accountId: 'b' }),
    aServer({ ...on, id: 'a/u1', accountId: 'a' }),
    aServer({ ...on, id: 'b/u1', accountId: 'b' }),
    aServer({ ...on, id: 'a/u2', accountId: 'a', power: 'offline' }),
    aServer({ ...on, id: 'b/u2', accountId: 'b', power: 'offline' }),
  ];
  const { able, skipped } = planMessage(servers, accounts, choices);
  expect(able.map(({ id }) => id)).toEqual(['b/u0', 'a/u1']);
  expect(skipped.map(({ server, reason }) => [server.id, reason.id])).toEqual([
    ['a/u2', 'blocks.is-offline'],
  ]);
});

it('counts servers whose state is read first', () => {
  const servers = [aServer({ ...on, id: 'a/0' }), aServer({ ...on, id: 'a/1', power: null })];
  expect(planMessage(servers, [anAccount({ id: 'a' })], choices).unread).toBe(1);
});

it('lists each command once, that of most servers first', () => {
  const servers = [
    aServer({ ...on, id: 'a/0', game: 'zomboid' }),
    aServer({ ...on, id: 'a/1' }),
    aServer({ ...on, id: 'a/2' }),
    aServer({ ...on, id: 'a/3' }),
    aServer({ ...on, id: 'a/4', game: 'valheim' }),
  ];
  expect(plannedCommands(servers, 'Hi', { 'a/3': 'alert {text}' })).toEqual([
    { command: 'say Hi', game: 'minecraft', count: 2 },
    { command: 'servermsg "Hi"', game: 'zomboid', count: 1 },
    { command: 'alert Hi', game: 'minecraft', count: 1 },
  ]);
});
