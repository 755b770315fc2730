/** Watched players in the Players tab: names, the box for another name, limits, and the hint. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { expect, it } from 'vitest';
import type { Settings } from '../../../../bridge/schema/settings.js';
import { mostKept } from '../../../../bridge/settings/settings-limits.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import '../../../../tests/support/every-area.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { keepSettings } from '../../../../tests/support/kept-settings.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import WatchedPlayers from './watched-players.svelte';

const user = userEvent.setup();
const id = 'home/1';

async function shows(fields: Partial<Settings> = {}) {
  const bridge = new FakeBridge();
  const server = aServer({ id, game: 'minecraft' });
  const state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) => WatchedPlayers(anchor, { server });
  render(Frame, { view, state });
  keepSettings(bridge, fields);
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
  const asked = () => bridge.calls.filter(({ name }) => name === 'settings.update').map(({ input }) => input);
  return { asked, bridge };
}

const names = (): string[] => screen.queryAllByTestId('watched-player').map((one) => one.textContent.trim());
const hint = (): string => screen.getByTestId('watched-hint').textContent.trim();

it('adds a name by keyboard, without hidden characters, once', async () => {
  const { asked } = await shows();
  await user.click(screen.getByRole('textbox', { name: 'Player to watch' }));
  await user.keyboard(' An\u200bna{Enter}');
  expect(asked()).toEqual([{ watchedPlayers: { [id]: ['Anna'] } }]);
  expect(names()).toEqual(['Anna']);
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('');
  await user.keyboard('anna{Enter}   {Enter}');
  expect(names()).toEqual(['anna']);
});

it('removes a name, and the focus goes to its neighbour, then to the box', async () => {
  await shows({ watchedPlayers: { [id]: ['Anna', '<b>Bo</b>'] } });
  expect(names()).toEqual(['Anna', '<b>Bo</b>']);
  await user.click(screen.getByRole('button', { name: 'Stop watching Anna' }));
  await tick();
  const next = screen.getByRole('button', { name: 'Stop watching <b>Bo</b>' });
  expect(document.activeElement).toBe(next);
  await user.keyboard('{Enter}');
  await tick();
  expect(names()).toEqual([]);
  expect(document.activeElement).toBe(screen.getByRole('textbox'));
});

it('gives back the typed text if the settings cannot be written', async () => {
  const { bridge } = await shows();
  bridge.refuse('settings.update', aProblem('internal'));
  await user.type(screen.getByRole('textbox'), 'Anna{Enter}');
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('Anna'));
  expect(names()).toEqual([]);
});

it('says why another name does not fit, and keeps the typed text', async () => {
  const full = Array.from({ length: mostKept.watchedNames }, (_, at) => `P${at}`);
  const { asked } = await shows({ watchedPlayers: { [id]: full } });
  await user.type(screen.getByRole('textbox'), 'Anna{Enter}');
  expect(hint()).toBe('Perch watches at most 50 players of a server. Remove a player first.');
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('Anna');
  expect(asked()).toEqual([]);
  expect(within(screen.getByTestId('watched-players')).getByTestId('watched-add').ariaDisabled).toBe('true');
});

it('says whether a notification comes', async () => {
  await shows();
  expect(hint()).toBe('You get a notification when a watched player joins.');
  const { alerts } = someSettings();
  const rule = { scope: { kind: 'server', id }, switches: {}, isMuted: true, snoozedUntil: null } as const;
  for (const changed of [
    { ...alerts, isOn: false },
    { ...alerts, switches: { 'player-joined': false } },
    { ...alerts, rules: [rule] },
  ]) {
    document.body.replaceChildren();
    await shows({ alerts: changed });
    expect(hint()).toMatch(/are off for this server/);
  }
});
