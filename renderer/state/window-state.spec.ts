import { expect, it } from 'vitest';
import { verbatim } from '../../messages/messages.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { PanelsWithNotice } from './fleet/panels-with-notice.svelte.js';
import { ServerLayout } from './server-layout.svelte.js';
import { createWindowState } from './window-state.js';

it('a panel has a notice on the page while at least one place shows it', () => {
  const panels = new PanelsWithNotice();
  expect(panels.has('home')).toBe(false);
  const [first, second] = [panels.tell('home'), panels.tell('home')];
  expect([panels.has('home'), panels.has('work')]).toEqual([true, false]);
  first();
  expect(panels.has('home')).toBe(true);
  second();
  expect(panels.has('home')).toBe(false);
});

it('a window shows charts from the beginning, but none of an offline server or a low window', () => {
  const layout = new ServerLayout();
  const { chartsShown, lowShown, pastShown, chartToLimit, chartRange } = layout;
  expect({ chartsShown, lowShown, pastShown, chartToLimit, chartRange }).toEqual({
    chartsShown: true,
    lowShown: false,
    pastShown: false,
    chartToLimit: false,
    chartRange: null,
  });
});

it('a window has one state, whose parts know each other', async () => {
  const bridge = new FakeBridge();
  const state = createWindowState(new PerchClient(bridge));
  state.fleet.start();
  const failed = { code: 'panel-unreachable', message: verbatim('Away.'), next: verbatim('') } as const;
  const account = anAccount({ state: { kind: 'failed', problem: failed, retryAt: 0 } });
  const server = aServer({ power: 'offline' });
  bridge.snapshot('fleet', { accounts: [account], servers: [server] });
  state.power.request('start', server);
  expect(state.power.question).not.toBeNull();
  state.navigation.go({ kind: 'settings' });
  await Promise.resolve();
  expect(state.finder.find('surv')).not.toBeNull();
  state.failures.report('error', new Error('broken'));
  expect(bridge.calls.at(-1)).toMatchObject({ name: 'window.failed', input: { view: 'settings' } });
});
