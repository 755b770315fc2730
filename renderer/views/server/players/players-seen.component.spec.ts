/** Names that were seen before, in the Players tab. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { expect, it } from 'vitest';
import { anAccount, aServer } from '../../../../tests/support/entities.js';
import '../../../../tests/support/every-area.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { keepSettings } from '../../../../tests/support/kept-settings.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import PlayersSeen from './players-seen.svelte';

const hour = 3_600_000;
const olive = { name: 'Olive', isOn: true, firstAt: 0, lastAt: 0, playedMs: hour };
const wren = { name: '<b>Wren</b>', isOn: false, firstAt: 0, lastAt: 0, playedMs: 3 * hour };

async function shows(value: unknown, search = ''): Promise<FakeBridge> {
  const bridge = new FakeBridge();
  bridge.answer('players.seen', value);
  const state = createWindowState(new PerchClient(bridge));
  const server = aServer({ id: 'home/1' });
  const view: Component = (anchor) => PlayersSeen(anchor, { server, search });
  render(Frame, { view, state });
  keepSettings(bridge);
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
  return bridge;
}

it('lists who is not on, with the time that Perch watched, and the name as text', async () => {
  await shows({ players: [olive, wren], total: 2 });
  const row = await screen.findByTestId('seen-player');
  expect(row.textContent).toContain('<b>Wren</b>');
  expect(row.textContent).toMatch(/3 h in all/);
  expect(screen.getByTestId('players-seen').textContent).toMatch(/Seen before\s*1/);
});

it('asks main for the search text, cut to the limit of the call', async () => {
  const bridge = await shows({ players: [wren], total: 300 }, 'w'.repeat(150));
  await screen.findByTestId('seen-player');
  expect(bridge.calls.filter(({ name }) => name === 'players.seen').map(({ input }) => input)).toEqual([
    { serverId: 'home/1', search: 'w'.repeat(100) },
  ]);
  expect(screen.getByTestId('players-seen').textContent).toContain('300');
});

it('is away while nobody was seen before', async () => {
  await shows({ players: [olive], total: 1 });
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(screen.queryByTestId('players-seen')).toBeNull();
});

it('watches a player whom it shows, and stops', async () => {
  const bridge = await shows({ players: [wren], total: 1 });
  const bell = await screen.findByRole('button', { name: 'Notify me when <b>Wren</b> is online' });
  for (const pressed of ['true', 'false']) {
    await userEvent.click(bell);
    expect(bell.ariaPressed).toBe(pressed);
  }
  expect(bridge.calls.filter(({ name }) => name === 'settings.update').map(({ input }) => input)).toEqual([
    { watchedPlayers: { 'home/1': ['<b>Wren</b>'] } },
    { watchedPlayers: {} },
  ]);
});
