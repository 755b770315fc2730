import { expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { sentence, verbatim } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { ChartSaving } from './chart-saving.svelte.js';

const problem: Problem = { code: 'internal', message: verbatim('It broke.'), next: verbatim('Try again.') };

function aSaving() {
  const bridge = new FakeBridge();
  return { bridge, saving: new ChartSaving(new PerchClient(bridge), 'home/1') };
}

it('charts are saved once at a time, and the window names the path', async () => {
  const { bridge, saving } = aSaving();
  const release = bridge.hold('chart.save');
  const first = saving.save('csv', 'a,b');
  expect(saving.isSaving).toBe(true);
  await saving.save('csv', 'again');
  release({ path: '/charts.csv' });
  await first;
  expect(bridge.calls).toEqual([
    { name: 'chart.save', input: { serverId: 'home/1', kind: 'csv', content: 'a,b' } },
  ]);
  expect([saving.isSaving, saving.saved]).toEqual([false, sentence('charts.saved', { path: '/charts.csv' })]);
  saving.dismiss();
  expect(saving.saved).toBeNull();
});

it('no message appears if the user decides not to save charts', async () => {
  const { bridge, saving } = aSaving();
  bridge.answer('chart.save', { path: null });
  await saving.save('csv', 'a,b');
  expect([saving.saved, saving.problem]).toEqual([null, null]);
});

it('a window gives the reason if charts could not be saved, until the next attempt', async () => {
  const { bridge, saving } = aSaving();
  bridge.refuse('chart.save', problem);
  await saving.save('csv', 'a,b');
  expect([saving.problem, saving.isSaving]).toEqual([problem, false]);
  const release = bridge.hold('chart.save');
  const again = saving.save('csv', 'a,b');
  expect(saving.problem).toBeNull();
  release({ path: null });
  await again;
});
