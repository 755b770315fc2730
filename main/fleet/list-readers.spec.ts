import { expect, it } from 'vitest';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { canReadList, goneServers, isFirstReader, possibleReaders } from './list-readers.js';

const two = [anAccount({ id: 'home' }), anAccount({ id: 'work' })];
const byId = <T extends { readonly id: string }>(all: readonly T[]) =>
  new Map(all.map((one) => [one.id, one]));

it.each([
  ['both permissions', {}, anAccount(), true],
  ['one of two', { permissions: ['file.read'] }, anAccount(), false],
  ['permissions that nobody told', { permissions: null }, anAccount(), false],
  ['a closed server', { condition: 'suspended' as const }, anAccount(), false],
  ['an account that is gone', {}, undefined, false],
])('a list is read with %s: %j', (_with, fields, account, expected) => {
  const server = aServer({ permissions: ['file.read', 'file.read-content'], ...fields });
  expect(canReadList(server, account, ['file.read', 'file.read-content'])).toBe(expected);
});

it('of several accounts the first that may read does', () => {
  const of = (permissions: readonly string[][]) => {
    const servers = two.map(({ id }, at) =>
      aServer({ id: `${id}/u1`, uuid: 'u1', accountId: id, permissions: permissions[at] ?? [] }),
    );
    const state = { accounts: byId(two), servers: byId(servers) };
    return servers.map((server) => isFirstReader(state, server, 'user.read'));
  };
  expect(of([['user.read'], ['*']])).toEqual([true, false]);
  expect(of([['control.start'], ['*']])).toEqual([false, true]);
  expect(of([[], []])).toEqual([false, false]);
});

it('each account that sees a server may read its list', () => {
  const servers = two.map(({ id }) => aServer({ id: `${id}/u1`, uuid: 'u1', accountId: id }));
  const state = { accounts: byId(two), servers: byId(servers) };
  expect(possibleReaders(state, 'work/u1')).toEqual(['home/u1', 'work/u1']);
  expect(possibleReaders(state, 'work/u2')).toEqual([]);
});

it('lists go with their servers', () => {
  const server = aServer({ id: 'home/u1' });
  const state = { accounts: byId(two), servers: byId([server]) };
  const known = ['home/u1', 'home/u2'];
  expect(goneServers(known, [{ kind: 'server-removed', serverId: 'home/u2' }], state)).toEqual(['home/u2']);
  expect(goneServers(known, [{ kind: 'server-upserted', server }], state)).toEqual([]);
});
