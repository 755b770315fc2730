import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import { verbatim } from '../../../messages/messages.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import type { WindowState } from '../../state/context.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import PowerButtons from './power-buttons.svelte';
import WarnQuestion from './warn-question.svelte';
import WarnedLine from './warned-line.svelte';

const id = 'home/u0';
const user = userEvent.setup();
let bridge: FakeBridge;
let state: WindowState;

beforeEach(async () => {
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
  const props = {
    get server() {
      return state.fleet.server(id) ?? aServer({ id });
    },
  };
  const view: Component = (anchor) => {
    PowerButtons(anchor, props);
    WarnedLine(anchor, props);
    return WarnQuestion(anchor, {});
  };
  render(Frame, { view, state });
  state.warned.start();
  bridge.snapshot('warned', []);
  bridge.snapshot('settings', someSettings());
  await shows({});
});

async function shows(fields: Partial<Server>): Promise<void> {
  const server = aServer({ id, permissions: ['*'], power: 'running', ...fields });
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
}

async function opens(): Promise<void> {
  await user.click(screen.getByTestId('power-more'));
  await user.click(await screen.findByTestId('power-menu-warn'));
  await tick();
}

const sent = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);

describe('a restart with a warning', () => {
  it('shows a preview, and sends exactly that', async () => {
    await opens();
    const first = screen.getByTestId('warn-first');
    expect(first.textContent).toBe('say The server restarts in 5 minutes.');
    await user.click(screen.getByRole('radio', { name: '10 minutes' }));
    const message = screen.getByLabelText('Message to the players');
    await user.clear(message);
    expect(screen.getByTestId('warn-go').getAttribute('aria-disabled')).toBe('true');
    await user.type(message, 'Back in a moment ({{time})');
    const command = screen.getByLabelText('Command');
    await user.clear(command);
    await user.type(command, 'alert');
    expect(screen.getByText('The command must contain {text}.')).toBeTruthy();
    await user.click(screen.getByTestId('warn-go'));
    expect(sent('warned.begin')).toEqual([]);
    await user.type(command, ' {{text}');
    expect(first.textContent).toBe('alert Back in a moment (10 minutes)');
    await user.keyboard('{Enter}');
    expect(sent('warned.begin')).toEqual([
      { serverId: id, seconds: 600, message: 'Back in a moment ({time})', command: 'alert {text}' },
    ]);
    await tick();
    expect(screen.queryByTestId('warn-question')).toBeNull();
    const restartWarning = {
      minutes: 10,
      message: 'Back in a moment ({time})',
      commands: { [id]: 'alert {text}' },
    };
    expect(sent('settings.update')).toEqual([{ restartWarning }]);
  });

  it('shows the first message as the game gets it, and reports too long ones', async () => {
    await shows({ game: 'source' });
    await opens();
    const message = screen.getByLabelText('Message to the players');
    await user.clear(message);
    await user.type(message, 'Soon; then back');
    expect(screen.getByTestId('warn-first').textContent).toBe('say Soon, then back');
    await user.clear(message);
    await user.click(message);
    await user.paste('m'.repeat(4000));
    expect(screen.getByText('With this message, the command exceeds 4,000 characters.')).toBeTruthy();
    await user.click(screen.getByTestId('warn-go'));
    expect(sent('warned.begin')).toEqual([]);
  });

  it('stays open with the reason if the first warning is refused', async () => {
    bridge.refuse('warned.begin', { code: 'forbidden', message: verbatim('No.'), next: verbatim('Ask.') });
    await opens();
    await user.click(screen.getByTestId('warn-go'));
    expect((await screen.findByTestId('warn-problem')).textContent).toContain('No.');
    expect(sent('settings.update')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByTestId('warn-question')).toBeNull();
  });

  it.each<[string, Partial<Server>]>([
    ['The server is offline.', { power: 'offline' }],
    ['Your key lacks the permission control.console.', { permissions: ['control.restart'] }],
  ])('gives the reason why it cannot begin: %s', async (reason, fields) => {
    await shows(fields);
    await user.click(screen.getByTestId('power-more'));
    const item = await screen.findByTestId('power-menu-warn');
    expect(item.getAttribute('aria-disabled')).toBe('true');
    expect(document.body.innerHTML).toContain(reason);
  });

  it('counts down, can be cancelled, and does not begin twice', async () => {
    const restartAt = state.now.at + 272_000;
    bridge.change('warned', [{ serverId: id, restartAt, end: null, problem: null }]);
    await tick();
    expect(screen.getByTestId('warned-line').textContent).toMatch(/Restart in 4 min 3\d s/);
    await user.click(screen.getByTestId('power-more'));
    expect((await screen.findByTestId('power-menu-warn')).getAttribute('aria-disabled')).toBe('true');
    await user.keyboard('{Escape}');
    await user.click(screen.getByTestId('call-off'));
    expect(sent('warned.callOff')).toEqual([{ serverId: id }]);
  });

  it('reports problems, and the outcome', async () => {
    const problem = { code: 'timeout', message: verbatim('No answer.'), next: verbatim('Wait.') };
    const restartAt = state.now.at + 60_000;
    bridge.change('warned', [{ serverId: id, restartAt, end: null, problem }]);
    await tick();
    expect(screen.getByTestId('warned-line').textContent).toContain(
      'A warning did not reach the players. No answer. The restart goes ahead.',
    );
    for (const [end, text] of [
      ['left', 'stopped or restarted early'],
      ['unwarned', 'did not reach the players, so Perch does not restart the server'],
      ['late', 'this computer was asleep'],
      ['cancelled', 'Perch told the players'],
    ] as const) {
      bridge.change('warned', [{ serverId: id, restartAt, end, problem: null }]);
      await tick();
      expect(screen.getByTestId('warned-end').textContent).toContain(text);
    }
    bridge.change('warned', [{ serverId: id, restartAt, end: 'late', problem }]);
    await tick();
    expect(screen.getByTestId('warned-end').textContent).toMatch(/asleep.*were not told\.\s*No answer\./s);
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(sent('warned.dismiss')).toEqual([{ serverId: id }]);
  });
});
