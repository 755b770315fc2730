import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newProblem } from '../../../bridge/errors.js';
import type { CallInput } from '../../../bridge/schema/contract.js';
import { mostShared } from '../../../bridge/sharing/share-limits.js';
import { sentence } from '../../../messages/messages.js';
import { anAccount, aServer, aSharedLog, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import type { WindowState } from '../../state/context.js';
import type { ShareableText } from '../../state/sharing/share-request.svelte.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
/** The dialog is loaded at first use, which takes long on a busy machine. */
const patience = { timeout: 15_000 };
const service = 'https://logs.example';
const startup = {
  variables: [
    {
      name: 'Discord token',
      envVariable: 'DISCORD',
      description: '',
      defaultValue: '',
      serverValue: 'tok-en-of-startup',
      isEditable: true,
      rules: 'string',
    },
  ],
  command: './run',
  template: './run',
  images: [],
};
let bridge: FakeBridge;
let state: WindowState;
let undo: () => void;

beforeEach(() => {
  undo = layOutScrollers(400);
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
  render(Frame, { view: MainWindow, state });
});
afterEach(() => undo());

const text =
  'Wren joined the game\nfrom 203.0.113.7 at node-4.example, tok-en-of-startup\nagain 203.0.113.7\n';

async function shows(wanted: ShareableText) {
  bridge.answer('startup.read', startup);
  bridge.snapshot('settings', someSettings({ logService: service }));
  const servers = [aServer({ id: 'home/1', name: 'Survival', node: 'node-4.example' })];
  bridge.snapshot('fleet', { accounts: [anAccount()], servers });
  await tick();
  state.sharing.shareText(wanted);
  return within(await screen.findByTestId('share-dialog', {}, patience));
}

async function open(shared = text) {
  const dialog = await shows({ serverId: 'home/1', title: 'Console', text: shared });
  await dialog.findByText(/^[\d,]+ lines?, /);
  return dialog;
}

const sent = (): CallInput<'sharing.send'>[] =>
  bridge.calls.flatMap(({ name, input }) =>
    name === 'sharing.send' ? [input as CallInput<'sharing.send'>] : [],
  );
const copied = (): unknown[] =>
  bridge.calls.flatMap(({ name, input }) => (name === 'clipboard.write' ? [input] : []));

const file = { serverId: 'home/1', title: 'latest.log', path: '/logs/latest.log' };

describe('the dialog that shares a log', () => {
  it('reads a file, says that its text is the end of a larger one, and sends it as the console', async () => {
    bridge.answer('sharing.readFile', { text: 'from 203.0.113.7\n', isEnd: true });
    bridge.answer('sharing.send', aSharedLog());
    const dialog = await shows(file);
    expect(dialog.getByRole('heading').textContent).toContain('Share “latest.log” of “Survival”');
    expect((await dialog.findByTestId('share-end')).textContent).toContain('its last lines');
    await dialog.findByText(/^1 line, /);
    expect(bridge.calls.find(({ name }) => name === 'sharing.readFile')?.input).toEqual({
      serverId: 'home/1',
      path: '/logs/latest.log',
    });
    await user.click(dialog.getByTestId('share-go'));
    expect(sent()).toEqual([{ serverId: 'home/1', title: 'latest.log', text: 'from [address 1]', service }]);
  });

  it('says why a file can’t be shared, and sends no text', async () => {
    const problem = newProblem('invalid', sentence('sharing.file-binary'));
    bridge.refuse('sharing.readFile', problem);
    const dialog = await shows(file);
    expect((await dialog.findByTestId('share-read-problem')).textContent).toContain('no text');
    expect(dialog.getByTestId('share-size').textContent).toBe('');
    await user.click(dialog.getByTestId('share-go'));
    expect(sent()).toEqual([]);
    expect(bridge.calls.some(({ name }) => name === 'startup.read')).toBe(false);
  });

  it('shows the removed parts, and sends no text before the press', async () => {
    const dialog = await open();
    const preview = dialog.getByRole('region', { name: 'Preview' });
    expect([...preview.querySelectorAll('del')].map((gone) => gone.textContent)).toEqual([
      '203.0.113.7',
      'node-4.example',
      'tok-en-of-startup',
      '203.0.113.7',
    ]);
    expect([...preview.querySelectorAll('ins')].map((put) => put.textContent)).toEqual([
      '[address 1]',
      '[name 1]',
      '[secret 1]',
      '[address 1]',
    ]);
    expect(dialog.getByTestId('share-size').textContent).toMatch(/^3 lines, /);
    expect(sent()).toEqual([]);
  });

  it('sends the previewed text, copies the link, and deletes the log', async () => {
    const dialog = await open();
    bridge.answer('sharing.send', aSharedLog({ service }));
    await user.click(dialog.getByRole('radio', { name: 'As sent' }));
    const preview = dialog.getByTestId('share-preview');
    expect(preview.querySelector('del')).toBeNull();
    const shown = preview.textContent;
    await user.click(dialog.getByTestId('share-go'));
    await dialog.findByTestId('share-result');
    expect(sent()).toEqual([{ serverId: 'home/1', title: 'Console', text: shown, service }]);
    expect(shown).toBe('Wren joined the game\nfrom [address 1] at [name 1], [secret 1]\nagain [address 1]');
    expect(copied()).toEqual([{ text: 'https://logs.example/aB3dE5' }]);
    await dialog.findByText(/The link is in the clipboard/);

    await user.click(dialog.getByTestId('share-delete'));
    await dialog.findByText(/^Deleted/);
    expect(bridge.calls).toContainEqual({ name: 'sharing.delete', input: { id: 's1' } });
  });

  it('keeps a kind that the person keeps, and takes players out on demand', async () => {
    const dialog = await open();
    bridge.answer('sharing.send', aSharedLog({ service }));
    await user.click(dialog.getByRole('checkbox', { name: /^IPv4 addresses 2$/ }));
    await user.click(dialog.getByRole('checkbox', { name: /^Players 1$/ }));
    await user.click(dialog.getByTestId('share-go'));
    await dialog.findByTestId('share-result');
    expect(sent()[0]?.text).toBe(
      '[player 1] joined the game\nfrom 203.0.113.7 at [name 1], [secret 1]\nagain 203.0.113.7',
    );
  });

  it('says why the service refused the log, and tries again', async () => {
    const dialog = await open();
    bridge.refuse(
      'sharing.send',
      newProblem('offline', sentence('sharing.unreachable', { host: 'logs.example' })),
    );
    await user.click(dialog.getByTestId('share-go'));
    expect((await dialog.findByTestId('share-problem')).textContent).toContain(
      'could not reach logs.example',
    );
    bridge.answer('sharing.send', aSharedLog({ service, token: 'none' }));
    await user.click(dialog.getByTestId('share-go'));
    await dialog.findByTestId('share-result');
    await user.click(dialog.getByTestId('share-delete'));
    expect(bridge.calls.some(({ name }) => name === 'sharing.delete')).toBe(false);
  });

  it('shows the limits before a request', async () => {
    const dialog = await open('a\n'.repeat(mostShared.lines + 1));
    expect(dialog.getByTestId('share-too-large').textContent).toMatch(/25,?000 lines and 10 MiB/);
    await user.click(dialog.getByTestId('share-go'));
    expect(sent()).toEqual([]);
  });

  it('says that secrets of the startup are unknown if Perch could not read them', async () => {
    bridge.refuse('startup.read', newProblem('forbidden', sentence('common.internal')));
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [aServer({ id: 'home/1' })] });
    await tick();
    state.sharing.shareText({ serverId: 'home/1', title: 'Console', text });
    expect((await screen.findByTestId('share-unread', {}, patience)).textContent).toContain('by form only');
  });

  it('closes with Esc', async () => {
    await open();
    await fireEvent(screen.getByTestId('share-dialog'), new Event('cancel', { cancelable: true }));
    expect(screen.queryByTestId('share-dialog')).toBeNull();
  });
});
