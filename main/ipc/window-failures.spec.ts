import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { WindowFailures } from './window-failures.js';

const failure = {
  kind: 'error',
  view: 'fleet',
  message: 'TypeError: no such row',
  stack: 'at row.ts:1',
} as const;

function setUp() {
  const clock = new FakeClock();
  const log = new FakeLog();
  const failures = new WindowFailures({ clock, log });
  const report = (times: number): void => {
    for (let n = 0; n < times; n++) failures.report(failure);
  };
  return { clock, log, report };
}

describe('WindowFailures', () => {
  it('writes the failure with its place and reason', () => {
    const { log, report } = setUp();
    report(1);
    expect(log.lines).toEqual([`error window.failed ${JSON.stringify(failure)}`]);
  });

  it('writes six lines a minute, and the number of dropped ones with the next', async () => {
    const { clock, log, report } = setUp();
    report(10);
    expect(log.lines).toHaveLength(6);
    await clock.advance(59_999);
    report(1);
    expect(log.lines).toHaveLength(6);
    await clock.advance(1);
    report(2);
    expect(log.lines[6]).toContain('"leftOut":5');
    expect(log.lines[7]).not.toContain('leftOut');
  });
});
