import { describe, expect, it } from 'vitest';
import { newProblem } from '../../bridge/errors.js';
import type { TransferRecord } from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import {
  afterEvent,
  beyond,
  nextAttemptAt,
  nextToBegin,
  recordsOf,
  restoredQueue,
  sameTransfer,
  type QueueEvent,
} from './transfer-queue.js';
import type { QueuedTransfer } from './transfer-kinds.js';

const lanes = { ofPanel: 2, ofNode: 1 };
const problem = newProblem('internal', sentence('transfers.full', { folder: '/x' }));

function aQueued(fields: Partial<QueuedTransfer> = {}): QueuedTransfer {
  return {
    id: 'a',
    source: { kind: 'backup', serverId: 'home/1', backup: 'b' },
    label: 'Nightly',
    panel: 'home',
    node: 'home/1',
    folder: '/x',
    file: 'a.tar.gz',
    ifTaken: 'number',
    size: 10,
    sha1: null,
    addedAt: 0,
    stage: 'waiting',
    placed: null,
    mismatches: 0,
    problem: null,
    retryAt: null,
    ...fields,
  };
}

const after = (one: Partial<QueuedTransfer>, event: QueueEvent): QueuedTransfer | undefined =>
  afterEvent([aQueued(one)], event)[0];

describe('an event', () => {
  const stages: TransferRecord['stage'][] = [
    'waiting',
    'running',
    'placing',
    'paused',
    'failed',
    'done',
    'cancelled',
  ];
  it.each<[QueueEvent, Partial<Record<TransferRecord['stage'], TransferRecord['stage']>>]>([
    [{ kind: 'began', id: 'a' }, { waiting: 'running' }],
    [
      { kind: 'whole', id: 'a', file: 'f', size: 1 },
      { waiting: 'placing', running: 'placing', paused: 'placing' },
    ],
    [{ kind: 'placed', id: 'a' }, { placing: 'done' }],
    [{ kind: 'lost', id: 'a' }, { placing: 'waiting' }],
    [
      { kind: 'broke', id: 'a', failure: { problem, retry: 'soon' }, retryAt: 9 },
      { running: 'waiting', placing: 'failed' },
    ],
    [
      { kind: 'broke', id: 'a', failure: { problem, retry: 'person' }, retryAt: 9 },
      { running: 'failed', placing: 'failed' },
    ],
    [
      { kind: 'paused', id: 'a' },
      { waiting: 'paused', running: 'paused' },
    ],
    [{ kind: 'resumed', id: 'a' }, { paused: 'waiting' }],
    [{ kind: 'retried', id: 'a' }, { failed: 'waiting' }],
    [
      { kind: 'cancelled', id: 'a' },
      {
        waiting: 'cancelled',
        running: 'cancelled',
        paused: 'cancelled',
        failed: 'cancelled',
        done: 'cancelled',
      },
    ],
    [{ kind: 'began', id: 'another' }, {}],
  ])('%o changes only the stages that it fits', (event, changes) => {
    for (const stage of stages)
      expect([stage, after({ stage }, event)?.stage]).toEqual([stage, changes[stage] ?? stage]);
  });

  it('a removed account cancels its transfers, and no others', () => {
    const queue = [aQueued(), aQueued({ id: 'b', panel: 'work' }), aQueued({ id: 'c', stage: 'placing' })];
    expect(afterEvent(queue, { kind: 'account-gone', accountId: 'home' }).map(({ stage }) => stage)).toEqual([
      'cancelled',
      'waiting',
      'placing',
    ]);
  });

  it('a whole file that did not get its name is not downloaded again', () => {
    expect(after({ stage: 'failed', placed: 'f' }, { kind: 'retried', id: 'a' })?.stage).toBe('placing');
  });

  it('a wrong content counts up to three, and a whole one begins the count again', () => {
    const broke = { kind: 'broke', id: 'a', failure: { problem, retry: 'mismatch' }, retryAt: 9 } as const;
    expect(after({ stage: 'running', mismatches: 1 }, broke)).toMatchObject({
      stage: 'waiting',
      mismatches: 2,
    });
    expect(after({ stage: 'running', mismatches: 2 }, broke)).toMatchObject({
      stage: 'failed',
      retryAt: null,
    });
    const whole = { kind: 'whole', id: 'a', file: 'f', size: 7 } as const;
    expect(after({ stage: 'running', mismatches: 2 }, whole)).toMatchObject({
      mismatches: 0,
      size: 7,
      placed: 'f',
    });
  });
});

describe('the choice of the next transfers', () => {
  it('is the oldest of each node and at most two of a panel', () => {
    const queue = [
      aQueued({ id: '1' }),
      aQueued({ id: '2' }),
      aQueued({ id: '3', node: 'home/2' }),
      aQueued({ id: '4', node: 'home/3' }),
      aQueued({ id: '5', panel: 'work', node: 'work/1' }),
    ];
    expect(nextToBegin(queue, lanes, 0)).toEqual(['1', '3', '5']);
  });

  it('waits for running transfers, and not for paused ones', () => {
    expect(nextToBegin([aQueued({ stage: 'running' }), aQueued({ id: 'b' })], lanes, 0)).toEqual([]);
    expect(nextToBegin([aQueued({ stage: 'placing' }), aQueued({ id: 'b' })], lanes, 0)).toEqual([]);
    expect(nextToBegin([aQueued({ stage: 'paused' }), aQueued({ id: 'b' })], lanes, 0)).toEqual(['b']);
  });

  it('waits for the time of its next attempt', () => {
    const queue = [aQueued({ retryAt: 50 }), aQueued({ id: 'b', retryAt: 90 })];
    expect(nextAttemptAt(queue, 10)).toBe(50);
    expect(nextToBegin(queue, lanes, 49)).toEqual([]);
    expect(nextToBegin(queue, lanes, 50)).toEqual(['a']);
    expect(nextAttemptAt([aQueued()], 10)).toBeNull();
  });
});

describe('the queue of the next run', () => {
  it('restarts running transfers, keeps those that wait for a person, and drops finished ones', () => {
    const records = recordsOf(
      (['running', 'placing', 'paused', 'failed', 'done', 'cancelled'] as const).map((stage) =>
        aQueued({ id: stage, stage }),
      ),
    );
    expect(restoredQueue(records, ['home']).map(({ id, stage }) => `${id} ${stage}`)).toEqual([
      'running waiting',
      'placing placing',
      'paused paused',
      'failed failed',
      'cancelled cancelled',
    ]);
    expect(restoredQueue(records, []).map(({ stage }) => stage)).toEqual([
      'cancelled',
      'placing',
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
  });
});

it('an unfinished transfer of the same backup into the same folder is the same', () => {
  const wanted = aQueued({ id: 'new' });
  expect(sameTransfer([aQueued({ stage: 'paused' })], wanted)?.id).toBe('a');
  for (const other of [
    { stage: 'done' },
    { stage: 'failed' },
    { stage: 'cancelled' },
    { folder: '/y' },
  ] as const) {
    expect(sameTransfer([aQueued(other)], wanted)).toBeUndefined();
  }
});

it('an upload of another file of this computer to the same path is another one', () => {
  const source = { kind: 'upload', serverId: 'home/1', path: '/plugins/a.jar' } as const;
  const one = aQueued({ source, file: 'a.jar', ifTaken: 'refuse' });
  expect(sameTransfer([one], one)?.id).toBe('a');
  expect(sameTransfer([one], { ...one, file: 'a-2.jar' })).toBeUndefined();
  expect(sameTransfer([one], { ...one, ifTaken: 'replace' })).toBeUndefined();
});

it('the oldest of those that are done leave the list', () => {
  const queue = ['1', '2', '3'].map((id) => aQueued({ id, stage: 'done' }));
  expect(beyond([...queue, aQueued({ id: '4', stage: 'failed' })], 2)).toEqual(['1']);
  expect(beyond(queue, 3)).toEqual([]);
});
