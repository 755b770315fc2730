/** The dialog for a message to all players, from menus, the selection and the Players tab. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BulkItem } from '../../../bridge/schema/bulk.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';
// The window reads the dialog later, which takes long on a busy computer.
import './broadcast-dialog.svelte';

const user = userEvent.setup();
let bridge: FakeBridge;
let state: ReturnType<typeof createWindowState>;
let undo: () => void;

beforeEach(() => {
  undo = layOutScrollers(400);
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
  render(Frame, { view: MainWindow, state });
  bridge.snapshot('settings', someSettings());
});
afterEach(() => undo());

async function show(...fields: Partial<Server>[]): Promise<readonly Server[]> {
  const servers = fields.map((one, at) =>
    aServer({ id: `home/${at}`, name: `Server ${at}`, power: 'running', game: 'minecraft', ...one }),
  );
  bridge.snapshot('fleet', { accounts: [anAccount({ id: 'home' })], servers });
  await tick();
  return servers;
}

async function open(servers: readonly Server[]) {
  state.broadcastForm.open(servers);
  return within(await screen.findByTestId('broadcast-dialog'));
}

const sent = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
const field = (): HTMLElement => screen.getByRole('textbox', { name: 'Message' });

describe('a message to the players of many servers', () => {
  it('names who gets it and who does not, shows the commands, and sends it as one bulk action', async () => {
    const nobody = { count: 0, slots: 20, source: 'query', seenAt: 0 } as const;
    await show({}, { game: 'factorio' }, { power: 'offline' }, { game: 'valheim' }, { players: nobody });
    await user.click(screen.getByTestId('fleet-more'));
    await user.click(await screen.findByTestId('message-all'));
    const dialog = within(await screen.findByTestId('broadcast-dialog'));
    expect(document.activeElement).toBe(field());
    const go = dialog.getByTestId('broadcast-go');
    expect(go.textContent).toContain('Send to 2 servers');
    expect(go.getAttribute('aria-disabled')).toBe('true');
    expect(dialog.getByText('The server is offline.')).toBeTruthy();
    expect(dialog.getByText('Perch knows no command for messages to this server’s players.')).toBeTruthy();
    expect(dialog.getByText('Nobody is on.')).toBeTruthy();
    await user.type(field(), 'Restart soon');
    expect(dialog.getAllByTestId('broadcast-command').map(({ textContent }) => textContent)).toEqual([
      'say Restart soon',
      'Restart soon',
    ]);
    await user.click(dialog.getByRole('switch', { name: 'Also servers without players' }));
    await user.type(field(), '{Enter}');
    expect(sent('bulk.start')).toEqual([
      {
        serverIds: ['home/0', 'home/1', 'home/4'],
        action: 'message',
        waitsForEach: false,
        text: 'Restart soon',
      },
    ]);
    expect(screen.queryByTestId('broadcast-dialog')).toBeNull();
    expect(state.broadcastForm.hasDraft).toBe(false);
  });

  it('sends no message on Enter in the text for more than twenty servers', async () => {
    const dialog = await open(await show(...Array.from({ length: 21 }, () => ({}))));
    await user.type(field(), 'Hello{Enter}');
    expect(sent('bulk.start')).toEqual([]);
    expect(document.activeElement).toBe(dialog.getByTestId('broadcast-go'));
    await user.keyboard('{Enter}');
    expect(sent('bulk.start')).toHaveLength(1);
  });

  it('lists the servers of a panel on a click, and does not submit', async () => {
    const dialog = await open(await show(...Array.from({ length: 21 }, () => ({}))));
    const panel = dialog.getByRole('button', { name: /21 servers$/, expanded: false });
    await user.click(panel);
    expect(dialog.getByText('Server 20')).toBeTruthy();
    expect(document.activeElement).toBe(panel);
  });

  it('keeps the text after Cancel and after a refusal', async () => {
    const servers = await show({}, {});
    await open(servers);
    await user.type(field(), 'Hello');
    await user.click(screen.getByTestId('broadcast-close'));
    expect(screen.queryByTestId('broadcast-dialog')).toBeNull();
    bridge.refuse('bulk.start', aProblem('conflict'));
    const dialog = await open(servers);
    expect(field()).toHaveProperty('value', 'Hello');
    await user.type(field(), '{Enter}');
    expect(await dialog.findByTestId('broadcast-problem')).toBeTruthy();
    expect(field()).toHaveProperty('value', 'Hello');
  });

  it('offers the servers again that it did not reach, and keeps a text typed meanwhile', async () => {
    await show({}, {}, {});
    state.broadcastForm.text = 'My draft';
    const outcomes: readonly BulkItem['outcome'][] = ['done', 'failed', 'skipped'];
    bridge.snapshot('bulk', {
      id: 'run',
      action: 'message',
      text: 'Hello',
      pauseMs: 20,
      startedAt: 0,
      nextAt: null,
      finishedAt: 1,
      isCancelled: false,
      waitsForEach: false,
      items: outcomes.map((outcome, at) => ({
        serverId: `home/${at}`,
        name: `Server ${at}`,
        outcome,
        problem: outcome === 'done' ? null : aProblem('timeout'),
      })),
    });
    await tick();
    await user.click(screen.getByRole('button', { name: 'Try 1 again…' }));
    const dialog = within(await screen.findByTestId('broadcast-dialog'));
    expect(field()).toHaveProperty('value', 'Hello');
    expect(dialog.getByRole('heading', { level: 2 }).textContent).toContain('“Server 1”');
    await user.click(dialog.getByTestId('broadcast-close'));
    expect(state.broadcastForm.text).toBe('My draft');
  });
});

describe('a message to the players of one server', () => {
  it('shows the answer of the console, and keeps a changed command', async () => {
    const [server = expect.fail()] = await show({ game: 'valheim', name: 'Vikings' });
    const answer = { outcome: 'no-answer', line: null };
    bridge.answerWith('players.broadcast', () => answer);
    bridge.answer('settings.update', someSettings());
    const dialog = await open([server]);
    const command = dialog.getByRole('textbox', { name: 'Command' });
    await user.clear(command);
    await user.type(command, 'shout');
    await user.type(field(), 'Hello');
    expect(dialog.getByTestId('broadcast-go').getAttribute('aria-disabled')).toBe('true');
    await user.type(command, ' {{text}');
    await user.type(field(), '{Enter}');
    expect(sent('players.broadcast')).toEqual([
      { serverId: 'home/0', text: 'Hello', command: 'shout {text}' },
    ]);
    const result = await dialog.findByTestId('broadcast-result');
    expect(result.textContent).toContain('Message to the players of Vikings');
    expect(result.textContent).toContain('“Hello”. The console gave no answer.');
    expect(field()).toHaveProperty('value', '');
    expect(sent('settings.update')).toMatchObject([
      { restartWarning: { commands: { 'home/0': 'shout {text}' } } },
    ]);
  });

  it('keeps no command that the game has anyway', async () => {
    bridge.answerWith('players.broadcast', () => ({ outcome: 'done', line: '[Server] Hello' }));
    const dialog = await open(await show({}));
    await user.type(field(), 'Hello{Enter}');
    expect((await dialog.findByTestId('broadcast-result')).textContent).toContain(
      'The console showed the message',
    );
    expect(sent('settings.update')).toEqual([]);
  });
});
