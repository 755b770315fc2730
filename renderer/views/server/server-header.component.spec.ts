import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
const server = aServer({ id: 'home/u0', name: 'Survival', identifier: '1a2b3c4d', power: 'running' });
let bridge: FakeBridge;
let undo: () => void;

beforeEach(async () => {
  undo = layOutScrollers(400);
  bridge = new FakeBridge();
  bridge.answer('clipboard.write', undefined);
  const state = createWindowState(new PerchClient(bridge));
  render(Frame, { view: MainWindow, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount({ label: 'Harbor' })], servers: [server] });
  await tick();
  state.navigation.go({ kind: 'server', serverId: 'home/u0' });
  await screen.findByTestId('server-view', {}, { timeout: 20_000 });
});
afterEach(() => undo());

const copied = (): unknown[] =>
  bridge.calls.filter(({ name }) => name === 'clipboard.write').map(({ input }) => input);

describe('facts for support, in the head of a server', () => {
  it('has the short id, which a click copies', async () => {
    const id = screen.getByText('1a2b3c4d');
    await user.click(id);
    expect(copied()).toEqual([{ text: '1a2b3c4d' }]);
  });

  it('has a report in its menu, also for a healthy server', async () => {
    await user.click(screen.getByTestId('power-more'));
    const menu = within(await screen.findByRole('menu'));
    await user.click(menu.getByText('Copy report'));
    const [report] = copied() as { text: string }[];
    for (const line of ['Name: Survival', 'ID: 1a2b3c4d', 'Panel: Harbor', 'State: running'])
      expect(report?.text.split('\n')).toContain(line);
  });
});
