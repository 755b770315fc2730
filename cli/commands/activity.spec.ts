import { expect, it, vi } from 'vitest';
import '../../tests/support/every-area.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { activity } from './activity.js';

const entry = {
  at: 0,
  event: 'server:power.stop',
  by: 'sam',
  isApi: false,
  ip: null,
  text: 'Stopped the server',
};

async function run(options: Options = {}, entries: readonly object[] = [entry]) {
  const { terminal, out, err } = recordingTerminal();
  const ask = vi.fn(async (_verb: string, _input: unknown) => ({
    server: { name: 'Lobby' },
    entries,
    total: 70,
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

it('prints what was done, by whom, and how much more there is', async () => {
  const { out, err, asked } = await run({}, [entry, { ...entry, by: null, ip: '203.0.113.7' }]);
  expect(asked).toEqual([['activity', { name: 'Lobby', limit: 20 }]]);
  const [first, second] = out.split('\n');
  expect(first).toMatch(/1970.* {2}Stopped the server {2}sam$/);
  expect(second).toMatch(/ {2}Stopped the server {2}203\.0\.113\.7$/);
  expect(err).toBe('2 of 70 entries\n');
});

it('asks for as many entries as wanted, and for no more than there may be', async () => {
  expect((await run({ lines: '500' })).asked).toEqual([['activity', { name: 'Lobby', limit: 500 }]]);
  await expect(run({ lines: '501' })).rejects.toMatchObject({ failure: { cause: 'usage' } });
});

it('prints one line of JSON', async () => {
  const { out, err } = await run({ json: true });
  expect(JSON.parse(out)).toMatchObject({ entries: [entry], total: 70 });
  expect(err).toBe('');
});
