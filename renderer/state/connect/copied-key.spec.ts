import { afterEach, expect, it, vi } from 'vitest';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { verbatim } from '../../../messages/messages.js';
import { PerchClient } from '../../api.js';
import { CopiedKey } from './copied-key.svelte.js';

const refused = { code: 'internal', message: verbatim('No.'), next: verbatim('') } as const;

afterEach(() => vi.unstubAllGlobals());

function aKey(accountId: string | null = null) {
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  const bridge = new FakeBridge();
  const copied = new CopiedKey(new PerchClient(bridge), () => accountId);
  const focus = (): void => void page.dispatchEvent(new Event('focus'));
  const looks = (): number => bridge.calls.filter(({ name }) => name === 'clipboard.peek').length;
  return { bridge, copied, focus, looks };
}

const answered = (): Promise<void> => new Promise((next) => setImmediate(next));

it('the form asks for a copied key when it appears and whenever the window gets the focus', async () => {
  const { bridge, copied, focus, looks } = aKey();
  bridge.answer('clipboard.peek', { holds: 'key' });
  const end = copied.follow();
  await answered();
  expect([copied.holds, looks()]).toEqual(['key', 1]);
  bridge.answer('clipboard.peek', { holds: 'none' });
  focus();
  await answered();
  expect([copied.holds, looks()]).toEqual(['none', 2]);
  end();
  focus();
  expect(looks()).toBe(2);
});

it('the form has no copied key if the clipboard cannot be read', async () => {
  const { bridge, copied } = aKey();
  bridge.answer('clipboard.peek', { holds: 'key' });
  await copied.peek();
  bridge.refuse('clipboard.peek', refused);
  await copied.peek();
  expect(copied.holds).toBe('none');
});

it('the form uses the newest answer, and none after its end', async () => {
  const { bridge, copied } = aKey();
  const first = bridge.hold('clipboard.peek');
  const end = copied.follow();
  const second = bridge.hold('clipboard.peek');
  const looked = copied.peek();
  second({ holds: 'key' });
  await looked;
  first({ holds: 'none' });
  await answered();
  expect(copied.holds).toBe('key');
  const third = bridge.hold('clipboard.peek');
  void copied.peek();
  end();
  third({ holds: 'none' });
  await answered();
  expect(copied.holds).toBe('key');
});

it('a key that was given back meanwhile is no problem of the form', async () => {
  const { bridge, copied } = aKey('home');
  bridge.refuse('clipboard.take', refused);
  const taking = copied.take();
  copied.giveBack();
  expect([await taking, copied.isTaken]).toEqual([null, false]);
  expect(await copied.take()).toEqual(refused);
});
