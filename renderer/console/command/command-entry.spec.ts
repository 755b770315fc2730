import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { CommandHistory } from '../../state/forms/command-history.svelte.js';
import { CommandEntry } from './command-entry.svelte.js';

const problem: Problem = {
  code: 'offline',
  message: verbatim('The server is offline.'),
  next: verbatim('Start it.'),
};

function rig(history = new CommandHistory()) {
  const bridge = new FakeBridge();
  bridge.answer('command.send', { isTaken: true });
  return { bridge, history, entry: new CommandEntry(new PerchClient(bridge), 'home/1', history, () => 1000) };
}

describe('CommandEntry', () => {
  it('sends its text once, and is then empty', async () => {
    const { bridge, entry } = rig();
    const release = bridge.hold('command.send');
    entry.type('list');
    const sending = entry.send();
    expect(entry.sending.isRunning).toBe(true);
    await entry.send();
    release({ isTaken: true });
    await sending;
    expect(bridge.calls).toEqual([{ name: 'command.send', input: { serverId: 'home/1', command: 'list' } }]);
    expect([entry.value, entry.sending.isRunning]).toEqual(['', false]);
    expect(entry.older()).toBe(true);
    expect(entry.value).toBe('list');
    expect(entry.older()).toBe(false);
    expect(entry.newer()).toBe(true);
    expect(entry.value).toBe('');
  });

  it('sends no blank text', async () => {
    const { bridge, entry } = rig();
    entry.type('  ');
    await entry.send();
    expect(bridge.calls).toEqual([]);
  });

  it('keeps a refused text, with the reason until the user types', async () => {
    const { bridge, entry, history } = rig();
    bridge.refuse('command.send', problem);
    entry.type('list');
    await entry.send();
    expect([entry.value, entry.sending.problem, entry.sending.isRunning]).toEqual(['list', problem, false]);
    expect(history.recent).toEqual([]);
    entry.type('lis');
    expect(entry.sending.problem).toBeNull();
  });

  it('asks before it repeats a command that may have been sent, and Enter is no answer', async () => {
    const { bridge, entry, history } = rig();
    bridge.answer('command.send', { isTaken: false });
    entry.type('save-all');
    await entry.send();
    expect([entry.value, entry.asksAgain, history.recent]).toEqual(['save-all', true, []]);
    await entry.send();
    expect(bridge.calls).toHaveLength(1);
    bridge.answer('command.send', { isTaken: true });
    await entry.send(true);
    expect(bridge.calls.at(-1)?.input).toEqual({ serverId: 'home/1', command: 'save-all', again: true });
    expect([entry.value, entry.asksAgain, history.recent]).toEqual(['', false, ['save-all']]);
  });

  it('drops the question about a removed text, and keeps unsent text', async () => {
    const { bridge, entry } = rig();
    bridge.answer('command.send', { isTaken: false });
    for (const change of [
      () => entry.leave(),
      () => entry.type('save-al'),
      () => (entry.history.add('list'), entry.older()),
    ]) {
      entry.type('save-all');
      await entry.send();
      expect(entry.asksAgain).toBe(true);
      change();
      expect(entry.asksAgain).toBe(false);
    }
    entry.type('save-all');
    await entry.send();
    entry.leave();
    expect(entry.value).toBe('save-all');
  });

  it('keeps text typed meanwhile', async () => {
    const { bridge, entry, history } = rig();
    const release = bridge.hold('command.send');
    entry.type('list');
    const sending = entry.send();
    entry.type('say');
    release({ isTaken: true });
    await sending;
    expect([entry.value, history.draft, history.recent]).toEqual(['say', 'say', ['list']]);
  });

  it('keeps its text while it sends several commands', async () => {
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

  it("starts with its draft, and loads main's history", async () => {
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

  it('recognises a text that is too long for a program', () => {
    const { entry } = rig();
    entry.type('x'.repeat(4095));
    expect(entry.isTooLong).toBe(false);
    entry.type('x'.repeat(4096));
    expect(entry.isTooLong).toBe(true);
  });
});
