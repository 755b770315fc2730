/** The card about getting in: the answer of the game, causes of its silence, the address that players type. */
import { render, screen, within } from '@testing-library/svelte';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { Reach, ServerPlayers } from '../../../../bridge/schema/players.js';
import { anAccount, aServer, playersOnline, someSettings } from '../../../../tests/support/entities.js';
import '../../../../tests/support/every-area.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import ReachCard from './reach-card.svelte';

const id = 'home/u0';
let bridge: FakeBridge;

const query: ServerPlayers['query'] = {
  state: 'answers',
  place: { protocol: 'minecraft-status', host: 'play.example.com', port: 25_565 },
  choice: null,
  askedAt: 0,
  answeredAt: 0,
  nextAt: null,
  problem: null,
};

async function shows(about: ServerPlayers['query'], fields: Partial<Server> = {}): Promise<void> {
  const server = aServer({ id, name: 'Survival', game: 'minecraft', power: 'running', ...fields });
  const players: ServerPlayers = {
    online: playersOnline(0),
    bots: 0,
    map: null,
    names: [],
    countOnly: null,
    panel: null,
    query: about,
  };
  const view: Component = (anchor) => ReachCard(anchor, { server, players });
  render(Frame, { view, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
}

const sent = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);

beforeEach(() => (bridge = new FakeBridge()));

describe('getting in', () => {
  const silent: Reach = { kind: 'silent', since: 0, hasAnswered: true, suspect: 'node' };

  const answers = (hasPassword: boolean | null): Reach => ({
    kind: 'answers',
    pingMs: 14.4,
    version: null,
    title: null,
    hasPassword,
    isFull: false,
  });

  it.each<[string, string, boolean | null]>([
    ['play.example.com', 'Players can get in', null],
    ['play.example.com', 'Players with the password can get in', true],
    ['192.168.1.5', 'The game answers this computer at 192.168.1.5:25565', false],
    ['node.example.com', 'The game answers this computer at node.example.com:25565', false],
  ])('says what an answer at %s means: %s', async (host, words, hasPassword) => {
    const place = { protocol: 'minecraft-status' as const, host, port: 25_565 };
    await shows(
      { ...query, place },
      {
        reach: answers(hasPassword),
        allocations: [
          { ip: '192.168.1.5', alias: 'play.example.com', port: 25_565, notes: null, isDefault: true },
        ],
      },
    );
    expect(screen.getByTestId('reach').textContent).toContain(words);
  });

  it('names version, ping and password', async () => {
    await shows(query, {
      reach: {
        kind: 'answers',
        pingMs: 14.4,
        version: '1.21.8',
        title: null,
        hasPassword: true,
        isFull: false,
      },
    });
    expect(screen.getByTestId('reach').textContent).toContain('version 1.21.8 · 14 ms · asks for a password');
    expect(screen.queryByTestId('reach-steps')).toBeNull();
  });

  it('lists possible causes of silence with Perch’s facts about each, likely causes first', async () => {
    bridge.answer('players.joinInfo', { service: null, settings: { port: 25_570, isStatusOff: false } });
    await shows(
      { ...query, state: 'silent' },
      {
        reach: silent,
        allocations: [
          { ip: '192.0.2.5', alias: 'play.example.com', port: 25_565, notes: null, isDefault: true },
        ],
      },
    );
    expect(screen.getByTestId('reach').textContent).toContain('has not answered from here');
    const steps = (): string[] =>
      within(screen.getByTestId('reach-steps'))
        .getAllByRole('listitem')
        .map((step) => step.textContent.replaceAll(/\s+/g, ' ').trim());
    await vi.waitFor(() =>
      expect(steps()[0]).toContain('Likely Wrong port: server.properties has 25570, but players type'),
    );
    expect(steps()[1]).toContain('Likely The node or its network');
    expect(steps().at(-1)).toContain('Ruled out Your own network: other servers answer');
    expect(sent('players.joinInfo')).toEqual([{ serverId: id }]);
  });

  it('shows the address without a port, or where its record leads instead', async () => {
    const address = {
      ip: '192.0.2.5',
      alias: 'play.example.com',
      port: 25_565,
      notes: null,
      isDefault: true,
    };
    const unasked = { ...query, place: null };
    await shows(unasked, { allocations: [address] });
    const reach = screen.getByTestId('reach');
    await vi.waitFor(() => expect(reach.textContent).toContain('Players need no port.'));
    expect(reach.textContent).not.toContain('play.example.com:25565');
    document.body.innerHTML = '';
    const service = { host: 'other.example.net', port: 25_999 };
    bridge.answer('players.joinInfo', { service, settings: null });
    await shows(unasked, { allocations: [address] });
    const note = await screen.findByTestId('typed-note');
    expect(note.textContent).toContain('sends them to other.example.net:25999');
    expect(screen.getByTestId('reach').textContent).toContain('play.example.com:25565');
  });

  it('makes no alarm of a game that never answered', async () => {
    await shows(
      { ...query, state: 'silent' },
      {
        reach: { ...silent, hasAnswered: false },
      },
    );
    expect(screen.getByTestId('reach').textContent).toContain('may mean nothing');
    expect(screen.queryByTestId('reach-steps')).toBeNull();
  });
});
