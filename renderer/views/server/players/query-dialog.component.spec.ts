/** The dialog for the questions to a server's game: exact input, refusals, and questions that are off elsewhere. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ServerPlayers } from '../../../../bridge/schema/players.js';
import type { Settings } from '../../../../bridge/schema/settings.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import '../../../../tests/support/every-area.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import ReachCard from './reach-card.svelte';

const user = userEvent.setup();
const id = 'home/u0';
let bridge: FakeBridge;

type QueryFields = Partial<ServerPlayers['query']>;

/** Opens the dialog from the card, as a person does. */
async function opens(fields: QueryFields = {}, settings: Partial<Settings> = {}): Promise<void> {
  const query: ServerPlayers['query'] = {
    state: 'answers',
    place: { protocol: 'minecraft-status', host: 'play.example.com', port: 25_565 },
    choice: null,
    askedAt: 0,
    answeredAt: 0,
    nextAt: null,
    problem: null,
    ...fields,
  };
  const players: ServerPlayers = {
    online: null,
    bots: 0,
    map: null,
    names: null,
    countOnly: 'not-asked',
    panel: null,
    query,
  };
  const server = aServer({ id, accountId: 'home', name: 'Survival', power: 'running' });
  const state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) => ReachCard(anchor, { server, players });
  const nothing: Component = () => ({});
  const { rerender } = render(Frame, { view: nothing, state });
  bridge.snapshot('settings', someSettings(settings));
  bridge.snapshot('fleet', { accounts: [anAccount({ id: 'home' })], servers: [server] });
  await tick();
  await rerender({ view, state });
  await user.click(screen.getByTestId('query-choose'));
}

const sent = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
const field = (name: string): HTMLInputElement => screen.getByRole<HTMLInputElement>('textbox', { name });
const dialog = (): HTMLElement | null => screen.queryByTestId('query-dialog');

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.answerWith('players.setQuery', () => undefined);
});

describe('saving', () => {
  it('sends exactly the entered values, by keyboard alone', async () => {
    await opens();
    await user.type(field('Address'), ' [[2001:db8::1] ');
    await user.type(field('Port'), '27016{Enter}');
    expect(sent('players.setQuery')).toEqual([
      { serverId: id, protocol: null, host: '2001:db8::1', port: 27_016, isOff: false },
    ]);
    expect(dialog()).toBeNull();
  });

  it('sends the chosen protocol', async () => {
    await opens();
    const box = screen.getByTestId('query-protocol');
    box.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(box.getAttribute('aria-activedescendant')).not.toBeNull());
    await user.keyboard('{ArrowDown>4}{/ArrowDown}{Enter}');
    expect(box.textContent).toContain('Steam (Source query)');
    await user.click(screen.getByTestId('query-save'));
    expect(sent('players.setQuery')).toEqual([
      { serverId: id, protocol: 'source', host: null, port: null, isOff: false },
    ]);
  });

  it('switches off and keeps the chosen place', async () => {
    await opens({ choice: { protocol: 'source', host: 'play.example.com', port: 27_016, isOff: false } });
    expect([field('Address').value, field('Port').value]).toEqual(['play.example.com', '27016']);
    await user.click(screen.getByRole('switch'));
    await user.click(screen.getByTestId('query-save'));
    expect(sent('players.setQuery')).toEqual([
      { serverId: id, protocol: 'source', host: 'play.example.com', port: 27_016, isOff: true },
    ]);
  });

  it('goes back to automatic', async () => {
    await opens({ choice: { protocol: 'source', host: 'play.example.com', port: 27_016, isOff: false } });
    await user.click(screen.getByTestId('query-usual'));
    await user.click(screen.getByTestId('query-save'));
    expect(sent('players.setQuery')).toEqual([
      { serverId: id, protocol: null, host: null, port: null, isOff: false },
    ]);
  });

  it('sends no unchanged field', async () => {
    await opens();
    await user.click(screen.getByTestId('query-save'));
    expect(dialog()).toBeNull();
    expect(sent('players.setQuery')).toEqual([]);
  });

  it('keeps the entered values if main refuses', async () => {
    bridge.refuse('players.setQuery', aProblem('internal'));
    await opens();
    await user.type(field('Port'), '27016{Enter}');
    expect(await screen.findByTestId('query-problem')).toBeTruthy();
    expect(field('Port').value).toBe('27016');
  });
});

describe('refusals', () => {
  it.each([
    ['Address', 'a b', 'without spaces, slashes or a port'],
    ['Address', 'https://play.example.com', 'without spaces, slashes or a port'],
    ['Address', 'play.example.com:27015', 'without spaces, slashes or a port'],
    ['Port', '0', 'from 1 to 65535'],
    ['Port', '65536', 'from 1 to 65535'],
    ['Port', '1e3', 'from 1 to 65535'],
  ])('names beside the field %s the fault of “%s”', async (name, text, words) => {
    await opens();
    await user.type(field(name), `${text}{Enter}`);
    await user.click(screen.getByTestId('query-save'));
    expect(sent('players.setQuery')).toEqual([]);
    const below = document.querySelector(
      `#${CSS.escape(field(name).getAttribute('aria-describedby') ?? '')}`,
    );
    expect(below?.textContent).toContain(words);
    expect(field(name).value).toBe(text);
  });
});

describe('the present questions to the game', () => {
  it.each<[string, QueryFields]>([
    ['Minecraft, server list at play.example.com:25565. The game answers.', {}],
    ['No answer so far.', { state: 'silent' }],
    ['Perch can’t ask this game', { state: 'unknown-game', place: null }],
    ['The server does not run', { state: 'idle', place: null }],
    ['Perch does not ask this server.', { state: 'off', place: null }],
  ])('says: %s', async (words, fields) => {
    await opens(fields);
    expect(screen.getByTestId('query-now').textContent).toContain(words);
  });

  it('can be switched on again if off for all games, and if off for the panel', async () => {
    await opens({ state: 'off-all', place: null }, { playerQueries: { isOn: false, offAccounts: ['work'] } });
    expect(screen.getByTestId('query-above').textContent).toContain('under “Live servers”');
    await user.click(screen.getByTestId('query-switch-on'));
    expect(sent('settings.update')).toEqual([{ playerQueries: { isOn: true, offAccounts: ['work'] } }]);
  });

  it('switches the games of the panel on again, and no others', async () => {
    const playerQueries = { isOn: true, offAccounts: ['work', 'home'] };
    await opens({ state: 'off-panel', place: null }, { playerQueries });
    await user.click(screen.getByTestId('query-switch-on'));
    expect(sent('settings.update')).toEqual([{ playerQueries: { isOn: true, offAccounts: ['work'] } }]);
  });
});
