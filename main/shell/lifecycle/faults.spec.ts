import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { Faults } from './faults.js';

const minuteMs = 60_000;

function setUp() {
  const clock = new FakeClock();
  const log = new FakeLog();
  const [restart, giveUp] = [vi.fn(), vi.fn()];
  const target = new EventEmitter();
  new Faults({ clock, log, restart, giveUp }).listen(target as unknown as NodeJS.Process);
  const fail = (times: number): void => {
    for (let n = 0; n < times; n++) target.emit('uncaughtException', new Error('no such thing'));
  };
  return { clock, log, restart, giveUp, target, fail };
}

describe('Faults', () => {
  it('logs each error and continues', () => {
    const { log, restart, giveUp, target, fail } = setUp();
    fail(1);
    target.emit('unhandledRejection', 'too late');
    expect(log.lines[0]).toContain('Error: no such thing');
    expect(log.lines[1]).toBe('error app.unhandled {"message":"too late"}');
    expect(restart).not.toHaveBeenCalled();
    expect(giveUp).not.toHaveBeenCalled();
  });

  it('continues with occasional errors', async () => {
    const { clock, restart, fail } = setUp();
    await clock.advance(20 * minuteMs);
    fail(20);
    await clock.advance(minuteMs);
    fail(20);
    expect(restart).not.toHaveBeenCalled();
  });

  it('restarts once with continuous errors', async () => {
    const { clock, restart, giveUp, fail } = setUp();
    await clock.advance(10 * minuteMs);
    fail(100);
    expect(restart).toHaveBeenCalledTimes(1);
    expect(giveUp).not.toHaveBeenCalled();
  });

  it('gives up shortly after a restart', async () => {
    const { clock, restart, giveUp, fail } = setUp();
    await clock.advance(10 * minuteMs - 1);
    fail(100);
    expect(giveUp).toHaveBeenCalledTimes(1);
    expect(restart).not.toHaveBeenCalled();
  });
});
