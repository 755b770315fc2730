import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { createWindowState } from '../state/window-state.js';
import Frame from './frame.svelte';
import Onboarding from './onboarding/onboarding.svelte';

const user = userEvent.setup();
const gone: Problem = {
  code: 'invalid',
  message: verbatim('m'),
  next: verbatim('n'),
  fields: { key: verbatim('No key any more.') },
};

/** Key field of the form that connects a panel. */
describe('the field of a key', () => {
  let bridge: FakeBridge;
  const held = { holds: 'none' };
  const field = (): HTMLElement => screen.getByLabelText('API key');
  const address = (): HTMLElement => screen.getByLabelText('Panel address');
  const asked = (wanted: string): unknown[] =>
    bridge.calls.filter(({ name }) => name === wanted).map(({ input }) => input);

  beforeEach(() => {
    bridge = new FakeBridge();
    bridge.answerWith('clipboard.peek', () => ({ ...held }));
  });

  async function show(holds: string): Promise<void> {
    held.holds = holds;
    render(Frame, { view: Onboarding, state: createWindowState(new PerchClient(bridge)) });
    bridge.snapshot('fleet', { accounts: [], servers: [] });
    await tick();
  }

  it('offers the key in the clipboard, and main takes it at the press only', async () => {
    await show('none');
    expect([screen.queryByTestId('key-offer'), asked('clipboard.peek').length]).toEqual([null, 1]);
    held.holds = 'client';
    window.dispatchEvent(new Event('focus'));
    const offer = await screen.findByTestId('key-offer');
    expect(asked('clipboard.take')).toEqual([]);
    await user.click(offer);
    expect(asked('clipboard.take')).toEqual([{ accountId: null }]);
    expect(document.activeElement).toBe(address());
    expect(field()).toHaveProperty('value', 'The key from the clipboard');
    expect(asked('accounts.add')).toEqual([]);
    bridge.refuse('accounts.add', { ...gone, fields: {} });
    await user.type(address(), 'panel.example.com{Enter}');
    await user.type(address(), '{Enter}');
    const attempt = { url: 'panel.example.com', key: null };
    expect(asked('accounts.add')).toMatchObject([attempt, attempt]);
    expect([asked('clipboard.take').length, asked('clipboard.giveBack').length]).toEqual([1, 0]);
  });

  it('can be given back to type, and offers no key over typed text', async () => {
    await show('client');
    await user.click(await screen.findByTestId('key-offer'));
    await user.click(screen.getByRole('button', { name: 'Enter another key' }));
    expect(asked('clipboard.giveBack')).toEqual([{ accountId: null }]);
    expect(field()).toHaveProperty('value', '');
    expect(document.activeElement).toBe(field());
    expect(screen.queryByTestId('key-offer')).not.toBeNull();
    await user.type(field(), 'p');
    expect(screen.queryByTestId('key-offer')).toBeNull();
  });

  it('keeps typed text while main still takes the key', async () => {
    await show('client');
    const answer = bridge.hold('clipboard.take');
    await user.click(await screen.findByTestId('key-offer'));
    await user.type(field(), 'p');
    expect(asked('clipboard.giveBack')).toEqual([{ accountId: null }]);
    answer(undefined);
    await tick();
    expect(field()).toHaveProperty('value', 'p');
  });

  it('reports that main no longer has the key, and offers it again', async () => {
    await show('client');
    await user.click(await screen.findByTestId('key-offer'));
    bridge.refuse('accounts.add', gone);
    await user.type(address(), 'panel.example.com{Enter}');
    expect(await screen.findByText('No key any more.')).toBeDefined();
    expect(field()).toHaveProperty('value', '');
    await user.click(screen.getByTestId('key-offer'));
    expect(screen.queryByText('No key any more.')).toBeNull();
    expect(field()).toHaveProperty('value', 'The key from the clipboard');
  });

  it('reports an empty clipboard, and looks again', async () => {
    await show('client');
    bridge.refuse('clipboard.take', gone);
    const offer = await screen.findByTestId('key-offer');
    held.holds = 'none';
    await user.click(offer);
    expect(await screen.findByText('No key any more.')).toBeDefined();
    expect([screen.queryByTestId('key-offer'), field()]).toMatchObject([null, { value: '' }]);
  });

  it('recognises a key of the other kind', async () => {
    await show('application');
    expect(await screen.findByText(/holds an application key/)).toBeDefined();
    expect(screen.queryByTestId('key-offer')).toBeNull();
  });
});
