import { expect, it } from 'vitest';
import { aProblem } from '../../tests/support/a-problem.js';
import { anEntry, someActivity } from '../../tests/support/activity-entries.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import '../../tests/support/every-area.js';
import { knownActivity, activityRank } from './known-activity.js';

const list = someActivity('home/1', [anEntry()]);
const server = aServer({ permissions: ['activity.read'] });

it.each([
  ['read', server, anAccount(), list, { list, why: null, isWaiting: false, isRefused: false }],
  ['not read yet', server, anAccount(), null, { list: null, why: null, isWaiting: true, isRefused: false }],
  [
    'of unknown permissions',
    { ...server, permissions: null },
    anAccount(),
    null,
    { list: null, why: null, isWaiting: true, isRefused: false },
  ],
  [
    'forbidden',
    { ...server, permissions: ['control.start'] },
    anAccount(),
    list,
    { list: null, why: expect.stringContaining('activity.read'), isWaiting: false, isRefused: false },
  ],
  [
    'closed',
    { ...server, condition: 'suspended' as const },
    anAccount(),
    list,
    { list, why: expect.stringMatching(/suspended/i), isWaiting: false, isRefused: false },
  ],
  [
    'on no panel that answers',
    server,
    undefined,
    null,
    { list: null, why: 'The panel does not answer.', isWaiting: false, isRefused: false },
  ],
  [
    'refused',
    server,
    anAccount(),
    { ...list, entries: null, problem: aProblem('panel-error') },
    { list: null, why: expect.stringContaining('panel-error'), isWaiting: false, isRefused: true },
  ],
])('a list that is %s', (_what, one, account, latest, expected) => {
  expect(knownActivity(one, account, latest)).toEqual(expected);
});

it('prefers an account that has the list, then an account that will', () => {
  const [known, waiting, none] = [
    knownActivity(server, anAccount(), list),
    knownActivity(server, anAccount(), null),
    knownActivity(server, undefined, null),
  ].map(activityRank);
  expect([known, waiting, none]).toEqual([2, 1, 0]);
});
