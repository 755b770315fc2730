import { expect, it } from 'vitest';
import type { Problem } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { FileSaving } from './file-saving.svelte.js';

const problem: Problem = { code: 'internal', message: verbatim('It broke.'), next: verbatim('Try again.') };
const input = { serverId: 'home/1', kind: 'csv', content: 'a,b' } as const;

function aSaving() {
  const bridge = new FakeBridge();
  const client = new PerchClient(bridge);
  const saving = new FileSaving();
  return { bridge, saving, save: () => saving.save(() => client.call('chart.save', input)) };
}

it('one file is saved at a time, and its path stays until it is dismissed', async () => {
  const { bridge, saving, save } = aSaving();
  const release = bridge.hold('chart.save');
  const first = save();
  expect(saving.task.isRunning).toBe(true);
  await save();
  release({ path: '/charts.csv' });
  await first;
  expect(bridge.calls).toEqual([{ name: 'chart.save', input }]);
  expect([saving.task.isRunning, saving.path]).toEqual([false, '/charts.csv']);
  saving.dismiss();
  expect(saving.path).toBeNull();
});

it('the path stays empty if the user decides not to save', async () => {
  const { bridge, saving, save } = aSaving();
  bridge.answer('chart.save', { path: null });
  await save();
  expect([saving.path, saving.task.problem]).toEqual([null, null]);
});

it('the problem replaces the last path, and stays until it is dismissed or a file is saved', async () => {
  const { bridge, saving, save } = aSaving();
  bridge.answer('chart.save', { path: '/charts.csv' });
  await save();
  bridge.refuse('chart.save', problem);
  await save();
  expect([saving.path, saving.task.problem, saving.task.isRunning]).toEqual([null, problem, false]);
  saving.dismiss();
  expect(saving.task.problem).toBeNull();
  await save();
  const release = bridge.hold('chart.save');
  const again = save();
  expect(saving.task.problem).toBeNull();
  release({ path: null });
  await again;
});
