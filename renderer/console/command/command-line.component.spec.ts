import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import type { Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { newProblem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../../views/frame.svelte';
import CommandLine from './command-line.svelte';

const user = userEvent.setup();
const refused = newProblem('conflict', verbatim('The server is offline.'), verbatim('Start it.'));

describe('the command line', () => {
  let bridge: FakeBridge;

  beforeEach(() => {
    bridge = new FakeBridge();
    bridge.answer('command.history', { commands: [] });
    bridge.answer('command.send', { isTaken: true });
    const server = aServer({ power: 'running', permissions: ['*'] });
    const view: Component = (anchor) => CommandLine(anchor, { server, keys: 'Ctrl' });
    render(Frame, { view, state: createWindowState(new PerchClient(bridge)) });
  });

  const line = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Command' });
  const told = (): string => screen.getByRole('alert').textContent.replace(/\s+/g, ' ').trim();
  const sent = (): unknown[] =>
    bridge.calls
      .filter(({ name }) => name === 'command.send')
      .map(({ input }) => (input as { command: string }).command);

  it('takes the next command while a call runs', async () => {
    const release = bridge.hold('command.send');
    await user.type(line(), 'join Olive{Enter}list{Enter}');
    expect(line().value).toBe('');
    screen.getByText('sending…');
    expect(sent()).toEqual(['join Olive']);
    release({ isTaken: true });
    await waitFor(() => expect(screen.queryByText('sending…')).toBeNull());
    expect(sent()).toEqual(['join Olive', 'list']);
  });

  it('selects a command that came back, and names the command once the line holds other text', async () => {
    bridge.refuse('command.send', refused);
    await user.type(line(), 'list{Enter}');
    await screen.findByRole('alert');
    expect(told()).toBe('The server is offline. Start it.');
    expect(line().value).toBe('list');
    expect(line().getAttribute('aria-describedby')).toBe(screen.getByRole('alert').id);
    await user.keyboard('say');
    expect(line().value).toBe('say');
    expect(told()).toBe('“list”: The server is offline. Start it.');
    expect(screen.queryByRole('button', { name: 'Dismiss' })).toBeNull();
    await user.keyboard('{ArrowUp}');
    expect(line().value).toBe('list');
  });

  it('names a long, hostile command in one short line, and keeps the note until its button is pressed', async () => {
    const release = bridge.hold('command.send');
    await user.type(line(), 'ok{Enter}');
    await user.click(line());
    await user.paste(`say \u202E${'x'.repeat(900)}`);
    await user.keyboard('{Enter}list{Enter}say{Enter}typed');
    bridge.refuse('command.send', refused);
    release({ isTaken: true });
    await screen.findByRole('alert');
    expect(told()).toBe(
      `“say ${'x'.repeat(35)}…”: The server is offline. Start it. 2 later commands were not sent. Up brings them back.`,
    );
    expect(line().value).toBe('typed');
    bridge.answer('command.send', { isTaken: true });
    await user.keyboard('{Enter}');
    expect(sent()).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(document.activeElement).toBe(line());
  });

  it('asks about the command in question while the person types on', async () => {
    bridge.answer('command.send', { isTaken: false });
    await user.type(line(), 'save-all{Enter}');
    await screen.findByRole('alert');
    expect(told()).toContain('This may have been sent already.');
    await user.keyboard('{Enter}');
    expect(sent()).toHaveLength(1);
    await user.keyboard('say');
    expect(told()).toContain('“save-all” may have been sent already.');
    bridge.answer('command.send', { isTaken: true });
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(bridge.calls.at(-1)?.input).toMatchObject({ command: 'save-all', again: true });
    expect(line().value).toBe('say');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});
