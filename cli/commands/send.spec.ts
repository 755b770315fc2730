import { expect, it, vi } from 'vitest';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { send } from './send.js';

function setUp(words: string[], { plain = 0, input = '', options = {} as Options } = {}) {
  const ask = vi.fn((_verb: string, _input: object) => Promise.resolve({ server: { name: 'Survival' } }));
  const readAll = vi.fn(() => input);
  const written: string[] = [];
  const write = (text: string): void => void written.push(text);
  const terminal = { out: write, err: write, readLine: () => '', readAll, isShown: false, canAsk: false };
  const over = send({
    perch: { ask } as unknown as PerchConnection,
    args: ['Survival', ...words],
    plain,
    options,
    terminal: { ...terminal, hasColours: false },
    deadline: Infinity,
  });
  const sent = (): unknown => ask.mock.calls[0]?.[1];
  return { over, sent, ask, readAll, written };
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

it.each([
  [['say', 'hi'], 'say hi'],
  [['-', 'x'], '- x'],
  [['list'], 'list'],
])('sends the words %j as one line', async (words, command) => {
  const { over, sent, readAll, written } = setUp(words);
  await over;
  expect(sent()).toEqual({ name: 'Survival', command, isAgreed: false });
  expect(readAll).not.toHaveBeenCalled();
  expect(written.join('')).toMatch(/Survival.*\n$/);
});

it('removes only the line end after the last line of an input', async () => {
  const { over, sent } = setUp(['-'], { input: 'say hi\r\n\r\n' });
  await over;
  expect(sent()).toMatchObject({ command: 'say hi\r\n' });
});

it('a command of the greatest allowed length is sent', async () => {
  const { over, sent } = setUp(['x'.repeat(65_536)]);
  await over;
  expect(sent()).toMatchObject({ name: 'Survival', command: 'x'.repeat(65_536) });
});

it("passes on the user's agreement, and answers in JSON on request", async () => {
  const { over, sent, written } = setUp(['list'], { options: { yes: true, json: true } });
  await over;
  expect(sent()).toMatchObject({ isAgreed: true });
  expect(JSON.parse(written.join(''))).toEqual({ server: { name: 'Survival' } });
});
