import { describe, expect, it, vi } from 'vitest';
import type { Connection } from '../connection.js';
import { tools, useTool } from './tools.js';

function setUp(answer: unknown = {}) {
  const ask = vi.fn((_verb: string, _input: unknown, how: { onEvent?: (event: unknown) => void } = {}) => {
    how.onEvent?.(answer);
    return Promise.resolve(answer);
  });
  const perch = vi.fn(() => Promise.resolve({ ask } as unknown as Connection));
  const use = (name: string, given?: Record<string, unknown>) =>
    useTool({ name, arguments: given }, { perch, onBegun: () => undefined });
  return { ask, perch, use };
}

describe('useTool', () => {
  it('asks Perch, and never agrees for the user', async () => {
    const { ask, use } = setUp();
    await use('power', { server: 'Survival', signal: 'kill' });
    await use('send', { server: 'Survival', command: 'list' });
    const asked = ask.mock.calls.map(([verb, input]) => [verb, input]);
    expect(asked).toEqual([
      ['power', { names: ['Survival'], signal: 'kill', isAgreed: false }],
      ['send', { name: 'Survival', command: 'list', isAgreed: false }],
    ]);
  });

  it('returns lines without characters that control a terminal', async () => {
    const { use } = setUp({ lines: [{ at: 0, source: 'server', text: '\u001b[31mred\u001b[0m\ntwo' }] });
    expect(await use('logs', { server: 'Survival' })).toEqual({ lines: ['red', 'two'] });
  });

  it.each([
    ['a tool that is none', 'constructor', {}, 'There is no tool constructor'],
    ['a missing server', 'power', { signal: 'stop' }, 'server'],
    ['another signal', 'power', { server: 'A', signal: 'erase' }, 'signal'],
    ['too many lines', 'logs', { server: 'A', lines: 100_000 }, 'lines'],
  ])('refuses %s before Perch is asked', async (_what, name, given, words) => {
    const { perch, use } = setUp();
    await expect(use(name, given)).rejects.toThrow(words);
    expect(perch).not.toHaveBeenCalled();
  });

  it('names the tools that change something', () => {
    const changing = Object.entries(tools).filter(([, { changes }]) => changes);
    expect(changing.map(([name]) => name)).toEqual(['power', 'send']);
  });
});
