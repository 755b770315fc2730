import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { PanelProbe } from './panel-probe.svelte.js';

const pelican = { panelUrl: 'https://panel.example.com', kind: 'pelican' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aProbe() {
  const bridge = new FakeBridge();
  bridge.answer('panel.probe', pelican);
  return { bridge, probe: new PanelProbe(new PerchClient(bridge)) };
}

it('main is asked during a pause in typing, and not before', async () => {
  const { bridge, probe } = aProbe();
  for (const url of ['pa', 'panel', 'panel.example.com']) {
    probe.changed(url);
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(bridge.calls).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(bridge.calls).toEqual([{ name: 'panel.probe', input: { url: 'panel.example.com' } }]);
  expect(probe.known).toEqual(pelican);
});

it('main is asked at once when the field loses focus, once per address', async () => {
  const { bridge, probe } = aProbe();
  probe.changed('panel.example.com');
  await probe.probe('panel.example.com ');
  await probe.probe('panel.example.com');
  probe.changed(' panel.example.com');
  await vi.advanceTimersByTimeAsync(5000);
  expect(bridge.calls).toHaveLength(1);
  expect(probe.known).toEqual(pelican);
});

it('another address has no facts, and a late answer for it is ignored', async () => {
  const { bridge, probe } = aProbe();
  const release = bridge.hold('panel.probe');
  const first = probe.probe('panel.example.com');
  probe.changed('panel.example.org');
  release(pelican);
  await first;
  expect(probe.known).toBeNull();
  await probe.probe('');
  expect(bridge.calls).toHaveLength(1);
});

it('the page for keys is opened for a known panel only, and a refusal is returned', async () => {
  const { bridge, probe } = aProbe();
  expect(await probe.openKeyPage()).toBeNull();
  expect(bridge.calls).toEqual([]);
  await probe.probe('panel.example.com');
  expect(await probe.openKeyPage()).toBeNull();
  expect(bridge.calls.at(-1)).toEqual({ name: 'panel.openKeyPage', input: pelican });
  const problem: Problem = { code: 'internal', message: verbatim('No browser.'), next: verbatim('Copy it.') };
  bridge.refuse('panel.openKeyPage', problem);
  expect(await probe.openKeyPage()).toEqual(problem);
});

it('a panel that main cannot find out about stays unknown', async () => {
  const { bridge, probe } = aProbe();
  bridge.refuse('panel.probe', { code: 'internal', message: verbatim('m'), next: verbatim('n') });
  await probe.probe('panel.example.com');
  expect(probe.known).toBeNull();
});

it('main is not asked about an empty address', async () => {
  const { bridge, probe } = aProbe();
  probe.changed('panel.example.com');
  probe.changed(' ');
  await vi.advanceTimersByTimeAsync(5000);
  await probe.probe('panel.example.com');
  await probe.probe(' ');
  expect(bridge.calls).toHaveLength(1);
});
