import { describe, expect, it, vi } from 'vitest';
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

function enter(entry: CommandEntry, command: string): Promise<void> {
  entry.type(command);
  return entry.send();
}

/** Commands of the calls so far. */
function sent(bridge: FakeBridge): unknown[] {
  return bridge.calls.map(({ input }) => (input as { command: string }).command);
}

describe('CommandEntry', () => {
  it('empties the line at once, and shows a sent command with Up', async () => {
    const { bridge, entry, history } = rig();
    const release = bridge.hold('command.send');
    entry.type('list');
    const sending = entry.send();
    expect([entry.value, history.draft, entry.sending.isRunning]).toEqual(['', '', true]);
    expect(entry.older()).toBe(true);
    expect(entry.value).toBe('list');
    expect(entry.older()).toBe(false);
    expect(entry.newer()).toBe(true);
    expect(entry.value).toBe('');
    release({ isTaken: true });
    await sending;
    expect(bridge.calls).toEqual([{ name: 'command.send', input: { serverId: 'home/1', command: 'list' } }]);
    expect([entry.value, entry.sending.isRunning]).toEqual(['', false]);
  });

  it('sends no blank text', async () => {
    const { bridge, entry } = rig();
    entry.type('  ');
    await entry.send();
    expect(bridge.calls).toEqual([]);
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

  it('sends commands in the typed order, one call at a time, also equal commands', async () => {
    const { bridge, entry } = rig();
    const first = bridge.hold('command.send');
    const sending = enter(entry, 'join Olive');
    const second = bridge.hold('command.send');
    void enter(entry, 'list');
    void enter(entry, 'list');
    expect(sent(bridge)).toEqual(['join Olive']);
    first({ isTaken: true });
    await vi.waitFor(() => expect(sent(bridge)).toEqual(['join Olive', 'list']));
    expect(entry.sending.isRunning).toBe(true);
    second({ isTaken: true });
    await sending;
    expect(sent(bridge)).toEqual(['join Olive', 'list', 'list']);
    expect([entry.value, entry.stopped, entry.sending.isRunning]).toEqual(['', null, false]);
  });
});

describe('CommandEntry, refused', () => {
  it('gives the command back to the empty line, with the reason until it is sent again', async () => {
    const { bridge, entry, history } = rig();
    bridge.refuse('command.send', problem);
    await enter(entry, 'list');
    expect([entry.value, history.draft, entry.sending.isRunning]).toEqual(['list', 'list', false]);
    expect(entry.stopped).toEqual({ command: 'list', problem, held: 0, isBack: true });
    // Up passes over the same command.
    expect(entry.older()).toBe(false);
    entry.type('lis');
    expect(entry.stopped).not.toBeNull();
    bridge.answer('command.send', { isTaken: true });
    await entry.send();
    expect([entry.stopped, history.recent]).toEqual([null, ['lis', 'list']]);
  });

  it('forgets the reason with the text', async () => {
    const { bridge, entry } = rig();
    bridge.refuse('command.send', problem);
    await enter(entry, 'list');
    entry.type('');
    expect(entry.stopped).toBeNull();
  });

  it('holds back the commands behind it, and shows them with Up', async () => {
    const { bridge, entry } = rig();
    bridge.refuse('command.send', problem);
    const sending = enter(entry, 'one');
    for (const command of ['two', 'three']) void enter(entry, command);
    await sending;
    expect(sent(bridge)).toEqual(['one']);
    expect(entry.stopped).toEqual({ command: 'one', problem, held: 2, isBack: true });
    const shown = [entry.value];
    while (entry.older()) shown.push(entry.value);
    expect(shown).toEqual(['one', 'three', 'two', 'one']);
  });

  it('leaves text typed meanwhile alone, and keeps the reason until the user has read it', async () => {
    const { bridge, entry, history } = rig();
    bridge.refuse('command.send', problem);
    const sending = enter(entry, 'one');
    entry.type('tw');
    await sending;
    expect([entry.value, history.draft]).toEqual(['tw', 'tw']);
    const stopped = { command: 'one', problem, held: 0, isBack: false };
    expect(entry.stopped).toEqual(stopped);
    bridge.answer('command.send', { isTaken: true });
    await enter(entry, 'two');
    expect([sent(bridge), entry.stopped]).toEqual([['one', 'two'], stopped]);
    entry.leave();
    expect(entry.stopped).toBeNull();
    entry.older();
    entry.older();
    expect(entry.value).toBe('one');
  });

  it('loses no command when the user leaves', async () => {
    const { bridge, entry, history } = rig();
    const release = bridge.hold('command.send');
    const sending = enter(entry, 'one');
    for (const command of ['two', 'three']) void enter(entry, command);
    entry.stop();
    release({ isTaken: true });
    await sending;
    expect([sent(bridge), history.draft]).toEqual([['one'], 'two']);
    expect(history.recent).toEqual(['three', 'two', 'one']);
  });

  it('gives back the command in flight after the user has left', async () => {
    const { bridge, entry, history } = rig();
    bridge.refuse('command.send', problem);
    const sending = enter(entry, 'one');
    entry.stop();
    await sending;
    expect(history.draft).toBe('one');
  });
});

describe('CommandEntry, where the command may have been sent', () => {
  it('asks before it repeats the command, and Enter is no answer', async () => {
    const { bridge, entry, history } = rig();
    bridge.answer('command.send', { isTaken: false });
    await enter(entry, 'save-all');
    expect([entry.value, entry.asksAgain]).toEqual(['save-all', true]);
    await entry.send();
    expect(bridge.calls).toHaveLength(1);
    bridge.answer('command.send', { isTaken: true });
    await entry.sendAgain();
    expect(bridge.calls.at(-1)?.input).toEqual({ serverId: 'home/1', command: 'save-all', again: true });
    expect([entry.value, entry.asksAgain, history.recent]).toEqual(['', false, ['save-all']]);
    await entry.sendAgain();
    expect(bridge.calls).toHaveLength(2);
  });

  it('holds back the commands behind it', async () => {
    const { bridge, entry } = rig();
    bridge.answer('command.send', { isTaken: false });
    const sending = enter(entry, 'save-all');
    void enter(entry, 'stop');
    await sending;
    expect(sent(bridge)).toEqual(['save-all']);
    expect(entry.stopped).toEqual({ command: 'save-all', problem: null, held: 1, isBack: true });
  });

  it('asks about this command whatever the line holds, and leaves the line alone', async () => {
    const { bridge, entry, history } = rig();
    bridge.answer('command.send', { isTaken: false });
    await enter(entry, 'save-all');
    bridge.answer('command.send', { isTaken: true });
    await enter(entry, 'list');
    entry.type('say h');
    expect(entry.asksAgain).toBe(true);
    await entry.sendAgain();
    expect(sent(bridge)).toEqual(['save-all', 'list', 'save-all']);
    expect([entry.value, history.draft, entry.asksAgain]).toEqual(['say h', 'say h', false]);
  });

  it('keeps the command where the user declines', async () => {
    const { bridge, entry } = rig();
    bridge.answer('command.send', { isTaken: false });
    await enter(entry, 'save-all');
    entry.leave();
    expect([entry.value, entry.asksAgain]).toEqual(['save-all', false]);
  });
});

describe('CommandEntry, with other text', () => {
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

  it('sends a typed command between the lines of a run', async () => {
    const { bridge, entry, history } = rig();
    const release = bridge.hold('command.send');
    const running = entry.run.start(['one', 'two']);
    const sending = enter(entry, 'list');
    release({ isTaken: true });
    await Promise.all([running, sending]);
    expect(sent(bridge)).toEqual(['one', 'list', 'two']);
    expect(entry.value).toBe('');
    expect(history.recent.toSorted()).toEqual(['list', 'one', 'two']);
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
