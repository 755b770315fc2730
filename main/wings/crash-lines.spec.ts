import { describe, expect, it } from 'vitest';
import type { Crash } from '../../bridge/schema/process-end.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { CrashLines } from './crash-lines.js';

const undetected = 'Aborting automatic restart, crash detection is disabled for this instance.';
const header = '---------- Detected server process in a crashed state! ----------';

function aCollector(): { clock: FakeClock; crashes: CrashLines; reported: Crash[] } {
  const clock = new FakeClock();
  const reported: Crash[] = [];
  return { clock, reported, crashes: new CrashLines(clock, (crash) => reported.push(crash)) };
}

describe('CrashLines', () => {
  it('reports at once when all facts are known', () => {
    const { crashes, reported } = aCollector();
    for (const line of [header, 'Exit code: 1', 'Out of memory: false']) crashes.line(line);
    expect(reported).toEqual([{ exitCode: 1, outOfMemory: false }]);
  });

  it('reports the known lines if other lines are lost', async () => {
    const { crashes, reported, clock } = aCollector();
    crashes.line(header);
    await clock.advance(1000);
    crashes.line('Exit code: 2');
    await clock.advance(1000);
    crashes.line('Out of memory: true');
    await clock.advance(1000);
    expect(reported).toEqual([
      { exitCode: null, outOfMemory: false },
      { exitCode: 2, outOfMemory: false },
    ]);
  });

  it('distinguishes two crashes in a row', () => {
    const { crashes, reported } = aCollector();
    for (let count = 0; count < 2; count++) {
      for (const line of [header, 'Exit code: 1', 'Out of memory: false']) crashes.line(line);
    }
    expect(reported).toHaveLength(2);
  });

  it('believes an exit with code 0 if a start follows, or no line', async () => {
    for (const next of ['starting', null] as const) {
      const { crashes, reported, clock } = aCollector();
      for (const line of [header, 'Exit code: 0', 'Out of memory: false']) crashes.line(line);
      expect(reported).toEqual([]);
      if (next !== null) crashes.power(next);
      else await clock.advance(500);
      expect(reported).toEqual([{ exitCode: 0, outOfMemory: false }]);
      crashes.power('running');
      await clock.advance(5000);
      expect(reported).toHaveLength(1);
    }
  });

  it('does not believe it if the server simply runs on', async () => {
    const { crashes, reported, clock } = aCollector();
    crashes.line(header);
    crashes.power('running');
    for (const line of ['Exit code: 0', 'Out of memory: false']) crashes.line(line);
    await clock.advance(5000);
    expect(reported).toEqual([]);
  });

  it('reports a crash with disabled crash detection, once', async () => {
    const { crashes, reported, clock } = aCollector();
    crashes.line(undetected);
    await clock.advance(1000);
    const first = { exitCode: null, outOfMemory: false, isGivenUp: true };
    expect(reported).toEqual([first]);
    for (const line of [header, 'Exit code: 1', 'Out of memory: false', undetected]) crashes.line(line);
    await clock.advance(5000);
    const second = { exitCode: 1, outOfMemory: false };
    expect(reported).toEqual([first, second, { ...second, isGivenUp: true }]);
    crashes.line(undetected);
    crashes.power('running');
    await clock.advance(5000);
    expect(reported).toHaveLength(3);
  });

  it.each([
    'Aborting automatic restart, last crash occurred less than 60 seconds ago.',
    'Server crash was detected but an error occurred while handling it.',
  ])('reports that the node has given up: %s', async (line) => {
    const { crashes, reported, clock } = aCollector();
    for (const one of [header, 'Exit code: 137', 'Out of memory: true', line, line]) crashes.line(one);
    const crash = { exitCode: 137, outOfMemory: true };
    expect(reported).toEqual([crash, { ...crash, isGivenUp: true }]);
    for (const one of [header, line, 'Exit code: 0', 'Out of memory: false']) crashes.line(one);
    await clock.advance(500);
    expect(reported.at(-1)).toEqual({ exitCode: 0, outOfMemory: false, isGivenUp: true });
    await clock.advance(5000);
    crashes.line(line);
    await clock.advance(5000);
    expect(reported).toHaveLength(3);
  });

  it('reports before a following start if crash detection is disabled', () => {
    const { crashes, reported } = aCollector();
    crashes.line(undetected);
    crashes.power('starting');
    expect(reported).toEqual([{ exitCode: null, outOfMemory: false, isGivenUp: true }]);
  });

  it('leaves no timer behind', () => {
    const { crashes, reported, clock } = aCollector();
    crashes.line(header);
    crashes.discard();
    expect(clock.pending).toBe(0);
    crashes.line(header);
    crashes.flush();
    expect(clock.pending).toBe(0);
    expect(reported).toHaveLength(1);
  });
});
