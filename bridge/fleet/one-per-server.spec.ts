import { expect, it } from 'vitest';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { verbatim } from '../../messages/messages.js';
import { onePerServer } from './one-per-server.js';

const problem = { code: 'unauthorized', message: verbatim('No.'), next: verbatim('Wait.') } as const;
const failed = { kind: 'failed', problem, retryAt: 0 } as const;
const row = (id: string) => aServer({ id, accountId: id.slice(0, id.indexOf('/')) });
const rows = ['one/a', 'one/b', 'two/a', 'far/a'].map(row);
const idsWith = (one: Parameters<typeof anAccount>[0]) =>
  onePerServer(rows, [
    anAccount({ id: 'one', ...one }),
    anAccount({ id: 'two' }),
    anAccount({ id: 'far', panelUrl: 'https://far.example.com' }),
  ]).map(({ id }) => id);

it('a server of one panel counts once, whichever accounts see it', () => {
  expect(idsWith({})).toEqual(['one/a', 'one/b', 'far/a']);
});

it('the account whose panel answers is preferred', () => {
  expect(idsWith({ state: failed })).toEqual(['two/a', 'one/b', 'far/a']);
});

it('servers of several panels are never merged, whatever their ids', () => {
  expect(idsWith({ panelUrl: 'https://other.example.com' })).toEqual(['one/a', 'one/b', 'two/a', 'far/a']);
});
