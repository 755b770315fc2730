import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { anAccount, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import KeyQuestion from './key-question.svelte';

describe('the question for another API key', () => {
  const user = userEvent.setup();
  const sftp = { fingerprint: 'SHA256:K', name: 'Perch on desk', addedAt: 0, hosts: [] };
  let bridge: FakeBridge;
  const goOn = () => user.click(screen.getByTestId('replace-key-go'));

  beforeEach(() => {
    bridge = new FakeBridge();
    bridge.answer('accounts.replaceKey', { otherUser: 'sam' });
    const state = createWindowState(new PerchClient(bridge));
    render(Frame, { view: KeyQuestion, state });
    bridge.snapshot('settings', someSettings());
    state.keyForm.open('home');
    state.keyForm.key = 'ptlc_new';
  });

  it.each([
    [anAccount({ sftp }), true],
    [anAccount(), false],
  ])('names the SFTP key of the user before (%#)', async (account, isNamed) => {
    bridge.snapshot('fleet', { accounts: [account], servers: [] });
    await tick();
    expect(screen.getByRole('dialog').textContent).not.toContain('Perch on desk');
    await goOn();
    const question = await screen.findByText(/This key belongs to sam/);
    expect(question.textContent.includes('the SFTP key “Perch on desk” of olive')).toBe(isNamed);
  });
});
