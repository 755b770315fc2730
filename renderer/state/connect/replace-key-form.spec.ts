import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { ReplaceKeyForm } from './replace-key-form.svelte.js';

const refused: Problem = { code: 'unauthorized', message: verbatim('No.'), next: verbatim('Another.') };

describe('ReplaceKeyForm', () => {
  function filled(): { bridge: FakeBridge; form: ReplaceKeyForm } {
    const bridge = new FakeBridge();
    const form = new ReplaceKeyForm(new PerchClient(bridge));
    form.open('home');
    form.key = 'ptlc_new';
    return { bridge, form };
  }

  it('sends the key, and deletes it once main has it', async () => {
    const { bridge, form } = filled();
    bridge.answer('accounts.replaceKey', { otherUser: null });
    await form.replace();
    expect(bridge.calls[0]?.input).toEqual({ accountId: 'home', key: 'ptlc_new', keep: 'keychain' });
    expect([form.accountId, form.key, form.sending.isRunning]).toEqual([null, '', false]);
  });

  it('keeps typed input after a failure, and drops the message after a change', async () => {
    const { bridge, form } = filled();
    bridge.refuse('accounts.replaceKey', refused);
    await form.replace();
    expect([form.sending.problem, form.key, form.accountId, form.sending.isRunning]).toEqual([
      refused,
      'ptlc_new',
      'home',
      false,
    ]);
    form.keyChanged();
    expect(form.sending.problem).toBeNull();
  });

  it('asks about another user, and names that user in the next call', async () => {
    const { bridge, form } = filled();
    bridge.answer('accounts.replaceKey', { otherUser: 'sam' });
    await form.replace();
    expect([form.otherUser, form.key]).toEqual(['sam', 'ptlc_new']);
    bridge.answer('accounts.replaceKey', { otherUser: null });
    await form.replace('memory');
    expect(bridge.calls[1]?.input).toEqual({
      accountId: 'home',
      key: 'ptlc_new',
      keep: 'memory',
      user: 'sam',
    });
  });

  it('has main use the key taken for this panel, and frees the field if main no longer has a key', async () => {
    const { bridge, form } = filled();
    form.key = '';
    expect(await form.takeKey()).toBe(true);
    expect(bridge.calls).toEqual([{ name: 'clipboard.take', input: { accountId: 'home' } }]);
    bridge.refuse('accounts.replaceKey', refused);
    await form.replace();
    expect(bridge.calls[1]?.input).toEqual({ accountId: 'home', key: null, keep: 'keychain' });
    expect(form.copied.isTaken).toBe(true);
    bridge.refuse('accounts.replaceKey', {
      ...refused,
      code: 'invalid',
      fields: { key: verbatim('No key.') },
    });
    await form.replace();
    expect([form.copied.isTaken, form.sending.problem?.code]).toEqual([false, 'invalid']);
    await form.takeKey();
    form.close();
    expect(form.copied.isTaken).toBe(false);
    expect(bridge.calls.at(-1)).toEqual({ name: 'clipboard.giveBack', input: { accountId: 'home' } });
  });

  it('gives back a key that main took for a closed form', async () => {
    const { bridge, form } = filled();
    const answer = bridge.hold('clipboard.take');
    const taking = form.takeKey();
    form.close();
    expect(bridge.calls.at(-1)).toEqual({ name: 'clipboard.giveBack', input: { accountId: 'home' } });
    answer(undefined);
    expect([await taking, form.copied.isTaken]).toEqual([false, false]);
  });

  it('forgets the key and the account when it is closed, whatever follows', async () => {
    const { bridge, form } = filled();
    bridge.refuse('accounts.replaceKey', refused);
    const asked = form.replace();
    form.close();
    form.open('work');
    await asked;
    expect([form.accountId, form.key, form.sending.problem, form.sending.isRunning]).toEqual([
      'work',
      '',
      null,
      false,
    ]);
  });

  it('sends nothing while closed, and one request at a time', async () => {
    const { bridge, form } = filled();
    form.close();
    await form.replace();
    expect(bridge.calls).toEqual([]);
    form.open('home');
    form.key = 'ptlc_new';
    const release = bridge.hold('accounts.replaceKey');
    const first = form.replace();
    expect(form.sending.isRunning).toBe(true);
    await form.replace();
    release({ otherUser: null });
    await first;
    expect(bridge.calls).toHaveLength(1);
  });

  it('does not ask about another user if the key has changed meanwhile', async () => {
    const { bridge, form } = filled();
    const release = bridge.hold('accounts.replaceKey');
    const asked = form.replace();
    form.key = 'ptlc_other';
    release({ otherUser: 'sam' });
    await asked;
    expect([form.otherUser, form.key, form.sending.isRunning]).toEqual([null, 'ptlc_other', false]);
  });

  it('leaves another form alone when an earlier answer comes', async () => {
    const { bridge, form } = filled();
    const first = bridge.hold('accounts.replaceKey');
    const asked = form.replace();
    form.close();
    form.open('work');
    form.key = 'ptlc_work';
    const second = bridge.hold('accounts.replaceKey');
    const again = form.replace();
    first({ otherUser: 'sam' });
    await asked;
    expect([form.accountId, form.key, form.otherUser, form.sending.isRunning]).toEqual([
      'work',
      'ptlc_work',
      null,
      true,
    ]);
    second({ otherUser: null });
    await again;
  });

  it('gives the reason if the copied key could not be taken, and otherwise forgets an earlier problem', async () => {
    const { bridge, form } = filled();
    bridge.refuse('clipboard.take', refused);
    expect(await form.takeKey()).toBe(false);
    expect([form.sending.problem, form.copied.isTaken]).toEqual([refused, false]);
    bridge.answer('clipboard.take', undefined);
    expect(await form.takeKey()).toBe(true);
    expect([form.sending.problem, form.copied.isTaken]).toEqual([null, true]);
  });
});
