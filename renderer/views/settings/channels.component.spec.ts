import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { AlertChannel, ChannelState } from '../../../bridge/schema/alert-channels.js';
import { newProblem } from '../../../bridge/errors.js';
import { sentence, verbatim } from '../../../messages/messages.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import Channels from './channels.svelte';

const user = userEvent.setup();

const phone: AlertChannel = {
  id: 'c1',
  kind: 'ntfy',
  name: 'Phone',
  origin: 'https://ntfy.sh',
  ending: '7351',
  keyStorage: 'keychain',
  isOn: true,
  switches: { full: false },
  rules: [{ scope: { kind: 'panel', id: 'home' }, isOn: false }],
  template: null,
  board: null,
};
const quiet: ChannelState = {
  channelId: 'c1',
  paused: null,
  deliveries: [],
  waiting: 0,
  problem: null,
  board: null,
  boardProblem: null,
};

async function shows(channels: AlertChannel[], states: ChannelState[] = []): Promise<FakeBridge> {
  const bridge = new FakeBridge();
  const state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) => Channels(anchor, {});
  render(Frame, { view, state });
  bridge.snapshot('settings', someSettings({ channels }));
  bridge.snapshot('channels', states);
  await tick();
  return bridge;
}

const calls = (bridge: FakeBridge) => bridge.calls.filter(({ name }) => name.startsWith('channels.'));

describe('a new channel', () => {
  it('says for each service where to find its address, and asks for the fields of the service', async () => {
    const bridge = await shows([]);
    await user.click(screen.getByTestId('channel-add'));
    expect(screen.getByTestId('channel-how').textContent).toContain('Webhooks');
    expect(screen.queryByLabelText('Token of the bot')).toBeNull();
    await user.type(screen.getByLabelText('Address'), 'https://discord.com/api/webhooks/1/abcd');
    bridge.answer('channels.add', undefined);
    await user.click(screen.getByTestId('channel-save'));
    expect(calls(bridge)).toEqual([
      {
        name: 'channels.add',
        input: {
          kind: 'discord',
          name: 'Discord',
          address: 'https://discord.com/api/webhooks/1/abcd',
          token: '',
          recipient: '',
          template: null,
          keep: 'keychain',
        },
      },
    ]);
    expect(screen.queryByTestId('add-channel')).toBeNull();
  });

  it('keeps the entered values after a refusal, and marks the wrong field', async () => {
    const bridge = await shows([]);
    await user.click(screen.getByTestId('channel-add'));
    const field = screen.getByLabelText('Address');
    bridge.refuse('channels.add', {
      ...newProblem('invalid', sentence('channels.incomplete')),
      fields: { address: sentence('channels.address-wrong-discord') },
    });
    await user.type(field, 'nonsense{Enter}');
    expect(calls(bridge)).toHaveLength(1);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect((field as HTMLInputElement).value).toBe('nonsense');
    await user.type(field, '2');
    expect(field.getAttribute('aria-invalid')).toBeNull();
  });

  it('offers to keep the secret in memory if the keychain fails', async () => {
    const bridge = await shows([]);
    await user.click(screen.getByTestId('channel-add'));
    await user.type(screen.getByLabelText('Address'), 'https://discord.com/api/webhooks/1/abcd');
    bridge.refuse('channels.add', newProblem('keychain-unavailable', sentence('disk.no-keychain')));
    await user.click(screen.getByTestId('channel-save'));
    bridge.answer('channels.add', undefined);
    await user.click(screen.getByTestId('channel-keep-memory'));
    expect(calls(bridge).map(({ input }) => (input as { keep: string }).keep)).toEqual([
      'keychain',
      'memory',
    ]);
  });
});

describe('a channel of the list', () => {
  it('shows service, host and the last letters, its exceptions and waiting messages', async () => {
    await shows([phone], [{ ...quiet, waiting: 2 }]);
    const row = screen.getByTestId('channel');
    expect(row.textContent).toContain('ntfy · ntfy.sh · …7351');
    expect(row.textContent).toContain('2 messages wait');
    expect(row.textContent).toContain('1 exception');
  });

  it('says whether the test message arrived', async () => {
    const bridge = await shows([phone], [quiet]);
    bridge.refuse(
      'channels.test',
      newProblem('offline', sentence('channels.unreachable', { host: 'ntfy.sh' })),
    );
    await user.click(screen.getByTestId('channel-test'));
    expect(screen.getByTestId('channel-test-problem').textContent).toContain('could not reach ntfy.sh');
    bridge.answer('channels.test', undefined);
    await user.click(screen.getByTestId('channel-test'));
    expect(screen.getByTestId('channel-tested').textContent).toContain('ntfy.sh took the test message');
    expect(screen.queryByTestId('channel-test-problem')).toBeNull();
  });

  it('says why it is paused, and tries again', async () => {
    const gone = newProblem(
      'not-found',
      sentence('channels.gone', { host: 'ntfy.sh', why: verbatim('forbidden') }),
    );
    const bridge = await shows([phone], [{ ...quiet, paused: gone }]);
    expect(screen.getByTestId('channel-paused').textContent).toContain('Paused: ntfy.sh does not know');
    bridge.answer('channels.resume', undefined);
    await user.click(screen.getByTestId('channel-resume'));
    expect(calls(bridge)).toEqual([{ name: 'channels.resume', input: { id: 'c1' } }]);
  });

  it('is switched off, gets fewer kinds, and is removed after a question', async () => {
    const bridge = await shows([phone], [quiet]);
    for (const name of ['channels.change', 'channels.remove'] as const) bridge.answer(name, undefined);
    await user.click(screen.getByRole('switch', { name: 'Send notifications to “Phone”' }));
    await user.click(screen.getByTestId('channel-more'));
    await user.click(screen.getByTestId('channel-choose'));
    const full = within(screen.getByTestId('channel-kind-full')).getByRole('switch');
    expect(full.getAttribute('aria-checked') ?? String((full as HTMLInputElement).checked)).toBe('false');
    for (const kind of ['crashed', 'stopped'])
      await user.click(within(screen.getByTestId(`channel-kind-${kind}`)).getByRole('switch'));
    await user.click(screen.getByText('Done'));
    await user.click(screen.getByTestId('channel-more'));
    await user.click(screen.getByTestId('channel-remove'));
    await user.click(screen.getByTestId('channel-remove-go'));
    expect(calls(bridge)).toEqual([
      { name: 'channels.change', input: { id: 'c1', isOn: false } },
      // One call for each kind: the window may not have the answer to the call before.
      { name: 'channels.change', input: { id: 'c1', switches: { crashed: false } } },
      { name: 'channels.change', input: { id: 'c1', switches: { stopped: false } } },
      { name: 'channels.remove', input: { id: 'c1' } },
    ]);
  });

  it('lists its last messages', async () => {
    const deliveries = [
      { at: Date.UTC(2026, 0, 2, 12), title: 'Survival crashed', outcome: 'too-old' } as const,
    ];
    await shows([phone], [{ ...quiet, deliveries }]);
    await user.click(screen.getByTestId('channel-more'));
    await user.click(screen.getByTestId('channel-deliveries'));
    expect(screen.getByTestId('channel-delivery').textContent).toMatch(
      /Survival crashed.*older than 12 hours/s,
    );
  });
});

const discord: AlertChannel = { ...phone, kind: 'discord', name: 'Community', origin: 'https://discord.com' };
const board: AlertChannel['board'] = { servers: { kind: 'all' }, showsPlayers: true, showsAddresses: false };

describe('the status board of a Discord channel', () => {
  async function opens(channel: AlertChannel, states: ChannelState[] = [quiet]): Promise<FakeBridge> {
    const bridge = await shows([channel], states);
    const servers = [aServer({ id: 'home/1', name: 'Survival' }), aServer({ id: 'home/2', name: 'Lobby' })];
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    bridge.answer('channels.setBoard', undefined);
    await user.click(screen.getByTestId('channel-more'));
    await user.click(screen.getByTestId('channel-board'));
    return bridge;
  }

  it('is not offered by other services', async () => {
    await shows([phone], [quiet]);
    await user.click(screen.getByTestId('channel-more'));
    expect(screen.queryByTestId('channel-board')).toBeNull();
  });

  it('is set up for chosen servers, and needs one at least', async () => {
    const bridge = await opens(discord);
    expect(screen.queryByTestId('board-which')).toBeNull();
    await user.click(screen.getByRole('switch', { name: 'Show a status board' }));
    await user.click(screen.getByTestId('board-which'));
    const options = await screen.findAllByRole('option', { hidden: true });
    await user.click(options.find(({ textContent }) => textContent.includes('Chosen')) ?? document.body);
    await user.click(screen.getByTestId('board-save'));
    expect(calls(bridge)).toEqual([]);
    await user.type(screen.getByLabelText('Search servers'), 'lob');
    expect(screen.getAllByTestId('target')).toHaveLength(1);
    await user.click(screen.getByRole('checkbox', { name: /Lobby/ }));
    await user.click(screen.getByRole('switch', { name: /Addresses of the servers/ }));
    await user.click(screen.getByTestId('board-save'));
    expect(calls(bridge)).toEqual([
      {
        name: 'channels.setBoard',
        input: {
          id: 'c1',
          board: {
            servers: { kind: 'some', serverIds: ['home/2'] },
            showsPlayers: true,
            showsAddresses: true,
          },
        },
      },
    ]);
    expect(screen.queryByTestId('status-board')).toBeNull();
  });

  it('is switched off', async () => {
    const bridge = await opens({ ...discord, board });
    await user.click(screen.getByRole('switch', { name: 'Show a status board' }));
    await user.click(screen.getByTestId('board-save'));
    expect(calls(bridge)).toEqual([{ name: 'channels.setBoard', input: { id: 'c1', board: null } }]);
  });

  it('says why Perch makes no other message, and makes one', async () => {
    const record = { reference: null, shown: '', shownAt: null, remadeAt: null, stopped: 'unsure' } as const;
    const bridge = await shows([{ ...discord, board }], [{ ...quiet, board: record }]);
    expect(screen.getByTestId('board-stopped').textContent).toContain('does not know whether');
    bridge.answer('channels.resume', undefined);
    await user.click(screen.getByTestId('board-renew'));
    expect(calls(bridge)).toEqual([{ name: 'channels.resume', input: { id: 'c1' } }]);
  });

  it('says when the message changed', async () => {
    const record = {
      reference: '7',
      shown: 'x',
      shownAt: Date.UTC(2026, 0, 2, 12),
      remadeAt: null,
      stopped: null,
    };
    await shows([{ ...discord, board }], [{ ...quiet, board: record }]);
    expect(screen.getByTestId('board-state').textContent).toMatch(/Status board: changed .+/);
  });
});
