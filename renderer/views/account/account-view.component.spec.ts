/** The account on its panel in jsdom: its keys, the rest of a replacement that was cut off, and typed passwords. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OwnAccount } from '../../../bridge/schema/own-account.js';
import { newProblem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { anAccount, someSettings } from '../../../tests/support/entities.js';
import '../../../tests/support/every-area.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import AccountView from './account-view.svelte';

const user = userEvent.setup();
const key = { description: '', allowedIps: [], lastUsedAt: null, createdAt: null };
const own: OwnAccount = {
  username: 'olive',
  email: 'olive@example.com',
  hasTwoFactor: null,
  kind: 'pterodactyl',
  keys: [
    { ...key, identifier: 'ptlc_Used0000000', description: 'Perch', isUsed: true },
    { ...key, identifier: 'ptlc_Other000000', description: 'laptop \u202e', isUsed: false },
  ],
  sshKeys: [{ name: 'desk', fingerprint: 'Hjb', createdAt: Date.UTC(2026, 10, 28, 12), isUsed: true }],
};

describe('the account on its panel', () => {
  let bridge: FakeBridge;

  beforeEach(() => {
    bridge = new FakeBridge();
    bridge.answer('account.view', own);
    bridge.answer('account.activity', { entries: [], total: 0, pages: 1 });
  });

  async function show(account = anAccount()): Promise<void> {
    const state = createWindowState(new PerchClient(bridge));
    const view: Component = (anchor) => AccountView(anchor, { account });
    render(Frame, { view, state });
    bridge.snapshot('settings', someSettings());
    await screen.findAllByTestId('account-key');
    await tick();
  }

  it('lets nobody delete the key that Perch uses, or its SSH key', async () => {
    await show();
    const [used, other] = screen.getAllByTestId('account-key');
    expect(used?.textContent).toMatch(/Perch uses this key/);
    expect(other?.textContent).not.toMatch(/Perch uses this key/);
    expect(screen.getAllByRole('button', { name: /Delete the key/ })).toHaveLength(1);
    expect(screen.queryByRole('button', { name: /Remove the key/ })).toBeNull();
    expect(screen.getByTestId('account-two-factor').textContent).toBe('This panel does not say.');
    expect(screen.queryByTestId('change-username')).toBeNull();
  });

  it('says once why the panel did not answer, and reads the whole account again', async () => {
    bridge.refuse('account.view', aProblem('timeout'));
    bridge.refuse('account.activity', aProblem('timeout'));
    const state = createWindowState(new PerchClient(bridge));
    const account = anAccount();
    const view: Component = (anchor) => AccountView(anchor, { account });
    render(Frame, { view, state });
    bridge.snapshot('settings', someSettings());
    await screen.findByTestId('account-problem');
    await waitFor(() => expect(screen.queryByTestId('activity')).toBeNull());
    bridge.answer('account.view', own);
    bridge.answer('account.activity', { entries: [], total: 0, pages: 1 });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findAllByTestId('account-key')).toHaveLength(2);
    expect(await screen.findByText('The panel has no activity to show')).toBeTruthy();
  });

  it('leads to the panel’s page for everything that a key may not change', async () => {
    await show();
    expect(screen.queryByTestId('account-open-elsewhere')).toBeNull();
    await user.click(screen.getByTestId('account-open-two-factor'));
    const sent = { name: 'panel.open', input: { accountId: 'home', accountOn: 'pterodactyl' } };
    expect(bridge.calls.at(-1)).toEqual(sent);
    expect(screen.getByTestId('account-ssh-key').textContent).toContain('added on Nov 28, 2026');
  });

  it('names on Pelican the settings that only the panel’s page changes', async () => {
    bridge.answer('account.view', { ...own, kind: 'pelican' });
    await show();
    await user.click(screen.getByTestId('account-open-elsewhere'));
    const sent = { name: 'panel.open', input: { accountId: 'home', accountOn: 'pelican' } };
    expect(bridge.calls.at(-1)).toEqual(sent);
  });

  it('opens the first page of a panel of an unknown kind', async () => {
    bridge.answer('account.view', { ...own, kind: null });
    await show();
    await user.click(screen.getByTestId('account-open-two-factor'));
    expect(bridge.calls.at(-1)).toEqual({ name: 'panel.open', input: { accountId: 'home' } });
  });

  it('says that a replacement was cut off, and cleans up at a press', async () => {
    bridge.answer('account.tidyKeys', { deleted: 1 });
    await show(anAccount({ keyRenewal: { name: 'Perch on desk', at: 0 } }));
    await user.click(screen.getByTestId('account-tidy'));
    expect((await screen.findByTestId('account-said')).textContent).toMatch(/deleted 1 unused key/);
  });

  it('replaces no key that is only in memory', async () => {
    await show(anAccount({ keyStorage: 'memory' }));
    const renew = screen.getByTestId('account-renew');
    expect(renew.getAttribute('aria-disabled')).toBe('true');
    await user.click(renew);
    expect(screen.queryByTestId('account-question')).toBeNull();
  });

  it('keeps a typed password out of the page once the panel has taken it', async () => {
    bridge.answer('account.setPassword', undefined);
    await show();
    await user.click(screen.getByTestId('change-password'));
    await user.type(screen.getByLabelText('Current password', { selector: 'input' }), 'old horse');
    await user.type(screen.getByLabelText('New password', { selector: 'input' }), 'new horse');
    await user.click(screen.getByTestId('change-sign-in-save'));
    await screen.findByTestId('account-changed');
    expect(bridge.calls.find(({ name }) => name === 'account.setPassword')?.input).toEqual({
      accountId: 'home',
      current: 'old horse',
      next: 'new horse',
    });
    expect(document.body.innerHTML).not.toMatch(/horse/);
  });

  it('says why the panel refused, and keeps the entered text', async () => {
    bridge.refuse('account.setEmail', {
      ...newProblem('invalid', verbatim('No.'), verbatim('Again.')),
      fields: { password: verbatim('Not the password.') },
    });
    await show();
    await user.click(screen.getByRole('button', { name: 'Change the e-mail address' }));
    const password = screen.getByLabelText<HTMLInputElement>('Current password', { selector: 'input' });
    await user.type(screen.getByLabelText('E-mail address'), '.net');
    await user.type(password, 'wrong');
    await user.click(screen.getByTestId('change-sign-in-save'));
    await screen.findByText('Not the password.');
    expect(password.value).toBe('wrong');
    expect(document.activeElement).toBe(password);
    // The sentence stands at its field, and nowhere else.
    expect(screen.queryByTestId('change-sign-in-save-problem')).toBeNull();
  });

  it('names missing fields before it asks the panel', async () => {
    await show();
    await user.click(screen.getByTestId('change-email'));
    const go = screen.getByTestId('change-sign-in-save');
    expect(go.getAttribute('aria-description')).toBe('Enter another e-mail address.');
    await user.type(screen.getByLabelText('E-mail address'), '.net');
    expect(go.getAttribute('aria-description')).toBe('Enter the current password.');
    await user.click(go);
    expect(bridge.calls.map(({ name }) => name)).not.toContain('account.setEmail');
    await user.type(screen.getByLabelText('Current password', { selector: 'input' }), 'horse');
    expect(go.getAttribute('aria-disabled')).toBeNull();
  });

  it('names each button by its effect, and reports deleted keys', async () => {
    bridge.answer('account.deleteKey', undefined);
    await show();
    const names = screen
      .getAllByRole('button')
      .map((one) => one.getAttribute('aria-label') ?? one.textContent);
    expect(new Set(names).size).toBe(names.length);
    await user.click(screen.getByRole('button', { name: /Delete the key/ }));
    await user.click(screen.getByTestId('account-go'));
    expect((await screen.findByTestId('account-said')).textContent).toMatch(/The key “laptop.*” is deleted/);
    expect(document.activeElement).toBe(screen.getByTestId('account-new-key'));
  });

  it('reads the account again after a lost answer, as the problem says', async () => {
    await show();
    const reads = () => bridge.calls.filter(({ name }) => name === 'account.view').length;
    bridge.refuse('account.deleteKey', aProblem('forbidden'));
    await user.click(screen.getByRole('button', { name: /Delete the key/ }));
    await user.click(screen.getByTestId('account-go'));
    await screen.findByTestId('account-problem');
    expect(reads()).toBe(1);
    bridge.refuse('account.deleteKey', aProblem('timeout', { maybeDone: true }));
    await user.click(screen.getByTestId('account-go'));
    await waitFor(() => expect(reads()).toBe(2));
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    bridge.refuse('account.makeKey', aProblem('timeout', { maybeDone: true }));
    await user.click(screen.getByTestId('account-new-key'));
    await user.type(screen.getByLabelText('Description'), 'laptop');
    await user.click(screen.getByTestId('make-key-save'));
    await waitFor(() => expect(reads()).toBe(3));
  });

  it('announces an added SSH key to a screen reader', async () => {
    bridge.answer('account.addSshKey', undefined);
    await show();
    await user.click(screen.getByTestId('account-add-ssh'));
    const go = screen.getByTestId('add-ssh-save');
    expect(go.getAttribute('aria-description')).toBe('Enter a name.');
    await user.type(screen.getByLabelText('Name'), 'tower');
    expect(go.getAttribute('aria-description')).toBe('Paste the public key.');
    await user.type(screen.getByTestId('add-ssh-public'), 'ssh-ed25519 AAAA');
    await user.click(go);
    await expect
      .poll(() => screen.getByTestId('account-ssh-said').textContent)
      .toBe('The SSH key “tower” is added.');
  });

  it('cannot be cancelled while the panel makes a key, so that the new key is not missed', async () => {
    const answer = bridge.hold('account.makeKey');
    await show();
    await user.click(screen.getByTestId('account-new-key'));
    await user.type(screen.getByLabelText('Description'), 'laptop');
    await user.click(screen.getByTestId('make-key-save'));
    const cancel = screen.getByRole('button', { name: 'Cancel' });
    expect(cancel.getAttribute('aria-disabled')).toBe('true');
    await user.click(cancel);
    screen.getByTestId('make-key-dialog');
    answer({ identifier: 'ptlc_New00000000' });
    expect((await screen.findByTestId('account-said')).textContent).toMatch(
      /The new key is in the clipboard/,
    );
  });
});
