import { expect, it } from 'vitest';
import type { PowerState } from '../../bridge/schema/domain.js';
import { someUsage } from '../../tests/support/warned-rig.js';
import { Processes } from './processes.js';

const minute = 60_000;

function seen() {
  const processes = new Processes();
  let server = { id: 'home/1', power: null as PowerState | null, usage: null as typeof usage | null };
  const usage = { ...someUsage, at: 0, uptimeMs: 0 };
  return {
    /** The server has this state, and figures of this age. */
    at(now: number, power: PowerState | null, uptimeMs?: number) {
      server = {
        ...server,
        power,
        ...(uptimeMs === undefined ? {} : { usage: { ...usage, at: now, uptimeMs } }),
      };
      processes.note(server, now);
      return { startedAt: processes.startedAt(server), ranSince: processes.ranSince(server) };
    },
    signalled: (now: number) => processes.signalled('home/1', now),
  };
}

it('a process has run since its own figures say, otherwise since Perch saw the process', () => {
  const rig = seen();
  expect(rig.at(minute, 'running')).toEqual({ startedAt: null, ranSince: minute });
  expect(rig.at(2 * minute, 'running', 90 * minute)).toEqual({
    startedAt: -88 * minute,
    ranSince: -88 * minute,
  });
});

it('a process that Perch saw start is no older, and figures of the previous process do not count', () => {
  const rig = seen();
  rig.at(0, 'running', 90 * minute);
  expect(rig.at(minute, 'stopping')).toEqual({ startedAt: null, ranSince: null });
  expect(rig.at(2 * minute, 'running')).toEqual({ startedAt: 2 * minute, ranSince: 2 * minute });
  expect(rig.at(3 * minute, 'running', 61_000)).toEqual({
    startedAt: 2 * minute,
    ranSince: 3 * minute - 61_000,
  });
});

it('an unknown state in between may be of the same process', () => {
  const rig = seen();
  rig.at(0, 'running');
  expect(rig.at(minute, null)).toEqual({ startedAt: null, ranSince: null });
  expect(rig.at(2 * minute, 'running')).toEqual({ startedAt: null, ranSince: 0 });
});

it('a process has not run since before a signal of a rule, whatever its figures say', () => {
  const rig = seen();
  rig.at(0, 'running', 90 * minute);
  rig.signalled(minute);
  expect(rig.at(2 * minute, 'running', 92 * minute).ranSince).toBe(minute);
});
