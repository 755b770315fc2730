import { describe, expect, it, vi } from 'vitest';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { sentence } from '../../messages/messages.js';
import '../../tests/support/every-area.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
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

const needsYes = new RemoteError(
  newFailure('needs-yes', sentence('remote.ask-remove-address', { address: 'a:1', server: 'Lobby' })),
);

async function run(answer: object, options: Options = {}, { words = [] as string[], typed = '' } = {}) {
  const ask = vi.fn(async (_verb: string, input: { isAgreed?: boolean }) => {
    if (input.isAgreed === false && typed !== '') throw needsYes;
    return answer;
  });
  const { terminal, out, err } = recordingTerminal(typed === '' ? null : typed);
  await network({
    perch: { ask } as unknown as PerchConnection,
    args: ['Lobby', ...words],
    plain: 0,
    options,
    terminal,
    deadline: Infinity,
  });
  return { ask, out: out(), err: err() };
}

it('prints addresses as a table, and how many the server may have', async () => {
  const { ask, out, err } = await run({ server: { name: 'Lobby' }, addresses: [game], limit: 3 });
  expect(ask).toHaveBeenCalledExactlyOnceWith('network', { name: 'Lobby' });
  const [heads, row] = out.split('\n');
  expect(heads).toMatch(/^ADDRESS +IP +DEFAULT +USED BY +NOTES +ID$/);
  expect(row).toMatch(/^play\.example\.com:25565 +203\.0\.113\.10 +default +Server port +Game +1$/);
  expect(err).toBe('1 address, 3 allowed\n');
});

it('names missing permissions and unknown addresses', async () => {
  const { err } = await run({ addresses: [{ ...game, usedBy: null }], limit: 0 });
  expect(err).toContain('allows no further address');
  expect(err).toContain('may not read the startup settings');
});

it('prints JSON', async () => {
  const found = { server: { name: 'Lobby' }, addresses: [game], limit: null };
  expect(JSON.parse((await run(found, { json: true })).out)).toEqual(found);
});

describe('a change', () => {
  const answer = { server: { name: 'Lobby' }, address: game };

  it.each([
    [['add'], { kind: 'add' }, /new address play\.example\.com:25565/],
    [['note', '25565', 'for', 'the map'], { kind: 'note', address: '25565', notes: 'for the map' }, /notes/],
    [['note', '25565', ''], { kind: 'note', address: '25565', notes: '' }, /notes/],
    [['default', '25565'], { kind: 'default', address: '25565' }, /default/],
    [['remove', '25565'], { kind: 'remove', address: '25565' }, /no longer/],
  ])('of %j asks for %j', async (words, change, said) => {
    const { ask, out } = await run(answer, {}, { words });
    expect(ask).toHaveBeenCalledExactlyOnceWith('changeNetwork', { name: 'Lobby', change, isAgreed: false });
    expect(out).toMatch(said);
  });

  it('that loses notes or an address waits for a yes', async () => {
    const words = ['remove', '25565'];
    await expect(run(answer, {}, { words, typed: 'n' })).rejects.toMatchObject({
      failure: { cause: 'needs-yes' },
    });
    const { ask, err } = await run(answer, {}, { words, typed: 'y' });
    expect(ask.mock.calls.map(([, { isAgreed }]) => isAgreed)).toEqual([false, true]);
    expect(err).toContain('Remove a:1 from');
  });

  it.each([[['remove']], [['note', '25565']]])('needs its words: %j', async (words) => {
    await expect(run(answer, {}, { words })).rejects.toMatchObject({ failure: { cause: 'usage' } });
  });

  it('says that the panel does not name the new address', async () => {
    const { out } = await run({ server: { name: 'Lobby' }, address: null }, {}, { words: ['add'] });
    expect(out).toContain('perch network');
  });
});
