import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { calendarIn } from '../../bridge/backups/calendar.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { DriverRig, emptyDisk } from '../../tests/support/driver-rig.js';
import { refused } from '../../tests/support/refused.js';
import { aMoment, aRule } from '../../tests/support/rule-examples.js';
import { ruleCalls } from './calls.js';

const live = { power: 'running', link: { kind: 'live' } } as const;
const rule = aRule({ trigger: { kind: 'by-hand' }, steps: [{ kind: 'notify', text: 'x' }] });

/** `meanwhile` = a change while Perch reads the servers before the run. */
async function withCalls(meanwhile: (rig: DriverRig) => Promise<unknown> = () => Promise.resolve()) {
  const rig = new DriverRig(emptyDisk(rule), undefined, [live]);
  await rig.start();
  const calls = ruleCalls({
    store: rig.store,
    settings: { current: { groups: [] } },
    book: rig.book,
    driver: rig.driver,
    traces: { put: () => Promise.resolve(), page: () => Promise.resolve({ records: [], isEnd: true }) },
    moment: () => ({ ...aMoment(), wall: rig.clock.wall(), calendar: calendarIn('Europe/Berlin') }),
    refresh: async () => void (await meanwhile(rig)),
    newId: () => 'press',
  });
  return { rig, calls };
}

describe('a run by hand', () => {
  it.each<[string, string, (book: DriverRig['book'], rule: Rule) => Promise<unknown>]>([
    [
      'changed and agreed to',
      'conflict',
      (book, old) =>
        book.save({
          rule: { ...old, steps: [{ kind: 'power', on: null, signal: 'stop' }] },
          replaces: old,
          isAgreed: true,
        }),
    ],
    ['switched off', 'invalid', (book, old) => book.setOn(old.id, false)],
    ['removed', 'not-found', (book, old) => book.remove(old.id)],
  ])('does not begin if the rule is %s while its servers are read', async (_what, code, change) => {
    const { rig, calls } = await withCalls(({ book }) => change(book, rule));
    const asked = calls['rules.run']({ id: rule.id, serverIds: null, isDry: false });
    expect((await refused(asked)).code).toBe(code);
    await rig.clock.advance(1000);
    expect(rig.sent).toEqual([]);
  });
});

it('no call of rules changes the rule of a setting', async () => {
  const { calls } = await withCalls();
  const id = 'backup-plan:home/1';
  expect(() => calls['rules.forgetMissed']({ id })).toThrow(PerchError);
  expect((await refused(calls['rules.setOn']({ id, isOn: false }))).code).toBe('invalid');
  expect((await refused(calls['rules.remove']({ id }))).code).toBe('invalid');
  expect((await refused(calls['rules.run']({ id, serverIds: null, isDry: false }))).code).toBe('invalid');
});
