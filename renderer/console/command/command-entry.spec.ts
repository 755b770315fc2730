import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../words/words.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { CommandHistory } from '../../state/command-history.svelte.js';
import { CommandEntry } from './command-entry.svelte.js';

const problem: Problem = {
  code: 'offline',
  message: verbatim('The server is offline.'),
  next: verbatim('Start it.'),
};

function rig(history = new CommandHistory()) {
  const bridge = new FakeBridge();
  return { bridge, history, entry: new CommandEntry(new PerchClient(bridge), 'home/1', history, () => 1000) };
}

describe('CommandEntry', () => {
  it('sends what stands there, once, and is empty then', async () => {
    const { bridge, entry } = rig();
    const release = bridge.hold('command.send');
    entry.type('list');
    const sending = entry.send();
    expect(entry.isSending).toBe(true);
    await entry.send();
    release(undefined);
    await sending;
    expect(bridge.calls).toEqual([{ name: 'command.send', input: { serverId: 'home/1', command: 'list' } }]);
    expect([entry.value, entry.isSending]).toEqual(['', false]);
    expect(entry.older()).toBe(true);
    expect(entry.value).toBe('list');
    expect(entry.older()).toBe(false);
    expect(entry.newer()).toBe(true);
    expect(entry.value).toBe('');
  });

  it('sends nothing blank', async () => {
    const { bridge, entry } = rig();
    entry.type('  ');
    await entry.send();
    expect(bridge.calls).toEqual([]);
  });

  it('keeps what was refused, and says why until somebody types', async () => {
    const { bridge, entry, history } = rig();
    bridge.refuse('command.send', problem);
    entry.type('list');
    await entry.send();
    expect([entry.value, entry.problem, entry.isSending]).toEqual(['list', problem, false]);
    expect(history.recent).toEqual([]);
    entry.type('lis');
    expect(entry.problem).toBeNull();
  });

  it('leaves what was typed meanwhile', async () => {
    const { bridge, entry, history } = rig();
    const release = bridge.hold('command.send');
    entry.type('list');
    const sending = entry.send();
    entry.type('say');
    release(undefined);
    await sending;
    expect([entry.value, history.draft, history.recent]).toEqual(['say', 'say', ['list']]);
  });

  it('leaves the line alone while it sends several', async () => {
    const { bridge, entry, history } = rig();
    entry.type('half');
    await entry.run.start(['one', 'two']);
    const runSince: unknown = expect.any(Number);
    expect(bridge.calls.map(({ input }) => input)).toEqual([
      { serverId: 'home/1', command: 'one', runSince },
      { serverId: 'home/1', command: 'two', runSince },
    ]);
    expect([entry.value, history.draft, history.recent]).toEqual(['half', 'half', ['two', 'one']]);
  });

  it('begins with what stood there, and takes what main has kept', async () => {
    const history = new CommandHistory();
    history.typed('half');
    const { bridge, entry } = rig(history);
    bridge.answer('command.history', { commands: ['list'] });
    entry.start();
    await new Promise((resolve) => setTimeout(resolve));
    expect(entry.value).toBe('half');
    entry.older();
    expect(entry.value).toBe('list');
  });

  it('knows what is longer than a program reads', () => {
    const { entry } = rig();
    entry.type('x'.repeat(4095));
    expect(entry.isTooLong).toBe(false);
    entry.type('x'.repeat(4096));
    expect(entry.isTooLong).toBe(true);
  });
});
