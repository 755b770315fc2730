import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, it } from 'vitest';
import type { RemoteAllowance } from '../../../bridge/schema/remote-consent.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import ProgramAllowances from './program-allowances.svelte';

const allowed = (id: string, beside: string): RemoteAllowance => ({
  id,
  client: 'Robot',
  server: 'Survival',
  panel: 'Home',
  beside,
  until: 0,
});

it("two servers of the same name are distinguishable, also by the buttons' spoken names", async () => {
  const bridge = new FakeBridge();
  render(Frame, { view: ProgramAllowances, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [aServer()] });
  const allowances = [allowed('1', ''), allowed('2', 'Home · 1a2b3c4d')];
  bridge.snapshot('consent', { questions: [], allowances });
  await tick();
  expect(screen.getAllByTestId('allowance').map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('Home, until'),
    expect.stringContaining('Home · 1a2b3c4d, until'),
  ]);
  expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
    'Withdraw the permission of “Robot” for “Survival”',
    'Withdraw the permission of “Robot” for “Survival · Home · 1a2b3c4d”',
  ]);
  screen.getAllByRole('button')[1]?.click();
  expect(bridge.calls.filter(({ name }) => name === 'consent.withdraw')).toEqual([
    { name: 'consent.withdraw', input: { id: '2' } },
  ]);
});
