import { expect, it, vi } from 'vitest';
import '../../tests/support/every-area.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { activity } from './activity.js';

const entry = {
  at: Date.UTC(2026, 5, 15),
  event: 'server:power.stop',
  by: 'sam',
  isApi: false,
  ip: null,
  text: 'Stopped the server',
};

const all = { name: 'Lobby', limit: 20, kind: null, by: null, since: null, until: null };

it('prints the newest actions on all servers without a name, with where they were', async () => {
  const { terminal, out, err } = recordingTerminal();
  const server = { name: 'Lobby', panel: 'Home' };
  const answer = {
    entries: [{ ...entry, server }],
    servers: 3,
    unknown: [{ server: { name: 'Mine', panel: 'Home' }, why: 'No permission.' }],
    cut: 1,
  };
  const ask = vi.fn(
    async (_verb: string, _input: unknown, { onEvent }: { onEvent: (event: unknown) => void }) => {
      onEvent({ read: 2, of: 3 });
      return answer;
    },
  );
  const perch = { ask } as unknown as PerchConnection;
  const task = { perch, args: [], plain: 0, terminal, deadline: Infinity };
  await activity({ ...task, options: { by: 'sam' } });
  const chosen = { limit: 20, kind: null, by: null, since: null, until: null };
  expect(ask.mock.calls.map(([verb, input]) => [verb, input])).toEqual([
    ['fleetActivity', { ...chosen, by: 'sam', withinMs: null }],
  ]);
  expect(out()).toMatch(/2026.* {2}Lobby: Stopped the server {2}sam\n$/);
  expect(err().split('\n')).toEqual([
    '2 of 3 servers read',
    'Mine: No permission.',
    '1 entry of 3 servers',
    'Perch reads the newest 100 entries of a server: 1 server has more in this time.',
    '',
  ]);
  answer.entries.push({ ...entry, server: { name: 'Hub', panel: 'Work' } });
  await activity({ ...task, options: {} });
  expect(out()).toContain('Work · Hub: Stopped the server');
});

async function run(options: Options = {}, entries: readonly object[] = [entry], isCut = false, unread = 0) {
  const { terminal, out, err } = recordingTerminal();
  const ask = vi.fn(async (_verb: string, _input: unknown) => ({
    server: { name: 'Lobby' },
    entries,
    total: 70,
    isCut,
    unread,
  }));
  await activity({
    perch: { ask } as unknown as PerchConnection,
    args: ['Lobby'],
    plain: 0,
    options,
    terminal,
    deadline: Infinity,
  });
  return { out: out(), err: err(), asked: ask.mock.calls };
}

it('prints the acts, who did them, and the number of further acts', async () => {
  const { out, err, asked } = await run({}, [entry, { ...entry, by: null, ip: '203.0.113.7' }]);
  expect(asked).toEqual([['activity', all]]);
  const [first, second] = out.split('\n');
  expect(first).toMatch(/2026.* {2}Stopped the server {2}sam$/);
  expect(second).toMatch(/ {2}Stopped the server {2}203\.0\.113\.7$/);
  expect(err).toBe('2 of 70 entries\n');
});

it('asks for as many entries as wanted, and for no more than there may be', async () => {
  expect((await run({ lines: '500' })).asked).toEqual([['activity', { ...all, limit: 500 }]]);
  await expect(run({ lines: '501' })).rejects.toMatchObject({ failure: { cause: 'usage' } });
});

it('asks for entries of a kind, a person and a time', async () => {
  const { asked } = await run({ kind: 'backups', by: 'Sam', since: '2026-11-01', until: '2026-11-02' });
  const since = new Date(2026, 10, 1).getTime();
  const until = new Date(2026, 10, 3).getTime() - 1;
  expect(asked).toEqual([['activity', { ...all, kind: 'backups', by: 'Sam', since, until }]]);
  await expect(run({ since: 'lately' })).rejects.toMatchObject({ failure: { cause: 'usage' } });
});

it('says that older entries were not searched', async () => {
  expect((await run({ by: 'Sam' }, [], true)).err).toMatch(/^0 of 70 entries\n.*10,000/);
});

it('counts the entries that nobody can read', async () => {
  const { err } = await run({}, [entry], false, 1);
  expect(err).toBe('1 of 70 entries\nThe panel lists 1 more entry, which Perch can’t read.\n');
});

it('prints one line of JSON', async () => {
  const { out, err } = await run({ json: true });
  expect(JSON.parse(out)).toMatchObject({ entries: [entry], total: 70 });
  expect(err).toBe('');
});
