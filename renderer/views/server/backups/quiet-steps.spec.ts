import { expect, it } from 'vitest';
import type { QuietBackup } from '../../../../bridge/schema/quiet-backups.js';
import { quietSteps } from './quiet-steps.js';

const of = (fields: Partial<QuietBackup>): string[] =>
  quietSteps({
    serverId: 'home/1',
    means: 'saving',
    step: 'warn',
    owed: null,
    backup: null,
    trouble: null,
    problem: null,
    ...fields,
  }).map(({ label, state }) => `${state} ${label}`);

it('has the steps of saving, those that were seen first', () => {
  expect(of({ step: 'flush', owed: 'save-on' })).toEqual([
    'done Players told',
    'done Saving off',
    'current World written',
    'to-come Backup made',
    'to-come Saving on',
  ]);
  expect(of({ step: 'create', owed: 'save-on' })).toEqual(of({ step: 'wait', owed: 'save-on' }));
  expect(of({ step: 'back', owed: 'save-on' }).at(-1)).toBe('current Saving on');
});

it('has the steps of a stop, and of a server that continues', () => {
  expect(of({ means: 'stop', step: 'wait', owed: 'start' })).toEqual([
    'done Players told',
    'done Server stopped',
    'current Backup made',
    'to-come Server started',
  ]);
  expect(of({ means: 'as-is', step: 'wait' })).toEqual(['current Backup made']);
});

it('has no steps once Perch gave the sequence up', () => {
  expect(of({ step: 'back', owed: 'save-on', trouble: 'late' })).toEqual([]);
  expect(of({ step: 'stuck', owed: 'start', trouble: 'interrupted' })).toEqual([]);
});
