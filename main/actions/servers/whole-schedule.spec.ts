/** Writing a schedule with its tasks: the calls, lost answers, failures half way, and what somebody else did meanwhile. */
import { describe, expect, it } from 'vitest';
import { PerchError, type Problem } from '../../../bridge/errors.js';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';
import { fieldsOf, taskFieldsOf } from '../../../bridge/schedules/fields.js';
import type { Schedule, TaskFields } from '../../../bridge/schema/schedules.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aServerActionsRig } from '../../../tests/support/server-actions-rig.js';
import { aSchedule, aTask } from '../../../tests/support/some-schedules.js';
import type { PanelServer } from '../../panel/wire/server.js';

const serverId = 'home/u1';
const lost = aProblem('timeout', { maybeDone: true });
const say = (text: string, offsetSeconds = 0): TaskFields => ({
  ...taskFieldsOf(aTask({ action: 'command', payload: `say ${text}` })),
  offsetSeconds,
});
const restart = taskFieldsOf(aTask({ offsetSeconds: 60 }));

/** A schedule of these tasks, with numbers from 11. */
const of = (tasks: readonly TaskFields[], fields: Partial<Schedule> = {}): Schedule =>
  aSchedule({ ...fields, tasks: tasks.map((task, at) => aTask({ ...task, id: at + 11, place: at + 1 })) });

async function rig(planned: readonly Schedule[], patch: ServerPatch = {}, listed: Partial<PanelServer> = {}) {
  const { actions, panel } = await aServerActionsRig(patch, listed);
  panel.planned = [...planned];
  const fields = fieldsOf(aSchedule());
  return {
    panel,
    sent: () =>
      panel.asked.filter((asked) => !/^schedules? /.test(asked)).map((asked) => asked.replace(' u1', '')),
    creates: (tasks: readonly TaskFields[]) =>
      actions['schedules.saveWhole']({ serverId, schedule: null, fields, tasks, replaces: null }),
    changes: (tasks: readonly TaskFields[], seen: Schedule | undefined, more: Partial<Schedule> = {}) =>
      actions['schedules.saveWhole']({
        serverId,
        schedule: 1,
        fields: { ...fields, ...more },
        tasks,
        replaces: { fields: fieldsOf(seen ?? aSchedule()), tasks: seen?.tasks ?? [] },
      }),
    /** The call does its work, and its answer is lost or another problem comes before it works; once. */
    breaks: (
      name: 'addTask' | 'changeTask' | 'deleteTask' | 'changeSchedule',
      problem: Problem,
      works: boolean,
    ) => {
      const call = panel[name] as (...input: unknown[]) => Promise<unknown>;
      Object.assign(panel, {
        [name]: async (...input: unknown[]) => {
          Object.assign(panel, { [name]: call });
          if (works) await call(...input);
          throw new PerchError(problem);
        },
      });
    },
    has: () => panel.planned.map((one) => [one.isActive, one.tasks.map(({ payload }) => payload).join()]),
  };
}

describe('a new schedule', () => {
  it('is off until its tasks are whole', async () => {
    const { creates, sent, has } = await rig([]);
    const { schedule, problem } = await creates([say('hi'), restart]);
    expect(problem).toBeNull();
    expect(schedule).toMatchObject({ isActive: true, tasks: [say('hi'), restart] });
    expect(sent()).toEqual(['createSchedule Nightly', 'addTask 1', 'addTask 1', 'changeSchedule 1']);
    expect(has()).toEqual([[true, 'say hi,restart']]);
  });

  it('with a refused task stays off, is returned as it stands, and a second call finishes it', async () => {
    const { creates, breaks, changes, has, panel } = await rig([]);
    breaks('addTask', aProblem('rate-limited'), false);
    const half = await creates([say('hi'), restart]);
    expect(half).toMatchObject({
      schedule: { isActive: false, tasks: [] },
      problem: { code: 'rate-limited' },
    });
    panel.asked.length = 0;
    expect((await changes([say('hi'), restart], half.schedule ?? undefined)).problem).toBeNull();
    expect(has()).toEqual([[true, 'say hi,restart']]);
  });

  it.each([
    [['schedule.create'], 'schedule.update'],
    [['schedule.update'], 'schedule.create'],
  ])('with only the permission %j sends no request, and names %s', async (permissions, permission) => {
    const { creates, panel } = await rig([], { permissions });
    await expect(creates([restart])).rejects.toMatchObject({ problem: { code: 'forbidden', permission } });
    expect(panel.asked).toEqual([]);
  });
});

describe('a change', () => {
  it('of words alone sends only those, and leaves the schedule on', async () => {
    const before = of([say('a'), say('b'), restart]);
    const { changes, sent, has } = await rig([before]);
    await changes([say('x'), say('y'), restart], before);
    expect(sent()).toEqual(['changeTask 1 11', 'changeTask 1 12']);
    expect(has()).toEqual([[true, 'say x,say y,restart']]);
  });

  it('of one field is one call', async () => {
    const before = of([say('a'), restart]);
    const { changes, sent, panel } = await rig([before]);
    await changes([say('a'), restart], before, { name: 'Weekly' });
    await changes([restart], panel.planned[0], { name: 'Weekly' });
    expect(sent()).toEqual(['changeSchedule 1', 'deleteTask 1 11']);
  });

  it('of more happens while the schedule is off', async () => {
    const before = of([say('a'), say('b'), restart]);
    const { changes, sent, has } = await rig([before]);
    await changes([say('a'), { ...restart, offsetSeconds: 300 }, say('z')], before, { name: 'Weekly' });
    expect(sent()).toEqual(['changeSchedule 1', 'changeTask 1 12', 'changeTask 1 13', 'changeSchedule 1']);
    expect(has()).toEqual([[true, 'say a,restart,say z']]);
  });

  it('that the panel already has sends no request', async () => {
    const { changes, sent } = await rig([of([say('a'), restart])]);
    expect((await changes([say('a'), restart], of([]))).problem).toBeNull();
    expect(sent()).toEqual([]);
  });

  it.each<[string, Schedule, string]>([
    ['another schedule than the person saw', of([say('else'), restart]), 'actions.schedule-changed'],
    ['a run', of([say('a'), restart], { isProcessing: true }), 'actions.schedule-runs'],
  ])('is refused at %s', async (_, present, id) => {
    const { changes, sent } = await rig([present]);
    await expect(changes([restart], of([say('a'), restart]))).rejects.toMatchObject({
      problem: { code: 'conflict', message: { id } },
    });
    expect(sent()).toEqual([]);
  });
});

describe('on Pelican without schedule.delete', () => {
  const before = of([say('a'), restart]);
  const permissions = ['schedule.read', 'schedule.update'];
  const naming = { nameMax: 255, descriptionMax: null, description: 'apart' } as const;
  const onPelican = () => rig([before], { permissions }, { naming });

  it('a change that deletes a task is refused before the first write', async () => {
    const { changes, sent, has } = await onPelican();
    await expect(changes([restart], before, { name: 'Weekly' })).rejects.toMatchObject({
      problem: { code: 'forbidden', permission: 'schedule.delete' },
    });
    expect(sent()).toEqual([]);
    expect(has()).toEqual([[true, 'say a,restart']]);
  });

  it('a change that deletes no task is written', async () => {
    const { changes, has } = await onPelican();
    expect((await changes([say('x'), restart], before)).problem).toBeNull();
    expect(has()).toEqual([[true, 'say x,restart']]);
  });
});

describe('a lost answer', () => {
  const before = of([say('a'), say('b'), say('c'), restart]);
  const wanted = [say('b'), say('x', 30), restart];

  it.each(['addTask', 'changeTask', 'deleteTask', 'changeSchedule'] as const)(
    'of %s is looked up: no change happens twice',
    async (name) => {
      const { changes, breaks, has, sent } = await rig([before]);
      breaks(name, lost, true);
      const more = name === 'addTask' ? [...wanted, say('d'), say('e')] : wanted;
      const { problem } = await changes(more, before);
      expect(problem).toBeNull();
      expect(has()).toEqual([[true, more.map(({ payload }) => payload).join()]]);
      expect(sent().filter((call) => call.startsWith(name)).length).toBeLessThanOrEqual(2);
    },
  );

  it.each(['changeTask', 'deleteTask', 'changeSchedule'] as const)(
    'of %s that the panel did not carry out ends half way with the schedule of the panel',
    async (name) => {
      const { changes, breaks, panel } = await rig([before]);
      breaks(name, lost, false);
      const { schedule, problem } = await changes(wanted, before);
      expect(problem).toMatchObject({ maybeDone: true });
      expect(schedule).toEqual(panel.planned[0]);
    },
  );

  it('behind which somebody else changed the schedule is reported', async () => {
    const { changes, panel } = await rig([before]);
    const remove = panel.deleteTask;
    panel.deleteTask = async (...input) => {
      await remove(...input);
      panel.planned = panel.planned.map((one) => ({ ...one, name: 'Mine' }));
      throw new PerchError(lost);
    };
    const { schedule, problem } = await changes(wanted, before);
    expect([schedule?.name, schedule?.isActive, problem?.code]).toEqual(['Mine', false, 'timeout']);
  });
});
