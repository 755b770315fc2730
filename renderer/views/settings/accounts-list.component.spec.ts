import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { sentence, verbatim } from '../../../messages/messages.js';
import { aServer, anAccount, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import AccountsList from './accounts-list.svelte';

const user = userEvent.setup();
const refusal: Problem = {
  code: 'node-unreachable',
  message: verbatim('The node does not answer.'),
  next: verbatim('Try again later.'),
};

describe('the connected panels', () => {
  let bridge: FakeBridge;

  beforeEach(async () => {
    bridge = new FakeBridge();
    render(Frame, { view: AccountsList, state: createWindowState(new PerchClient(bridge)) });
    bridge.snapshot('settings', someSettings());
    bridge.snapshot('fleet', { accounts: [anAccount({ label: 'Home' })], servers: [] });
    await tick();
  });

  it('say why a panel was not removed', async () => {
    bridge.refuse('accounts.remove', refusal);
    await user.click(screen.getByRole('button', { name: /^Remove .*Home/ }));
    await user.click(screen.getByRole('button', { name: 'Remove panel' }));
    expect(bridge.calls.at(-1)).toEqual({ name: 'accounts.remove', input: { accountId: 'home' } });
    expect(await screen.findByRole('alert')).toBeTruthy();
  });

  it('name the files whose changes a removal would lose', async () => {
    const files = [...'abcdefghi'].map((name) => ({ serverId: aServer().id, path: `/config/${name}.yml` }));
    bridge.snapshot('fleet', { accounts: [anAccount({ label: 'Home' })], servers: [aServer()] });
    bridge.answer('texts.unsaved', files);
    await user.click(screen.getByRole('button', { name: /^Remove .*Home/ }));
    const { textContent } = await screen.findByTestId('remove-unsaved');
    expect(textContent).toContain('The changes to 9 files are only on this computer and will be lost:');
    expect(textContent).toContain(`${aServer().name}: /config/a.yml`);
    expect(textContent).toContain('and 1 more');
    expect(bridge.calls.at(-1)).toEqual({ name: 'texts.unsaved', input: { accountId: 'home' } });
  });

  it('are not removed before these files are known', async () => {
    const known = bridge.hold('texts.unsaved');
    await user.click(screen.getByRole('button', { name: /^Remove .*Home/ }));
    await user.click(screen.getByRole('button', { name: /Remove panel/ }));
    expect(bridge.calls.map(({ name }) => name)).not.toContain('accounts.remove');
    known([]);
    await tick();
    expect(screen.queryByTestId('remove-unsaved')).toBeNull();
  });

  describe('with an SFTP key', () => {
    const sftp = { fingerprint: 'SHA256:K', name: 'Perch on desk', addedAt: 0, hosts: [] };
    const kept: Problem = {
      ...refusal,
      message: sentence('sftp.not-withdrawn', { panel: 'Home' }),
    };

    beforeEach(async () => {
      bridge.snapshot('fleet', { accounts: [anAccount({ label: 'Home', sftp })], servers: [] });
      await tick();
    });

    it('withdraw the key', async () => {
      expect(screen.getByTestId('account-sftp').textContent).toContain('SHA256:K');
      await user.click(screen.getByTestId('account-sftp-withdraw'));
      expect(bridge.calls.at(-1)).toEqual({ name: 'sftp.withdraw', input: { accountId: 'home' } });
    });

    it('are removed with the key, or without it if the panel does not answer', async () => {
      bridge.refuse('accounts.remove', kept);
      await user.click(screen.getByRole('button', { name: /^Remove .*Home/ }));
      expect(screen.getByRole('dialog').textContent).toContain('“Perch on desk”');
      await user.click(screen.getByRole('button', { name: 'Remove panel' }));
      await user.click(await screen.findByTestId('remove-anyway'));
      expect(bridge.calls.at(-1)).toEqual({
        name: 'accounts.remove',
        input: { accountId: 'home', leavesSftpKey: true },
      });
    });

    it('are not removed without it after any other failure', async () => {
      bridge.refuse('accounts.remove', refusal);
      await user.click(screen.getByRole('button', { name: /^Remove .*Home/ }));
      await user.click(screen.getByRole('button', { name: 'Remove panel' }));
      expect(await screen.findByRole('alert')).toBeTruthy();
      expect(screen.queryByTestId('remove-anyway')).toBeNull();
    });
  });

  it('take a new name, and ask for none without a change', async () => {
    bridge.answer('accounts.rename', undefined);
    for (const [typed, calls] of [
      ['', 0],
      [' two', 1],
    ] as const) {
      await user.click(screen.getByRole('button', { name: /^Rename .*Home/ }));
      if (typed !== '') await user.type(screen.getByRole('textbox'), typed);
      await user.click(screen.getByRole('button', { name: 'Save' }));
      expect(bridge.calls.filter(({ name }) => name === 'accounts.rename')).toHaveLength(calls);
    }
    expect(bridge.calls.at(-1)?.input).toEqual({ accountId: 'home', label: 'Home two' });
  });

  it('show all servers of a panel to its administrator on request', async () => {
    const administrator = { username: 'ada', email: 'ada@example.com', isAdmin: true };
    bridge.snapshot('fleet', { accounts: [anAccount({ user: administrator })], servers: [] });
    bridge.answer('accounts.setAllServers', undefined);
    await tick();
    await user.click(screen.getByRole('switch'));
    expect(bridge.calls.at(-1)).toEqual({
      name: 'accounts.setAllServers',
      input: { accountId: 'home', allServers: true },
    });
  });
});
