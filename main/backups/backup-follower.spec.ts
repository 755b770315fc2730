import { expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import type { Backup } from '../../bridge/schema/backups.js';
import { aBackup, aRunningBackup } from '../../tests/support/fake-backups.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { BackupFollower } from './backup-follower.js';

const minute = 60_000;
const hour = 60 * minute;

function aFollower() {
  const clock = new FakeClock();
  const begin = clock.now();
  const asked: number[] = [];
  const ends: [string, Backup['state'] | 'deleted'][] = [];
  const panel = {
    answer: (id: string): Backup => aRunningBackup(id),
    isLive: false,
    rest: null as number | null,
  };
  const follower = new BackupFollower({
    clock,
    read: async (id) => {
      asked.push((clock.now() - begin) / 1000);
      return panel.answer(id);
    },
    isLive: () => panel.isLive,
    restUntil: () => panel.rest,
    ended: (id, backup) => void ends.push([id, backup?.state ?? 'deleted']),
  });
  return { clock, asked, ends, panel, follower };
}

it('asks the panel after growing pauses until the backup has ended', async () => {
  const { clock, asked, ends, panel, follower } = aFollower();
  follower.follow('b1');
  await clock.advance(80_000);
  expect(asked).toEqual([5, 15, 35, 75]);
  panel.answer = (id) => aBackup(id);
  await clock.advance(80_000);
  expect(ends).toEqual([['b1', 'good']]);
  expect(follower.isFollowing).toBe(false);
  expect(clock.pending).toBe(0);
});

it('asks every five minutes while the node reports ends over a socket, which may be lost', async () => {
  const { clock, asked, panel, follower } = aFollower();
  panel.isLive = true;
  follower.follow('b1');
  await clock.advance(11 * minute);
  expect(asked).toEqual([300, 600]);
});

it('waits while the account has used up its calls', async () => {
  const { clock, asked, panel, follower } = aFollower();
  panel.rest = clock.now() + 40_000;
  follower.follow('b1');
  await clock.advance(39_000);
  expect(asked).toEqual([]);
  await clock.advance(1000);
  expect(asked).toEqual([40]);
});

it('takes a backup that the panel no longer has for deleted, and no other refusal for an end', async () => {
  const { clock, ends, panel, follower } = aFollower();
  const refuse = (code: 'not-found' | 'panel-unreachable') => () => {
    throw new PerchError(aProblem(code));
  };
  panel.answer = refuse('panel-unreachable');
  follower.follow('b1');
  await clock.advance(minute);
  expect(ends).toEqual([]);
  panel.answer = refuse('not-found');
  await clock.advance(2 * minute);
  expect(ends).toEqual([['b1', 'deleted']]);
});

it('gives up after six hours, and does not ask for a backup that it left', async () => {
  const { clock, asked, ends, follower } = aFollower();
  follower.follow('b1');
  await clock.advance(6 * hour + 6 * minute);
  expect(follower.isFollowing).toBe(false);
  // Under 90 requests in six hours.
  expect(asked.length).toBeLessThan(90);
  expect(ends).toEqual([]);
  const before = asked.length;
  follower.follow('b2');
  follower.leave('b2');
  expect(clock.pending).toBe(0);
  await clock.advance(hour);
  expect(asked).toHaveLength(before);
});

it('reports an end once, also if the node reported it during the request', async () => {
  const { clock, ends, panel, follower } = aFollower();
  panel.answer = (id) => {
    follower.leave(id);
    return aBackup(id);
  };
  follower.follow('b1');
  await clock.advance(minute);
  expect(ends).toEqual([]);
});
