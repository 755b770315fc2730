import { expect, it, vi } from 'vitest';
import '../../tests/support/every-area.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { saying } from './saying.js';

interface Result {
  readonly name: string;
  readonly outcome: string;
  readonly problem?: string;
  readonly line?: string;
}

function setUp(args: string[], results: readonly Result[], options: Options = { yes: true }) {
  const answer = results.map(({ name, outcome, problem = null, line = null }) => ({
    server: { name },
    outcome,
    problem,
    line,
  }));
  const ask = vi.fn(async (_verb: string, _input: object) => ({ results: answer }));
  const { terminal, both } = recordingTerminal();
  const over = saying({
    perch: { ask } as unknown as PerchConnection,
    args,
    plain: 0,
    options,
    terminal,
    deadline: Infinity,
  });
  return { ask, over, written: both };
}

it('sends the text to the named servers, and prints each result', async () => {
  const { ask, over, written } = setUp(
    ['Hello all', 'Survival', 'Lobby'],
    [
      { name: 'Survival', outcome: 'done' },
      { name: 'Lobby', outcome: 'sent' },
    ],
  );
  await over;
  expect(ask).toHaveBeenCalledExactlyOnceWith('broadcast', {
    text: 'Hello all',
    names: ['Survival', 'Lobby'],
    group: null,
    isAll: false,
    evenEmpty: false,
    isAgreed: true,
  });
  expect(written()).toBe('Survival: message sent\nLobby: message sent, not confirmed\n');
});

it('fails for a named server that was left out, and not for one of a group', async () => {
  const left = { name: 'Lobby', outcome: 'skipped', problem: 'The server is offline.' };
  const named = setUp(['Hi', 'Lobby'], [left]);
  await expect(named.over).rejects.toThrow('1 server failed.');
  expect(named.written()).toBe('Lobby: skipped (The server is offline.)\n');
  const group = setUp(['Hi'], [left], { yes: true, group: 'Night shift', 'even-empty': true });
  await group.over;
  expect(group.ask).toHaveBeenCalledWith(
    'broadcast',
    expect.objectContaining({ names: [], group: 'Night shift', evenEmpty: true }),
  );
});

it('fails for a refused message, with the line of the console', async () => {
  const { over, written } = setUp(['Hi'], [{ name: 'A', outcome: 'failed', line: 'Unknown command' }], {
    all: true,
  });
  await expect(over).rejects.toThrow('1 server failed.');
  expect(written()).toBe('A: failed (Unknown command)\n');
});

it('needs servers', async () => {
  const { ask, over } = setUp(['Hi'], [], {});
  await expect(over).rejects.toThrow('NAME is missing');
  expect(ask).not.toHaveBeenCalled();
});
