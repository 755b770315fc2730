import { expect, it, vi } from 'vitest';
import '../../tests/support/every-area.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { network } from './network.js';

const game = {
  id: 1,
  ip: '203.0.113.10',
  alias: 'play.example.com',
  port: 25_565,
  notes: 'Game',
  isDefault: true,
  usedBy: ['Server port'],
};

async function run(answer: object, options: Options = {}) {
  const ask = vi.fn(async () => answer);
  const [out, err]: [string[], string[]] = [[], []];
  await network({
    perch: { ask } as unknown as PerchConnection,
    args: ['Lobby'],
    plain: 0,
    options,
    terminal: {
      out: (text: string) => void out.push(text),
      err: (text: string) => void err.push(text),
      readLine: () => '',
      readAll: () => '',
      isShown: false,
      canAsk: false,
      hasColours: false,
    },
    deadline: Infinity,
  });
  return { ask, out: out.join(''), err: err.join('') };
}

it('prints addresses as a table, and how many the server may have', async () => {
  const { ask, out, err } = await run({ server: { name: 'Lobby' }, addresses: [game], limit: 3 });
  expect(ask).toHaveBeenCalledExactlyOnceWith('network', { name: 'Lobby' });
  const [heads, row] = out.split('\n');
  expect(heads).toMatch(/^ADDRESS +IP +DEFAULT +USED BY +NOTES +ID$/);
  expect(row).toMatch(/^play\.example\.com:25565 +203\.0\.113\.10 +default +Server port +Game +1$/);
  expect(err).toBe('1 address, 3 allowed\n');
});

it('says what is not allowed or not known', async () => {
  const { err } = await run({ addresses: [{ ...game, usedBy: null }], limit: 0 });
  expect(err).toContain('allows no further address');
  expect(err).toContain('may not read the startup settings');
});

it('prints JSON', async () => {
  const found = { server: { name: 'Lobby' }, addresses: [game], limit: null };
  expect(JSON.parse((await run(found, { json: true })).out)).toEqual(found);
});
