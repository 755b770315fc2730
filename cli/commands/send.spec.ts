import { expect, it, vi } from 'vitest';
import type { Connection } from '../connection.js';
import { send } from './send.js';

function setUp(words: string[], { plain = 0, input = '' } = {}) {
  const ask = vi.fn((_verb: string, _input: object) => Promise.resolve({ server: { name: 'Survival' } }));
  const readAll = vi.fn(() => input);
  const written: string[] = [];
  const write = (text: string): void => void written.push(text);
  const terminal = { out: write, err: write, readLine: () => '', readAll, isShown: false, canAsk: false };
  const over = send({
    perch: { ask } as unknown as Connection,
    args: ['Survival', ...words],
    plain,
    options: {},
    terminal: { ...terminal, hasColours: false },
    deadline: Infinity,
  });
  const sent = (): unknown => ask.mock.calls[0]?.[1];
  return { over, sent, ask, readAll };
}

it('a dash reads the command from the input', async () => {
  const { over, sent } = setUp(['-'], { input: 'say hi\n' });
  await over;
  expect(sent()).toMatchObject({ name: 'Survival', command: 'say hi' });
});

it('a dash after two dashes is sent as text', async () => {
  const { over, sent, readAll } = setUp(['-'], { plain: 1 });
  await over;
  expect(sent()).toMatchObject({ command: '-' });
  expect(readAll).not.toHaveBeenCalled();
});

it.each([
  ['too long', 'x'.repeat(65_537), 'too long'],
  ['missing', '\n', 'COMMAND is missing'],
])('an input that is %s is refused before Perch is asked', async (_what, input, words) => {
  const { over, ask } = setUp(['-'], { input });
  await expect(over).rejects.toMatchObject({
    failure: { cause: 'usage', message: expect.stringContaining(words) },
  });
  expect(ask).not.toHaveBeenCalled();
});
