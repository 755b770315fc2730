import { expect, it, vi } from 'vitest';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { logs } from './logs.js';

function setUp(options: Options, typed: string | null = 'y') {
  const answers: Record<string, object> = {
    redactLog: {
      id: 4,
      text: 'from [address 1]\nok',
      host: 'logs.example',
      replaced: 1,
      isStartupRead: true,
    },
    shareLog: { url: 'https://logs.example/aB3', canDelete: true },
  };
  const ask = vi.fn((verb: string, _input: object) => Promise.resolve(answers[verb]));
  const { terminal, out, err } = recordingTerminal(typed, { isShown: typed !== null });
  const over = logs({
    perch: { ask } as unknown as PerchConnection,
    args: ['Survival'],
    plain: 0,
    options: { share: true, ...options },
    terminal,
    deadline: Infinity,
  });
  return { over, out, err, asked: () => ask.mock.calls.map(([verb, input]) => [verb, input]) };
}

const prepared = ['redactLog', { name: 'Survival', lines: 100 }];

it('prints the text, asks, shares the text and prints the link', async () => {
  const { over, out, err, asked } = setUp({});
  await over;
  expect(out()).toBe('from [address 1]\nok\nhttps://logs.example/aB3\n');
  expect(err()).toContain('This text goes to logs.example');
  expect(asked()).toEqual([prepared, ['shareLog', { id: 4 }]]);
});

it.each([
  ['after a no', {}, 'n'],
  ['without a terminal', {}, null],
  ['without a terminal, even with JSON', { json: true } as Options, null],
])('sends no line %s', async (_, options, typed) => {
  const { over, out, asked } = setUp(options, typed);
  await expect(over).rejects.toMatchObject({ failure: { cause: 'needs-yes' } });
  expect(out()).toContain('from [address 1]');
  expect(asked()).toEqual([prepared]);
});

it('refuses to follow', async () => {
  const { over, asked } = setUp({ follow: true });
  await expect(over).rejects.toMatchObject({ failure: { cause: 'usage' } });
  expect(asked()).toEqual([]);
});
