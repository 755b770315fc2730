import { describe, expect, it, vi } from 'vitest';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { sentence } from '../../messages/messages.js';
import '../../tests/support/every-area.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import { aDatabase } from '../../tests/support/some-databases.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { databases } from './databases.js';

type Ask = (verb: string, input: { confirm?: string | null; isAgreed?: boolean }) => Promise<object>;
const server = { name: 'Lobby' };
const needsYes = new RemoteError(
  newFailure('needs-yes', sentence('remote.ask-delete-database', { server: 'Lobby', database: 's32_main' })),
);

function setUp(
  words: string[],
  answer: Ask,
  { options = {}, typed = null }: { options?: Options; typed?: string | null } = {},
) {
  const ask = vi.fn(answer);
  const { terminal, out, err } = recordingTerminal(typed);
  const over = databases({
    perch: { ask } as unknown as PerchConnection,
    args: ['Lobby', ...words],
    plain: 0,
    options,
    terminal,
    deadline: Infinity,
  });
  return { over, ask, out, err };
}
const changed = async () => ({ server, database: aDatabase() });

it('prints databases as a table, and how many the server may have', async () => {
  const answer = async () => ({ server, databases: [aDatabase()], limit: 2 });
  const { over, out, err } = setUp([], answer);
  await over;
  expect(out().split('\n')[0]).toMatch(/^NAME +ADDRESS +USER +FROM +ID$/);
  expect(out().split('\n')[1]).toMatch(/^s32_main +db\.example\.com:3306 +u32_EW5wPPr5pD +% +R719VEq2$/);
  expect(err()).toBe('1 of 2 databases\n');
});

it('prints a database for which the panel names no address', async () => {
  const answer = async () => ({ server, databases: [aDatabase({ host: null })], limit: null });
  const { over, out } = setUp([], answer);
  await over;
  expect(out().split('\n')[1]).toMatch(/^s32_main +- +u32_EW5wPPr5pD +% +R719VEq2$/);
});

it('creates a database for any address, or for one address', async () => {
  for (const [options, from] of [
    [{}, '%'],
    [{ from: '10.0.0.%' }, '10.0.0.%'],
  ] as const) {
    const { over, ask, out } = setUp(['create', 'main'], changed, { options });
    await over;
    const change = { kind: 'create', name: 'main', from };
    const input = { name: 'Lobby', change, isAgreed: false, confirm: null };
    expect(ask).toHaveBeenCalledExactlyOnceWith('changeDatabase', input);
    expect(out()).toContain('“s32_main” is ready. Its password is in Perch');
  }
});

it('gives a new password after a yes', async () => {
  const answer: Ask = async (_verb, { isAgreed }) =>
    isAgreed === true ? changed() : Promise.reject(needsYes);
  const agreed = setUp(['rotate', 'main'], answer, { typed: 'y' });
  await agreed.over;
  expect(agreed.ask).toHaveBeenCalledTimes(2);
  expect(agreed.out()).toContain('has a new password');
  await expect(setUp(['rotate', 'main'], answer).over).rejects.toThrow();
  await setUp(['rotate', 'main'], answer, { options: { yes: true } }).over;
});

describe('a deletion', () => {
  const answer: Ask = async (_verb, { confirm }) =>
    confirm === 's32_main' ? changed() : Promise.reject(needsYes);

  it('asks for the name at a terminal', async () => {
    const { over, out, err } = setUp(['delete', 'main'], answer, { typed: ' s32_main ' });
    await over;
    expect(err()).toContain('Type the whole name of the database:');
    expect(out()).toBe('Deleted the database “s32_main”.\n');
  });

  it('takes the name as an option', async () => {
    const { over, ask } = setUp(['delete', 'main'], answer, { options: { confirm: 's32_main' } });
    await over;
    expect(ask).toHaveBeenCalledOnce();
  });

  it.each<{ options: Options; typed?: string }>([
    { options: { confirm: 'main' }, typed: 's32_main' },
    { options: {} },
    { options: { yes: true } },
  ])('does nothing without the name: %j', async (more) => {
    const { over, ask } = setUp(['delete', 'main'], answer, more);
    await expect(over).rejects.toMatchObject({ failure: { cause: 'needs-yes' } });
    expect(ask).toHaveBeenCalledOnce();
  });

  it('needs a database', async () => {
    const { over, ask } = setUp(['delete'], answer);
    await expect(over).rejects.toMatchObject({ failure: { cause: 'usage' } });
    expect(ask).not.toHaveBeenCalled();
  });
});

it('prints one line of JSON', async () => {
  const { over, out } = setUp(['create', 'main'], changed, { options: { json: true } });
  await over;
  expect(JSON.parse(out())).toMatchObject({ database: { name: 's32_main' } });
});
