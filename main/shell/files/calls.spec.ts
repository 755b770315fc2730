import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { applyChanges, emptyFleet } from '../../../bridge/fleet/changes.js';
import { wholeOf } from '../../../bridge/schedules/whole.js';
import { aServer } from '../../../tests/support/entities.js';
import { aSchedule } from '../../../tests/support/some-schedules.js';
import { fileCalls } from './calls.js';
import { removeFolder } from '../../../tests/support/remove-folder.js';

const state = applyChanges(emptyFleet, [{ kind: 'server-upserted', server: aServer({ id: 'home/1' }) }]);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-file-calls-'));
});
afterEach(() => removeFolder(folder));

function setUp({ chosen }: { chosen: string | null }) {
  const path = chosen === null ? '' : join(folder, chosen);
  const look = vi.fn(() => Promise.resolve({ panels: [], changes: [], leftOut: [] }));
  const calls = fileCalls({
    dialog: {
      showSaveDialog: () => Promise.resolve({ canceled: chosen === null, filePath: path }),
      showOpenDialog: () => Promise.resolve({ canceled: chosen === null, filePaths: [path] }),
    },
    folder,
    now: () => 0,
    store: { state },
    report: () => 'the report',
    exports: {
      text: () => Promise.resolve('all settings'),
      look,
      rulesText: (ids) => Promise.resolve(`rules ${ids.join(' ')}`),
      rulesIn: (text) => Promise.resolve({ rules: [], leftOut: text.length }),
      schedulesText: (schedules) => Promise.resolve(`schedules ${schedules.length}`),
      schedulesIn: (text) => Promise.resolve({ schedules: [], leftOut: text.length }),
    },
  });
  return { calls, look, path, written: () => readFileSync(path, 'utf8') };
}

it('each kind of text is saved where the user chooses, and its path is returned', async () => {
  const { calls, path, written } = setUp({ chosen: 'a.txt' });
  expect(await calls['console.save']({ serverId: 'home/1', text: 'lines' })).toEqual({ path });
  expect(written()).toBe('lines');
  await calls['events.save']({ format: 'csv', text: 'rows' });
  expect(written()).toBe('rows');
  await calls['chart.save']({ serverId: 'home/1', kind: 'csv', content: 'time' });
  expect(written()).toBe('time');
  await calls['diagnosis.save']();
  expect(written()).toBe('the report');
  await calls['exports.save']();
  expect(written()).toBe('all settings');
});

it('null is returned if the user chooses no file', async () => {
  const { calls, look } = setUp({ chosen: null });
  expect(await calls['events.save']({ format: 'csv', text: 'rows' })).toEqual({ path: null });
  expect(await calls['exports.choose']()).toBeNull();
  expect(look).not.toHaveBeenCalled();
});

it('the settings file chosen by the user is previewed', async () => {
  const { calls, look, path } = setUp({ chosen: 'perch.json' });
  writeFileSync(path, '{}');
  expect(await calls['exports.choose']()).toEqual({ panels: [], changes: [], leftOut: [] });
  expect(look).toHaveBeenCalledExactlyOnceWith('{}');
});

it('no file is saved for an unknown server', async () => {
  const { calls } = setUp({ chosen: 'a.txt' });
  const gone = { problem: { code: 'not-found' } };
  await expect(calls['console.save']({ serverId: 'home/9', text: 'x' })).rejects.toMatchObject(gone);
  await expect(calls['chart.save']({ serverId: 'home/9', kind: 'csv', content: 'x' })).rejects.toMatchObject(
    gone,
  );
  await expect(calls['schedules.export']({ serverId: 'home/9', schedules: [] })).rejects.toMatchObject(gone);
});

it('rules are saved and read where the user chooses', async () => {
  const { calls, path, written } = setUp({ chosen: 'rules.json' });
  expect(await calls['rules.export']({ ids: ['r1', 'r2'] })).toEqual({ path });
  expect(written()).toBe('rules r1 r2');
  expect(await calls['rules.chooseImport']()).toEqual({ rules: [], leftOut: 11 });
  const none = setUp({ chosen: null });
  expect(await none.calls['rules.export']({ ids: ['r1'] })).toEqual({ path: null });
  expect(await none.calls['rules.chooseImport']()).toBeNull();
});

it('schedules are saved and read where the user chooses', async () => {
  const schedules = [wholeOf(aSchedule())];
  const { calls, path, written } = setUp({ chosen: 'schedules.json' });
  expect(await calls['schedules.export']({ serverId: 'home/1', schedules })).toEqual({ path });
  expect(written()).toBe('schedules 1');
  expect(await calls['schedules.chooseImport']()).toEqual({ schedules: [], leftOut: 11 });
  const none = setUp({ chosen: null });
  expect(await none.calls['schedules.export']({ serverId: 'home/1', schedules })).toEqual({ path: null });
  expect(await none.calls['schedules.chooseImport']()).toBeNull();
});
