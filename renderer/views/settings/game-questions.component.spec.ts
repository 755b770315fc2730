import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import { anAccount, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import GameQuestions from './game-questions.svelte';

const user = userEvent.setup();
let bridge: FakeBridge;
beforeEach(() => (bridge = new FakeBridge()));

async function show(
  playerQueries: { isOn: boolean; offAccounts: string[] },
  panels: string[],
): Promise<void> {
  const view: Component = (anchor) => GameQuestions(anchor, {});
  render(Frame, { view, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings({ playerQueries }));
  bridge.snapshot('fleet', { accounts: panels.map((id) => anAccount({ id, label: id })), servers: [] });
  await tick();
}

const changes = (): unknown[] =>
  bridge.calls.filter(({ name }) => name === 'settings.update').map(({ input }) => input);

it('switches the questions of all panels off, and keeps the choice of panels', async () => {
  await show({ isOn: true, offAccounts: ['quay'] }, ['harbor']);
  expect(screen.queryByLabelText(/harbor/)).toBeNull();
  await user.click(screen.getByRole('switch'));
  expect(changes()).toEqual([{ playerQueries: { isOn: false, offAccounts: ['quay'] } }]);
});

it.each([
  ['off', 'harbor', ['quay', 'harbor']],
  ['on', 'quay', []],
])('switches a single panel %s', async (_change, panel, offAccounts) => {
  await show({ isOn: true, offAccounts: ['quay'] }, ['harbor', 'quay']);
  await user.click(screen.getByLabelText(`Games of ${panel}`));
  expect(changes()).toEqual([{ playerQueries: { isOn: true, offAccounts } }]);
});

it('switches an only panel on again that was switched off beside others', async () => {
  await show({ isOn: true, offAccounts: ['harbor'] }, ['harbor']);
  await user.click(screen.getByLabelText('Games of harbor'));
  expect(changes()).toEqual([{ playerQueries: { isOn: true, offAccounts: [] } }]);
});

it('offers no panels while questions to games are off', async () => {
  await show({ isOn: false, offAccounts: [] }, ['harbor', 'quay']);
  expect(screen.getAllByRole('switch')).toHaveLength(1);
});
