/** The SFTP key of a panel in the window: the question first, the key and its withdrawal, and a changed key of a node. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../../../bridge/errors.js';
import type { Account, Server } from '../../../../bridge/schema/domain.js';
import { verbatim } from '../../../../messages/messages.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import HostKeyQuestion from './host-key-question.svelte';
import SetUpQuestion from './set-up-question.svelte';
import SftpKey from './sftp-key.svelte';
import SftpOpen from './sftp-open.svelte';

const user = userEvent.setup();
const server = aServer();
const print = (letter: string): string => `SHA256:${letter.repeat(43)}`;
const host = 'node.example.com:2022';
const pin = { host, type: 'ssh-ed25519', fingerprint: print('N'), pinnedAt: 0 };
const key = { fingerprint: print('K'), name: 'Perch on desk', addedAt: 0, hosts: [pin] };
const changed: Problem = {
  code: 'host-key-changed',
  message: verbatim('Another host key.'),
  next: verbatim('Compare.'),
  hostKey: { host, pinned: print('N'), shown: print('X') },
};
const unavailable: Problem = {
  code: 'panel-unreachable',
  message: verbatim('The panel does not answer.'),
  next: verbatim('Try again later.'),
};

let bridge: FakeBridge;
let state: ReturnType<typeof createWindowState>;

async function shows(
  account: Partial<Account> = {},
  fields: Partial<Server> = {},
  extra?: (anchor: Parameters<Component>[0]) => void,
): Promise<void> {
  const view: Component = (anchor, props) => {
    extra?.(anchor);
    return SftpKey(anchor, {
      get server() {
        return state.fleet.server(server.id) ?? server;
      },
      get account() {
        return state.fleet.account('home');
      },
      ...props,
    });
  };
  render(Frame, { view, state });
  bridge.snapshot('settings', someSettings());
  await fleetIs(account, fields);
}

async function fleetIs(account: Partial<Account>, fields: Partial<Server> = {}): Promise<void> {
  bridge.snapshot('fleet', { accounts: [anAccount(account)], servers: [{ ...server, ...fields }] });
  await tick();
}

const callsOf = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);

beforeEach(() => {
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
});

describe('a panel without an SFTP key', () => {
  it('gets one only after the question', async () => {
    await shows();
    await user.click(screen.getByTestId('sftp-set-up'));
    expect(state.sftp.asked).toEqual({ serverId: server.id, transfer: null });
    expect(callsOf('sftp.setUp')).toEqual([]);
  });

  it.each([
    ['an API key only in memory', { keyStorage: 'memory' as const }, {}, /only in the keychain/],
    ['no permission', {}, { isOwner: false, permissions: ['file.read'] }, /file\.sftp/],
  ])('says why it gets none: %s', async (_what, account, fields, words) => {
    await shows(account, fields);
    const button = screen.getByTestId('sftp-set-up');
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.getAttribute('aria-description')).toMatch(words);
    expect(within(screen.getByTestId('sftp-key')).getByText(words)).toBeTruthy();
    await user.click(button);
    expect(state.sftp.asked).toBeNull();
  });

  it('opens the address in another program, and reports a missing program', async () => {
    await shows({}, {}, (anchor) => SftpOpen(anchor, { server }));
    bridge.refuse('sftp.open', unavailable);
    await user.click(screen.getByTestId('sftp-open'));
    expect(callsOf('sftp.open')).toEqual([{ serverId: server.id }]);
    expect((await screen.findByRole('alert')).textContent).toContain('does not answer');
  });
});

describe('the question before the set-up', () => {
  async function asked(transfer: string | null = null): Promise<void> {
    state.sftp.ask(server.id, transfer);
    await shows({}, {}, (anchor) => SetUpQuestion(anchor, { server }));
  }

  it('has the focus on the safe button', async () => {
    await asked();
    expect(document.activeElement?.textContent).toContain('Cancel');
    await user.keyboard('{Enter}');
    expect(state.sftp.asked).toBeNull();
    expect(callsOf('sftp.setUp')).toEqual([]);
  });

  it('makes the key, then tries the connection', async () => {
    await asked();
    await user.click(screen.getByTestId('sftp-agree'));
    await waitFor(() => expect(callsOf('sftp.try')).toEqual([{ serverId: server.id }]));
    expect(callsOf('sftp.setUp')).toEqual([{ serverId: server.id }]);
    expect(state.sftp.asked).toBeNull();
    await fleetIs({ sftp: key });
    expect((await screen.findByTestId('sftp-works')).textContent).toContain('accepts the key');
  });

  it('stays open with the reason of a failure', async () => {
    await asked();
    bridge.refuse('sftp.setUp', unavailable);
    await user.click(screen.getByTestId('sftp-agree'));
    expect((await screen.findByTestId('sftp-question-problem')).textContent).toContain('does not answer');
    expect(state.sftp.asked).not.toBeNull();
    expect(callsOf('sftp.try')).toEqual([]);
  });

  it('lets the refused upload continue', async () => {
    await asked('t1');
    await user.click(screen.getByTestId('sftp-agree'));
    await waitFor(() => expect(callsOf('transfers.retry')).toEqual([{ transfer: 't1' }]));
  });

  it('forgets the answer of a call that the person no longer waits for', async () => {
    await asked();
    const release = bridge.hold('sftp.setUp');
    await user.click(screen.getByTestId('sftp-agree'));
    state.sftp.closeQuestion();
    release(undefined);
    await tick();
    await tick();
    expect(callsOf('sftp.try')).toEqual([]);
  });
});

describe('a panel with an SFTP key', () => {
  it('shows both fingerprints, and withdraws the key at once', async () => {
    await shows({ sftp: key });
    expect(screen.getByTestId('sftp-fingerprint').textContent).toBe(key.fingerprint);
    expect(screen.getByTestId('sftp-node-fingerprint').textContent).toBe(pin.fingerprint);
    expect(screen.getByText(/Perch on desk/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Copy fingerprint of the node’s key' }));
    expect(callsOf('clipboard.write')).toEqual([{ text: pin.fingerprint }]);
    await user.click(screen.getByTestId('sftp-withdraw'));
    expect(callsOf('sftp.withdraw')).toEqual([{ accountId: 'home' }]);
  });

  it('shows the key of its own node only', async () => {
    await shows({ sftp: { ...key, hosts: [{ ...pin, host: 'other.example.com:2022' }] } });
    expect(screen.queryByTestId('sftp-node-fingerprint')).toBeNull();
  });

  it('says why the panel keeps the key', async () => {
    await shows({ sftp: key });
    bridge.refuse('sftp.withdraw', unavailable);
    await user.click(screen.getByTestId('sftp-withdraw'));
    expect((await screen.findByRole('alert')).textContent).toContain('does not answer');
  });

  it('offers to compare a changed key of the node', async () => {
    await shows({ sftp: key });
    bridge.refuse('sftp.try', changed);
    await user.click(screen.getByTestId('sftp-try'));
    await user.click(await screen.findByTestId('sftp-compare'));
    expect(state.sftp.compared?.hostKey).toEqual(changed.hostKey);
    expect(screen.queryByTestId('sftp-works')).toBeNull();
  });
});

describe('the question about a changed key', () => {
  async function compares(transfer: string | null = null): Promise<void> {
    const hostKey = { host, pinned: print('N'), shown: print('X') };
    state.sftp.compare(server.id, hostKey, transfer);
    await shows({ sftp: key }, {}, (anchor) =>
      HostKeyQuestion(anchor, {
        get compared() {
          return state.sftp.compared ?? { serverId: server.id, hostKey };
        },
      }),
    );
  }

  it('shows both fingerprints, and trusts no key by Enter', async () => {
    await compares();
    expect(screen.getByTestId('host-key-pinned').textContent).toBe(print('N'));
    expect(screen.getByTestId('host-key-shown').textContent).toBe(print('X'));
    await user.keyboard('{Enter}');
    expect(state.sftp.compared).toBeNull();
    expect(callsOf('sftp.trustHost')).toEqual([]);
  });

  it('trusts the fingerprint that was shown, then continues', async () => {
    await compares('t1');
    await user.click(screen.getByTestId('host-key-trust'));
    await waitFor(() => expect(callsOf('transfers.retry')).toEqual([{ transfer: 't1' }]));
    expect(callsOf('sftp.trustHost')).toEqual([{ serverId: server.id, fingerprint: print('X') }]);
  });

  it('shows the key that the node presents by now, and trusts no other', async () => {
    await compares();
    bridge.refuse('sftp.trustHost', { ...unavailable, code: 'conflict' });
    const hostKey = { host, pinned: print('N'), shown: print('Y') };
    bridge.refuse('sftp.try', { ...changed, hostKey });
    await user.click(screen.getByTestId('host-key-trust'));
    await waitFor(() => expect(screen.getByTestId('host-key-shown').textContent).toBe(print('Y')));
    expect(screen.getByTestId('host-key-problem')).toBeTruthy();
    bridge.answer('sftp.trustHost', undefined);
    await user.click(screen.getByTestId('host-key-trust'));
    expect(callsOf('sftp.trustHost').at(-1)).toEqual({ serverId: server.id, fingerprint: print('Y') });
  });
});
