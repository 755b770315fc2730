import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { say, verbatim } from '../../messages/messages.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { Copying } from './copying.svelte.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a notice about a copied text stays for a moment, and the newest text’s notice for its whole moment', async () => {
  const bridge = new FakeBridge();
  const copying = new Copying(new PerchClient(bridge));
  expect(copying.said).toBe('');
  await copying.copy('one');
  expect(bridge.calls).toEqual([{ name: 'clipboard.write', input: { text: 'one' } }]);
  expect([copying.outcome, copying.said]).toEqual(['copied', say('common.copied')]);
  vi.advanceTimersByTime(1000);
  await copying.copy('two');
  vi.advanceTimersByTime(1499);
  expect(copying.said).toBe(say('common.copied'));
  vi.advanceTimersByTime(1);
  expect([copying.outcome, copying.said]).toEqual([null, '']);
});

it('a failed copy is reported', async () => {
  const bridge = new FakeBridge();
  const copying = new Copying(new PerchClient(bridge));
  bridge.refuse('clipboard.write', { code: 'internal', message: verbatim('No.'), next: verbatim('') });
  await copying.copy('one');
  expect([copying.outcome, copying.said]).toEqual(['not-copied', say('common.not-copied')]);
  vi.advanceTimersByTime(1500);
  expect([copying.outcome, copying.said]).toEqual([null, '']);
});
