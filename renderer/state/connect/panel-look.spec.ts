import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { PanelLook } from './panel-look.svelte.js';

const pelican = { panelUrl: 'https://panel.example.com', kind: 'pelican' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aLook() {
  const bridge = new FakeBridge();
  bridge.answer('panel.look', pelican);
  return { bridge, look: new PanelLook(new PerchClient(bridge)) };
}

it('main is asked during a pause in typing, and not before', async () => {
  const { bridge, look } = aLook();
  for (const url of ['pa', 'panel', 'panel.example.com']) {
    look.changed(url);
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(bridge.calls).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(bridge.calls).toEqual([{ name: 'panel.look', input: { url: 'panel.example.com' } }]);
  expect(look.known).toEqual(pelican);
});

it('main is asked at once when the field loses focus, once per address', async () => {
  const { bridge, look } = aLook();
  look.changed('panel.example.com');
  await look.look('panel.example.com ');
  await look.look('panel.example.com');
  look.changed(' panel.example.com');
  await vi.advanceTimersByTimeAsync(5000);
  expect(bridge.calls).toHaveLength(1);
  expect(look.known).toEqual(pelican);
});

it('another address has no facts, and a late answer for it is ignored', async () => {
  const { bridge, look } = aLook();
  const release = bridge.hold('panel.look');
  const first = look.look('panel.example.com');
  look.changed('panel.example.org');
  release(pelican);
  await first;
  expect(look.known).toBeNull();
  await look.look('');
  expect(bridge.calls).toHaveLength(1);
});

it('the page for keys is opened for a known panel only, and a refusal is returned', async () => {
  const { bridge, look } = aLook();
  expect(await look.openKeyPage()).toBeNull();
  expect(bridge.calls).toEqual([]);
  await look.look('panel.example.com');
  expect(await look.openKeyPage()).toBeNull();
  expect(bridge.calls.at(-1)).toEqual({ name: 'panel.openKeyPage', input: pelican });
  const problem: Problem = { code: 'internal', message: verbatim('No browser.'), next: verbatim('Copy it.') };
  bridge.refuse('panel.openKeyPage', problem);
  expect(await look.openKeyPage()).toEqual(problem);
});

it('a panel that main cannot find out about stays unknown', async () => {
  const { bridge, look } = aLook();
  bridge.refuse('panel.look', { code: 'internal', message: verbatim('m'), next: verbatim('n') });
  await look.look('panel.example.com');
  expect(look.known).toBeNull();
});

it('main is not asked about an empty address', async () => {
  const { bridge, look } = aLook();
  look.changed('panel.example.com');
  look.changed(' ');
  await vi.advanceTimersByTimeAsync(5000);
  await look.look('panel.example.com');
  await look.look(' ');
  expect(bridge.calls).toHaveLength(1);
});
