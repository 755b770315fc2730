import { describe, expect, it } from 'vitest';
import type { Problem } from '../../bridge/errors.js';
import { verbatim } from '../../words/words.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
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

  it('sends the key, and lets go of it once main has it', async () => {
    const { bridge, form } = filled();
    bridge.answer('accounts.replaceKey', { otherUser: null });
    await form.replace();
    expect(bridge.calls[0]?.input).toEqual({ accountId: 'home', key: 'ptlc_new', keep: 'keychain' });
    expect([form.accountId, form.key, form.isWorking]).toEqual([null, '', false]);
  });

  it('keeps what was typed while it fails, and forgets what was said as soon as that changes', async () => {
    const { bridge, form } = filled();
    bridge.refuse('accounts.replaceKey', refused);
    await form.replace();
    expect([form.problem, form.key, form.accountId, form.isWorking]).toEqual([
      refused,
      'ptlc_new',
      'home',
      false,
    ]);
    form.keyChanged();
    expect(form.problem).toBeNull();
  });

  it('asks about another user, and names that one when it is sent again', async () => {
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

  it('has main take the key from the clipboard, and gives the field back where that holds none', async () => {
    const { bridge, form } = filled();
    form.key = '';
    form.isKeyCopied = true;
    bridge.refuse('accounts.replaceKey', refused);
    await form.replace();
    expect(bridge.calls[0]?.input).toEqual({ accountId: 'home', key: null, keep: 'keychain' });
    expect(form.isKeyCopied).toBe(true);
    bridge.refuse('accounts.replaceKey', {
      ...refused,
      code: 'invalid',
      fields: { key: verbatim('No key.') },
    });
    await form.replace();
    expect([form.isKeyCopied, form.problem?.code]).toEqual([false, 'invalid']);
    form.isKeyCopied = true;
    form.close();
    expect(form.isKeyCopied).toBe(false);
  });

  it('forgets the key and what it was about when it is closed, whatever comes of it', async () => {
    const { bridge, form } = filled();
    bridge.refuse('accounts.replaceKey', refused);
    const asked = form.replace();
    form.close();
    form.open('work');
    await asked;
    expect([form.accountId, form.key, form.problem, form.isWorking]).toEqual(['work', '', null, false]);
  });
});
