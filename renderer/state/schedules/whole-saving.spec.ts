import { beforeEach, expect, it } from 'vitest';
import { fieldsOf, taskFieldsOf } from '../../../bridge/schedules/fields.js';
import type { Schedule } from '../../../bridge/schema/schedules.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { aSchedule, aTask } from '../../../tests/support/some-schedules.js';
import { PerchClient } from '../../api.js';
import { WholeSaving } from './whole-saving.svelte.js';

const first = aSchedule();
const wanted = { fields: { ...fieldsOf(first), name: 'New' }, tasks: [] };
const half = aSchedule({ name: 'New', isActive: false, tasks: [aTask(), aTask({ id: 2, place: 2 })] });
let bridge: FakeBridge;

const sent = (): { schedule: number | null; fields: Schedule; replaces: { fields: Schedule } | null }[] =>
  bridge.calls
    .filter(({ name }) => name === 'schedules.saveWhole')
    .map(({ input }) => input as ReturnType<typeof sent>[number]);
const saving = (of: Schedule | null): WholeSaving => new WholeSaving(new PerchClient(bridge), 'home/u1', of);
const answers = (schedule: Schedule | null, isWhole: boolean): void =>
  bridge.answer('schedules.saveWhole', { id: 1, schedule, problem: isWhole ? null : aProblem('timeout') });

beforeEach(() => {
  bridge = new FakeBridge();
});

it('takes a half of a change back by writing the schedule as it was', async () => {
  const writing = saving(first);
  answers(half, false);
  expect(await writing.save(wanted)).toBeNull();
  expect(writing.half).toMatchObject({ id: 1, schedule: half });
  answers(first, true);
  await writing.takeBack();
  expect(sent()[1]).toMatchObject({
    schedule: 1,
    fields: fieldsOf(first),
    tasks: first.tasks.map(taskFieldsOf),
    replaces: { fields: fieldsOf(half) },
  });
  expect([writing.half, writing.isTakenBack]).toEqual([null, true]);
});

it('reads first if the panel did not return the schedule, and says so if the panel still does not', async () => {
  const writing = saving(null);
  answers(null, false);
  await writing.save(wanted);
  bridge.refuse('schedules.view', aProblem('timeout'));
  expect(await writing.save(wanted)).toBeNull();
  expect(writing.saving.problem?.code).toBe('timeout');
  expect(sent()).toHaveLength(1);
  bridge.answer('schedules.view', half);
  answers(first, true);
  expect(await writing.save(wanted)).toEqual(first);
  expect(sent()[1]?.replaces?.fields.name).toBe('New');
});

it('keeps the half if taking it back fails', async () => {
  const writing = saving(null);
  answers(half, false);
  await writing.save(wanted);
  bridge.refuse('schedules.remove', aProblem('forbidden'));
  await writing.takeBack();
  expect([writing.half?.id, writing.isTakenBack, writing.saving.problem?.code]).toEqual([
    1,
    false,
    'forbidden',
  ]);
});

it('resolves with the number of a schedule that the panel did not show again', async () => {
  answers(null, true);
  expect(await saving(null).save(wanted)).toBe(1);
});

it('knows when the panel may have changed', async () => {
  const writing = saving(null);
  bridge.refuse('schedules.saveWhole', aProblem('forbidden'));
  await writing.save(wanted);
  expect(writing.isTouched).toBe(false);
  bridge.refuse('schedules.saveWhole', aProblem('timeout', { maybeDone: true }));
  await writing.save(wanted);
  expect(writing.isTouched).toBe(true);
});
