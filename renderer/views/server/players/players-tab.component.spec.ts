/** The Players tab: who is on, verbs with reason and undo, lists, commands. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PlayerList } from '../../../../bridge/schema/player-verbs.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { ServerPlayers } from '../../../../bridge/schema/players.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { anAccount, aServer } from '../../../../tests/support/entities.js';
import '../../../../tests/support/every-area.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { keepSettings } from '../../../../tests/support/kept-settings.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import PlayersTab from './players-tab.svelte';

const user = userEvent.setup();
const id = 'home/u0';
let bridge: FakeBridge;
let lists: PlayerList[];
let answer: { outcome: string; line: string | null };

const query: ServerPlayers['query'] = {
  state: 'answers',
  place: { protocol: 'minecraft-status', host: 'play.example.com', port: 25_565 },
  choice: null,
  askedAt: 0,
  answeredAt: 0,
  nextAt: null,
  problem: null,
};

function thePlayers(names: readonly string[] | null, fields: Partial<ServerPlayers> = {}): ServerPlayers {
  return {
    online: { count: names?.length ?? 0, slots: 20, source: 'query', seenAt: 0 },
    bots: 0,
    map: null,
    names: names?.map((name) => ({ name, since: null, pingMs: 12 })) ?? null,
    countOnly: null,
    panel: null,
    query,
    ...fields,
  };
}

async function shows(players: ServerPlayers | null, fields: Partial<Server> = {}): Promise<void> {
  const server = aServer({ id, name: 'Survival', game: 'minecraft', power: 'running', ...fields });
  const state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) => PlayersTab(anchor, { server });
  const nothing: Component = () => ({});
  const { rerender } = render(Frame, { view: nothing, state });
  keepSettings(bridge);
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
  await rerender({ view, state });
  if (players !== null) bridge.snapshot('players', players);
  await tick();
}

const sent = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
const rows = (): HTMLElement[] => screen.queryAllByTestId('player-row');
const entriesOf = (kind: string): string[] => {
  const list = screen.getAllByTestId('player-list').find((one) => one.dataset['list'] === kind);
  if (list === undefined) throw new Error(`There is no list ${kind}.`);
  return within(list)
    .queryAllByTestId('list-entry')
    .map((entry) => entry.textContent.trim());
};

async function fromMenu(verb: string, row = 0): Promise<void> {
  const [button] = within(rows()[row] ?? document.body).getAllByRole('button');
  if (button !== undefined) await user.click(button);
  await user.click(await screen.findByTestId(`player-${verb}`));
}

beforeEach(() => {
  bridge = new FakeBridge();
  lists = [];
  answer = { outcome: 'done', line: 'Kicked Anna: be nice' };
  bridge.answerWith('players.lists', () => ({ lists }));
  bridge.answerWith('players.act', () => answer);
});

describe('who is on', () => {
  it('says how many, where the number comes from, and their names in order', async () => {
    await shows(thePlayers(['bob', 'Anna', '\u202eevil\n']));
    expect(screen.getByTestId('players-count').textContent).toBe('3 of 20 players');
    expect(screen.getByTestId('players-source').textContent).toContain('reported by the game');
    expect(rows().map((row) => row.querySelector('bdi')?.textContent)).toEqual(['Anna', 'bob', 'evil']);
  });

  it.each([
    ['hidden', 'This game hides or invents names'],
    ['not-asked', 'The game has not answered'],
    ['no-names', 'answer has no names'],
  ] as const)('says why only a number is known (%s)', async (countOnly, words) => {
    await shows(thePlayers(null, { countOnly }));
    expect(screen.getByTestId('players-empty').textContent).toContain(words);
  });

  it.each([
    [true, 'Named by the console, since'],
    [false, 'Some of the players, named by the console since'],
  ])('shows names of the console, and says whether they are all: %s', async (isWhole, words) => {
    await shows(thePlayers(['Bob', 'Anna'], { ofConsole: { since: 0, isWhole } }));
    expect(screen.getByTestId('players-console').textContent).toContain(words);
    expect(rows().map((row) => row.querySelector('bdi')?.textContent)).toEqual(['Anna', 'Bob']);
    await fromMenu('kick');
    expect(screen.getByRole('dialog').textContent).toContain('Kick Anna');
  });

  it.each([
    ['answers', 'The game answers the panel'],
    ['silent', 'does not answer the panel either'],
    ['no-query', 'chose no protocol'],
    ['no-address', 'first address'],
    ['forbidden', 'does not show this account'],
  ] as const)('shows the panel’s count (%s)', async (panel, words) => {
    const online = { count: 2, slots: 20, source: 'panel', seenAt: 0 } as const;
    await shows(thePlayers(['Anna', 'Bob'], { panel, online }), { reach: null });
    expect(screen.getByTestId('panel-counts').textContent).toContain(words);
    expect(screen.getByTestId('players-source').textContent).toContain('reported by the panel');
  });

  it('does not mention the panel while the game answers this computer', async () => {
    await shows(thePlayers(['Anna']));
    expect(screen.queryByTestId('panel-counts')).toBeNull();
  });

  it('says that nobody is on, or that nobody can be', async () => {
    await shows(thePlayers([]));
    expect(screen.getByTestId('players-empty').textContent).toContain('Nobody is on');
  });

  it('finds names, and goes into the list by key', async () => {
    await shows(thePlayers(['Anna', 'Bob']));
    await user.type(screen.getByRole('searchbox'), 'bo');
    expect(rows()).toHaveLength(1);
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Bob');
  });
});

describe('notification when a player comes', () => {
  it('is switched in the menu of the player, and shows as a bell', async () => {
    await shows(thePlayers(['Anna']));
    expect(screen.queryByTestId('player-watched')).toBeNull();
    await fromMenu('watch');
    expect(sent('settings.update')).toEqual([{ watchedPlayers: { [id]: ['Anna'] } }]);
    expect(screen.getByTestId('player-watched').ariaLabel).toBe('Watched players');
    await fromMenu('watch');
    expect(sent('settings.update').at(-1)).toEqual({ watchedPlayers: {} });
    expect(screen.queryByTestId('player-watched')).toBeNull();
  });

  it('is refused for a name that may mean somebody else', async () => {
    const names = [{ name: 'Anna', isAltered: true as const, since: null, pingMs: null }];
    await shows(thePlayers([], { names }));
    await fromMenu('watch');
    expect(screen.getByTestId('player-watch').getAttribute('aria-description')).toContain('the wrong player');
    expect(sent('settings.update')).toEqual([]);
  });
});

describe('verbs', () => {
  it('asks for a reason, shows the command, sends it, and shows the console’s answer', async () => {
    await shows(thePlayers(['Anna']));
    await fromMenu('kick');
    expect(screen.getByRole('dialog').textContent).toContain('Kick Anna from “Survival”?');
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'be nice');
    expect(screen.getByTestId('player-command').textContent).toBe('kick Anna be nice');
    // Enter in a field must not confirm a question that removes a player.
    await user.keyboard('{Enter}');
    expect(sent('players.act')).toEqual([]);
    await user.click(screen.getByTestId('player-go'));
    expect(sent('players.act')).toEqual([{ serverId: id, verb: 'kick', player: 'Anna', text: 'be nice' }]);
    const result = await screen.findByTestId('player-result');
    expect(result.textContent).toContain('Anna kicked from Survival');
    expect(result.textContent).toContain('The console said: “Kicked Anna: be nice”.');
    expect(screen.queryByTestId('player-undo')).toBeNull();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('kicks by the key Delete and takes a ban back', async () => {
    await shows(thePlayers(['Anna']));
    rows()[0]?.querySelector<HTMLElement>('[data-row]')?.focus();
    await user.keyboard('{Delete}');
    expect(screen.getByRole('dialog').textContent).toContain('Kick Anna');
    await user.keyboard('{Escape}');
    answer = { outcome: 'done', line: 'Banned Anna' };
    await fromMenu('ban');
    await user.click(screen.getByTestId('player-go'));
    expect((await screen.findByTestId('player-result')).textContent).toContain('Banned Anna');
    await user.click(screen.getByTestId('player-undo'));
    expect(sent('players.act').at(-1)).toEqual({ serverId: id, verb: 'pardon', player: 'Anna' });
  });

  it('undoes no command that the console did not confirm', async () => {
    await shows(thePlayers(['Anna']));
    answer = { outcome: 'no-answer', line: null };
    await fromMenu('op');
    await user.click(screen.getByTestId('player-go'));
    expect((await screen.findByTestId('player-result')).textContent).toContain('Not confirmed');
    expect(screen.queryByTestId('player-undo')).toBeNull();
  });

  it('keeps the dialog with its text if no command was sent', async () => {
    await shows(thePlayers(['Anna']));
    bridge.refuse('players.act', aProblem('node-unreachable'));
    await fromMenu('message');
    await user.type(screen.getByRole('textbox', { name: 'Message' }), 'hello');
    await user.keyboard('{Enter}');
    expect(await screen.findByTestId('player-problem')).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Message' }).value).toBe('hello');
  });

  it('offers no command for a name that does not fit into one', async () => {
    await shows(thePlayers(['@a']));
    await fromMenu('kick');
    expect(screen.queryByTestId('player-command')).toBeNull();
    await user.click(screen.getByTestId('player-go'));
    expect(sent('players.act')).toEqual([]);
  });

  it('sends no command to a player whom the game knows by another name', async () => {
    const named = { since: null, pingMs: 12 };
    const names = [
      { ...named, name: 'Anna', isAltered: true as const },
      { ...named, name: 'Bob' },
    ];
    await shows(thePlayers([], { names }));
    await fromMenu('kick');
    expect(screen.getByTestId('player-unsure').textContent).toContain(
      'may also be the name of another player',
    );
    expect(screen.queryByTestId('player-command')).toBeNull();
    await user.click(screen.getByTestId('player-go'));
    expect(sent('players.act')).toEqual([]);
    await user.keyboard('{Escape}');
    await fromMenu('kick', 1);
    await user.click(screen.getByTestId('player-go'));
    expect(sent('players.act')).toHaveLength(1);
  });

  it('says that the game has no commands', async () => {
    await shows(thePlayers(['Anna']), { game: 'valheim' });
    expect(screen.getByTestId('no-verbs').textContent).toContain('no commands about players');
    expect(screen.queryByTestId('players-by-name')).toBeNull();
  });

  it('blocks the verbs without the permission', async () => {
    await shows(thePlayers(['Anna']), { permissions: ['websocket.connect'] });
    await fromMenu('kick');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('lists', () => {
  const entry = { name: 'Mallory', reason: 'Griefing', by: 'Console', at: null, until: null };
  const list = {
    kind: 'bans',
    path: '/banned-players.json',
    entries: [entry],
    total: 1,
    problem: null,
  } as const;

  it('shows entries and takes one out', async () => {
    lists = [{ ...list, entries: [entry] }];
    await shows(thePlayers([]));
    expect(entriesOf('bans')[0]).toContain('Griefing · by Console');
    await user.click(screen.getByTestId('list-remove'));
    await user.click(screen.getByTestId('player-go'));
    expect(sent('players.act')).toEqual([{ serverId: id, verb: 'pardon', player: 'Mallory' }]);
    expect(sent('players.lists')).toHaveLength(2);
  });

  it('shows a name that the file holds twice', async () => {
    lists = [{ ...list, entries: [entry, entry], total: 2 }];
    await shows(thePlayers(['Anna']));
    expect(entriesOf('bans')).toHaveLength(2);
    expect(rows()).toHaveLength(1);
  });

  it('removes no entry whose name in the file differs', async () => {
    lists = [{ ...list, entries: [{ ...entry, isAltered: true }] }];
    await shows(thePlayers([]));
    await user.click(screen.getByTestId('list-remove'));
    expect(screen.getByTestId('player-unsure').textContent).toContain('“Mallory”');
    await user.click(screen.getByTestId('player-go'));
    expect(sent('players.act')).toEqual([]);
  });

  it('adds a typed name', async () => {
    lists = [{ ...list, kind: 'whitelist', entries: [] }];
    await shows(thePlayers([]));
    await user.click(screen.getByTestId('list-add'));
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Anna');
    await user.keyboard('{Enter}');
    expect(sent('players.act')).toEqual([{ serverId: id, verb: 'whitelist-add', player: 'Anna' }]);
  });

  it('says why a list could not be read, and does not read without the permission', async () => {
    lists = [{ ...list, entries: null, problem: aProblem('panel-error') }];
    await shows(thePlayers([]));
    expect(screen.getByTestId('list-problem')).toBeTruthy();
    bridge.calls.length = 0;
    document.body.innerHTML = '';
    await shows(thePlayers([]), { permissions: ['control.console'] });
    expect(sent('players.lists')).toEqual([]);
  });
});

describe('commands of the server', () => {
  it('checks a command during typing and keeps commands that differ from the game’s', async () => {
    await shows(thePlayers([]));
    await user.click(screen.getByTestId('players-commands'));
    const kick = screen.getByRole('textbox', { name: 'Kick' });
    await user.clear(kick);
    await user.type(kick, 'boot');
    await user.click(screen.getByTestId('verbs-save'));
    expect(sent('settings.update')).toEqual([]);
    await user.type(kick, ' {{player}');
    await user.clear(screen.getByRole('textbox', { name: 'Ban' }));
    await user.click(screen.getByTestId('verbs-save'));
    expect(sent('settings.update')).toEqual([
      { playerVerbs: { [id]: { kick: 'boot {player}', ban: null } } },
    ]);
  });

  it('keeps the commands on Enter in a field, but none that is wrong', async () => {
    await shows(thePlayers([]));
    await user.click(screen.getByTestId('players-commands'));
    const kick = screen.getByRole('textbox', { name: 'Kick' });
    await user.clear(kick);
    await user.type(kick, 'boot{Enter}');
    expect(sent('settings.update')).toEqual([]);
    await user.type(kick, ' {{player}{Enter}');
    expect(sent('settings.update')).toEqual([{ playerVerbs: { [id]: { kick: 'boot {player}' } } }]);
  });
});
