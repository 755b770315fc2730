import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { aCertificate, anAccount } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { ConnectForm } from './connect-form.svelte.js';

const untrusted: Problem = {
  code: 'tls-untrusted',
  message: verbatim('Not trusted.'),
  next: verbatim('Compare.'),
  certificate: aCertificate(),
};
const locked: Problem = {
  code: 'keychain-locked',
  message: verbatim('Locked.'),
  next: verbatim('Unlock it.'),
};

function filled(known: string[] = []): { bridge: FakeBridge; form: ConnectForm } {
  const bridge = new FakeBridge();
  const form = new ConnectForm(new PerchClient(bridge), () => known);
  form.url = ' https://panel.example.com ';
  form.key = 'ptlc_secret\n';
  return { bridge, form };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('ConnectForm', () => {
  it('sends trimmed input, and deletes the key', async () => {
    const { bridge, form } = filled();
    bridge.answer('accounts.add', anAccount());
    expect((await form.connect())?.id).toBe('home');
    expect(bridge.calls[0]?.input).toEqual({
      url: 'https://panel.example.com',
      key: 'ptlc_secret',
      keep: 'keychain',
    });
    expect([form.url, form.key, form.problem, form.working]).toEqual(['', '', null, null]);
  });

  it('reports missing input without asking main', async () => {
    const { bridge, form } = filled();
    form.key = ' ';
    expect(await form.connect()).toBeNull();
    expect(form.fieldError('key')).toBeDefined();
    expect(form.fieldError('url')).toBeUndefined();
    expect(form.formProblem).toBeNull();
    expect(bridge.calls).toEqual([]);
  });

  it('has main use the taken key, and frees the field if main no longer has a key', async () => {
    const { bridge, form } = filled();
    form.key = '';
    expect(await form.takeKey()).toBe(true);
    expect(bridge.calls).toEqual([{ name: 'clipboard.take', input: { accountId: null } }]);
    bridge.refuse('accounts.add', untrusted);
    await form.connect();
    expect(form.copied.isTaken).toBe(true);
    bridge.refuse('accounts.add', {
      code: 'invalid',
      message: verbatim('m'),
      next: verbatim('n'),
      fields: { key: verbatim('No key.') },
    });
    await form.trust('AB:CD');
    const attempts = bridge.calls.filter(({ name }) => name === 'accounts.add');
    expect(attempts.map(({ input }) => (input as { key: unknown }).key)).toEqual([null, null]);
    expect([form.copied.isTaken, form.fieldError('key')]).toEqual([false, 'No key.']);
    await form.takeKey();
    form.forgetKey();
    expect([form.copied.isTaken, form.keyForgotten]).toEqual([false, false]);
    expect(bridge.calls.at(-1)).toEqual({ name: 'clipboard.giveBack', input: { accountId: null } });
  });

  it('reports at the field that the clipboard had no key', async () => {
    const { bridge, form } = filled();
    bridge.refuse('clipboard.take', {
      code: 'invalid',
      message: verbatim('m'),
      next: verbatim('n'),
      fields: { key: verbatim('No key.') },
    });
    expect(await form.takeKey()).toBe(false);
    expect([form.copied.isTaken, form.fieldError('key')]).toEqual([false, 'No key.']);
  });

  it('reports a missing address, also one of spaces, and a problem of no field for the whole form', async () => {
    const { bridge, form } = filled();
    expect([form.formProblem, form.fieldError('url')]).toEqual([null, undefined]);
    form.url = ' ';
    expect(form.hasDraft).toBe(false);
    await form.connect();
    expect(form.fieldError('url')).toBeDefined();
    expect(form.fieldError('key')).toBeUndefined();
    expect(bridge.calls).toEqual([]);
    form.url = 'panel.example.com';
    bridge.refuse('accounts.add', locked);
    await form.connect();
    expect(form.formProblem).toEqual(locked);
  });

  it('asks about the panel when its field is left, and opens its page for keys', async () => {
    const { bridge, form } = filled();
    bridge.answer('panel.probe', { panelUrl: 'https://panel.example.com', kind: 'pelican' });
    await form.openKeyPage();
    form.urlLeft();
    await settled();
    await form.openKeyPage();
    expect(bridge.calls.map(({ name }) => name)).toEqual(['panel.probe', 'panel.openKeyPage']);
    expect([form.problem, form.failed]).toEqual([null, null]);
    bridge.refuse('panel.openKeyPage', locked);
    await form.openKeyPage();
    expect([form.problem, form.failed]).toEqual([locked, 'connect']);
  });

  it('has no problem of the address once the key is taken', async () => {
    const { form } = filled();
    form.forgetKey();
    form.url = '';
    await form.connect();
    await form.takeKey();
    expect([form.problem, form.keyForgotten]).toEqual([null, false]);
  });

  it('keeps its content while it works, and ignores the end of a cancelled attempt', async () => {
    const { bridge, form } = filled(['home']);
    const release = bridge.hold('accounts.add');
    const first = form.connect();
    form.cancel();
    const second = bridge.hold('accounts.add');
    const attempt = form.connect();
    release(anAccount({ id: 'late' }));
    await first;
    expect(form.working).toBe('connect');
    expect(bridge.calls.map(({ name }) => name)).toEqual(['accounts.add', 'accounts.add']);
    form.problem = locked;
    form.keyChanged();
    expect(form.problem).toEqual(locked);
    second(anAccount({ id: 'new' }));
    expect((await attempt)?.id).toBe('new');
  });

  it('shows no problem of a cancelled attempt', async () => {
    const { bridge, form } = filled();
    bridge.refuse('accounts.add', locked);
    const attempt = form.connect();
    form.cancel();
    await attempt;
    expect([form.problem, form.failed]).toEqual([null, null]);
  });

  it('says no more that the key was deleted once a panel is connected', async () => {
    const { bridge, form } = filled();
    form.forgetKey();
    form.key = 'ptlc_secret';
    bridge.answer('accounts.add', anAccount());
    await form.connect();
    expect(form.keyForgotten).toBe(false);
  });

  it('keeps all input on a problem, and shows the problem once', async () => {
    const { bridge, form } = filled();
    bridge.refuse('accounts.add', {
      code: 'invalid',
      message: verbatim('m'),
      next: verbatim('n'),
      fields: { url: verbatim('No address.') },
    });
    await form.connect();
    expect(form.key).toBe('ptlc_secret\n');
    expect(form.fieldError('url')).toBe('No address.');
    expect(form.formProblem).toBeNull();
    form.keyChanged();
    expect(form.fieldError('url')).toBeUndefined();
  });

  it('sends the agreed fingerprint, also with the next question, and forgets it with the address', async () => {
    const { bridge, form } = filled();
    bridge.refuse('accounts.add', untrusted);
    await form.connect();
    bridge.refuse('accounts.add', locked);
    await form.trust('AB:CD');
    await form.keepInMemory();
    form.urlChanged();
    await form.connect();
    const sent = bridge.calls.map(({ input }) => input as { keep: string; trustFingerprint?: string });
    expect(sent.map(({ keep, trustFingerprint }) => [keep, trustFingerprint])).toEqual([
      ['keychain', undefined],
      ['keychain', 'AB:CD'],
      ['memory', 'AB:CD'],
      ['keychain', undefined],
    ]);
  });

  it('removes an account that was added after a cancellation', async () => {
    const { bridge, form } = filled();
    const release = bridge.hold('accounts.add');
    const attempt = form.connect();
    form.cancel();
    expect(form.working).toBeNull();
    release(anAccount({ id: 'late' }));
    expect(await attempt).toBeNull();
    await settled();
    expect(bridge.calls.at(-1)).toEqual({ name: 'accounts.remove', input: { accountId: 'late' } });
    expect(form.url).not.toBe('');
  });

  it('never removes an account that existed before', async () => {
    const { bridge, form } = filled(['home']);
    const release = bridge.hold('accounts.add');
    const attempt = form.connect();
    form.cancel();
    release(anAccount({ id: 'home' }));
    await attempt;
    expect(bridge.calls.map(({ name }) => name)).toEqual(['accounts.add']);
  });

  it('shows a problem of the demo apart from the form', async () => {
    const { bridge, form } = filled();
    bridge.refuse('demo.start', {
      code: 'internal',
      message: verbatim('No demo.'),
      next: verbatim('Again.'),
    });
    expect(await form.demo()).toBeNull();
    expect(form.failed).toBe('demo');
    form.problem = { ...locked, fields: { url: verbatim('No address.') } };
    expect(form.fieldError('url')).toBeUndefined();
  });

  it('is empty once the demo runs, and unchanged if it did not start', async () => {
    const { bridge, form } = filled();
    bridge.refuse('demo.start', {
      code: 'internal',
      message: verbatim('No demo.'),
      next: verbatim('Again.'),
    });
    await form.demo();
    expect([form.hasDraft, form.key]).toEqual([true, 'ptlc_secret\n']);
    bridge.answer('demo.start', anAccount({ id: 'demo', isDemo: true }));
    expect((await form.demo())?.id).toBe('demo');
    expect([form.url, form.key, form.hasDraft]).toEqual(['', '', false]);
  });

  it('is a draft while it has a typed address', async () => {
    const { bridge, form } = filled();
    expect(form.hasDraft).toBe(true);
    bridge.answer('accounts.add', anAccount());
    await form.connect();
    expect(form.hasDraft).toBe(false);
    form.key = 'ptlc_secret';
    expect(form.hasDraft).toBe(false);
  });

  it('deletes the key when the window closes, and says so until a new key', () => {
    const { form } = filled();
    expect(form.keyForgotten).toBe(false);
    form.forgetKey();
    expect([form.url, form.key, form.keyForgotten]).toEqual([' https://panel.example.com ', '', true]);
    form.keyChanged();
    expect(form.keyForgotten).toBe(false);
    form.forgetKey();
    expect(form.keyForgotten).toBe(false);
  });
});
