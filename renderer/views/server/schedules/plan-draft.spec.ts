import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlannedRestart } from '../../../../bridge/schedules/planned-restart.js';
import {
  clockText,
  draftOfPlan,
  newDraft,
  onClock,
  planOfDraft,
  withWarnings,
  type PlanDraft,
} from './plan-draft.js';

const command = 'say {text}';
const first = newDraft({ message: null, command });
const read = (fields: Partial<PlanDraft>, game: 'minecraft' | 'source' | null = 'minecraft') =>
  planOfDraft({ ...first, ...fields }, { game, mostOfName: 191, ahead: 60 });
const planOf = (fields: Partial<PlanDraft>): PlannedRestart => {
  const found = read(fields);
  if ('fault' in found) throw new Error(JSON.stringify(found.fault));
  return found.plan;
};

it('offers a restart every night with three warnings', () => {
  expect(planOf({})).toEqual({
    name: 'Planned restart',
    isActive: true,
    onlyWhenOnline: true,
    minute: 240,
    days: [0, 1, 2, 3, 4, 5, 6],
    warnings: [600, 300, 60],
    line: 'say The server restarts in {time}.',
    act: { kind: 'restart' },
  });
});

describe('typed text', () => {
  it.each([
    ['10, 5, 1', [600, 300, 60]],
    [' 1,10 min;30s, 10 ', [600, 60, 30]],
    ['', []],
    [',', []],
  ])('warnings %j are %j', (warnings, seconds) => {
    expect(planOf({ warnings }).warnings).toEqual(seconds);
  });

  it.each([
    ['4:05', 245],
    ['23.59', 1439],
  ])('%j is a time', (time, minute) => {
    expect(planOf({ time }).minute).toBe(minute);
  });

  it.each<[Partial<PlanDraft>, string]>([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(192) }, 'name'],
    [{ time: '24:00' }, 'time'],
    [{ time: '4' }, 'time'],
    [{ days: [] }, 'days'],
    [{ warnings: 'soon' }, 'warnings'],
    [{ warnings: '0' }, 'warnings'],
    [{ warnings: '1.5' }, 'warnings'],
    [{ warnings: '60, 10' }, 'warnings'],
    [{ warnings: '10,9,8,7,6,5,4,3,2,1' }, 'warnings'],
    [{ message: ' ' }, 'message'],
    [{ message: 'Soon' }, 'message'],
    [{ message: `{time} ${'x'.repeat(4000)}` }, 'message'],
    [{ command: 'say' }, 'command'],
    [{ act: 'back-up', afterStop: '901' }, 'waits'],
    [{ act: 'back-up', afterBackup: '' }, 'waits'],
  ])('%j is wrong', (fields, field) => {
    const found = read(fields);
    expect('fault' in found ? found.fault.field : 'none').toBe(field);
  });

  it('does not need a message without warnings', () => {
    expect(planOf({ warnings: '', message: '', command: '' }).line).toBe('');
  });

  it('names the warnings that fill a gap', () => {
    const found = read({ warnings: '60, 10' });
    const add = 'fault' in found ? (found.fault.add ?? []) : [];
    expect(withWarnings('60, 10', add)).toBe('60, 45, 30, 15, 10');
    expect(planOf({ warnings: '60, 45, 30, 15, 10' }).warnings).toHaveLength(5);
  });

  it('cannot add a second command', () => {
    const found = read({ message: 'Bye; quit {time}\nquit' }, 'source');
    expect('plan' in found ? found.plan.line : '').toBe('say Bye, quit {time} quit');
  });
});

describe('a plan of the panel', () => {
  it.each([
    ['say Down in {time}', 'say {text}', 'Down in {time}'],
    ['servermsg "In {time}"', 'servermsg {text}', '"In {time}"'],
    ['{time}', '{text}', '{time}'],
  ])('with the command %j has command and message of its own', (line, own, message) => {
    const draft = draftOfPlan({ ...planOf({}), line }, command, null);
    // A text between quotes is changed by an own command, so the whole line is the message then.
    expect([draft.command, draft.message]).toEqual(line.includes('"') ? ['{text}', line] : [own, message]);
  });

  it('comes back unchanged', () => {
    const acts = fc.constantFrom<Partial<PlanDraft>>(
      { act: 'restart' },
      { act: 'stop', warnings: '90 s, 10 s' },
      { act: 'back-up', afterStop: '0', afterBackup: '900', leaveOut: 'a\nb' },
      { warnings: '', onlyWhenOnline: false, isActive: false, days: [2, 4] },
      { message: 'In {time}: "bye"' },
    );
    fc.assert(
      fc.property(acts, fc.integer({ min: 0, max: 1439 }), (fields, minute) => {
        const plan = { ...planOf(fields), minute };
        const again = planOfDraft(draftOfPlan(plan, command, 'minecraft'), {
          game: 'minecraft',
          mostOfName: 191,
          ahead: 60,
        });
        expect(again).toEqual({ plan });
      }),
    );
  });
});

describe('the clock of this computer, an hour ahead of the panel’s', () => {
  it.each<[time: string, minute: number, days: number[]]>([
    ['04:00', 180, [1, 6]],
    // On the panel's clock that is still the evening before.
    ['00:30', 1410, [0, 5]],
  ])('%s here is the minute %i there', (time, minute, days) => {
    expect(planOf({ clock: 'here', time, days: [1, 6] })).toMatchObject({ minute, days });
  });

  it('shows the same moment on the other clock', () => {
    const there = { ...first, time: '23:30', days: [6] };
    const here = onClock(there, 'here', 60);
    expect(here).toMatchObject({ clock: 'here', time: '00:30', days: [0] });
    expect(onClock(here, 'panel', 60)).toEqual(there);
    expect(planOf(here)).toEqual(planOf(there));
  });

  it('leaves a time alone that nobody can read', () => {
    const typed = { ...first, time: 'late' };
    expect(onClock(typed, 'here', 60)).toEqual({ ...typed, clock: 'here' });
  });
});

it.each([
  [0, '00:00'],
  [-60, '23:59'],
  [86_400 + 90, '00:01:30'],
])('%d s after midnight the clock shows %s', (seconds, text) => {
  expect(clockText(seconds)).toBe(text);
});
