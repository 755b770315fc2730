import { expect, it, vi } from 'vitest';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { logs } from './logs.js';

function setUp(options: Options, { canAsk = true, answer = 'y' } = {}) {
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
  const out: string[] = [];
  const err: string[] = [];
  const over = logs({
    perch: { ask } as unknown as PerchConnection,
    args: ['Survival'],
    plain: 0,
    options: { share: true, ...options },
    terminal: {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      readLine: () => answer,
      readAll: () => '',
      isShown: canAsk,
      hasColours: false,
      canAsk,
    },
    deadline: Infinity,
  });
  return { over, out, err, asked: () => ask.mock.calls.map(([verb, input]) => [verb, input]) };
}

const prepared = ['redactLog', { name: 'Survival', lines: 100 }];

it('prints the text, asks, shares the text and prints the link', async () => {
  const { over, out, err, asked } = setUp({});
  await over;
  expect(out).toEqual(['from [address 1]\nok\n', 'https://logs.example/aB3\n']);
  expect(err.join('')).toContain('This text goes to logs.example');
  expect(asked()).toEqual([prepared, ['shareLog', { id: 4 }]]);
});

it.each([
  ['after a no', {}, { answer: 'n' }],
  ['without a terminal', {}, { canAsk: false }],
  ['without a terminal, even with JSON', { json: true } as Options, { canAsk: false }],
])('sends nothing %s', async (_, options, how) => {
  const { over, out, asked } = setUp(options, how);
  await expect(over).rejects.toMatchObject({ failure: { cause: 'needs-yes' } });
  expect(out.join('')).toContain('from [address 1]');
  expect(asked()).toEqual([prepared]);
});

it('refuses to follow', async () => {
  const { over, asked } = setUp({ follow: true });
  await expect(over).rejects.toMatchObject({ failure: { cause: 'usage' } });
  expect(asked()).toEqual([]);
});
