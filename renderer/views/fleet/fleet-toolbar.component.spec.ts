import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
let bridge: FakeBridge;

beforeEach(() => {
  bridge = new FakeBridge();
  render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings());
});

it('offers missed planned backups, until newer good backups exist', async () => {
  const servers = ['a', 'b', 'c'].map((uuid) => aServer({ id: `home/${uuid}`, uuid }));
  bridge.snapshot('fleet', { accounts: [anAccount()], servers });
  await tick();
  expect(screen.queryByTestId('back-up-missed')).toBeNull();
  const last = { at: 1000, outcome: 'closed', backup: null, problem: null };
  const plan = { quietly: false, nextAt: 2000, last };
  bridge.snapshot('plans', [
    { ...plan, serverId: 'home/a' },
    { ...plan, serverId: 'home/b', last: null },
    { ...plan, serverId: 'home/c', last: { ...last, outcome: 'refused' } },
  ]);
  await tick();
  const button = screen.getByTestId('back-up-missed');
  expect(button.textContent).toContain('Back up 2 missed');
  await user.click(button);
  const called = bridge.calls.filter(({ name }) => name === 'backups.catchUp');
  expect(called.map(({ input }) => input)).toEqual([{ serverIds: ['home/a', 'home/c'] }]);
  const lastBackup = { id: 'new', at: 1500, bytes: 1, everyMs: null };
  bridge.snapshot('fleet', {
    accounts: [anAccount()],
    servers: servers.map((server) => ({ ...server, lastBackup })),
  });
  await tick();
  expect(screen.queryByTestId('back-up-missed')).toBeNull();
});

it('offers the missed backup of a server that two accounts see once', async () => {
  const accounts = ['home', 'away'].map((id) => anAccount({ id }));
  const servers = accounts.map(({ id }) => aServer({ id: `${id}/a`, uuid: 'a', accountId: id }));
  bridge.snapshot('fleet', { accounts, servers });
  const last = { at: 1000, outcome: 'closed', backup: null, problem: null };
  const plans = servers.map(({ id }) => ({ serverId: id, quietly: false, nextAt: 2000, last }));
  bridge.snapshot('plans', plans);
  await tick();
  const button = screen.getByTestId('back-up-missed');
  expect(button.textContent).toContain('Back up 1 missed');
  await user.click(button);
  const called = bridge.calls.filter(({ name }) => name === 'backups.catchUp');
  expect(called.map(({ input }) => input)).toEqual([{ serverIds: ['home/a'] }]);
});
