import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { hasTrayHost, waitForTrayHost } from './host-check.js';

/** A desktop that has only some of the programs. */
function desktop(answers: Record<string, string>) {
  return vi.fn((program: string) => Promise.resolve(answers[program] ?? null));
}

describe('hasTrayHost', () => {
  it.each([
    [{ 'dbus-send': '   boolean true\n' }, true],
    [{ 'dbus-send': '   boolean false\n', gdbus: '(true,)\n' }, false],
    [{ gdbus: '(true,)\n' }, true],
    [{ busctl: 'b true\n' }, true],
    [{ busctl: 'b false\n' }, false],
    [{}, false],
  ])('reads %j as %s', async (answers, expected) => {
    expect(await hasTrayHost('linux', desktop(answers))).toBe(expected);
  });

  it('asks nobody where there always is a tray', async () => {
    const run = desktop({});
    expect(await hasTrayHost('darwin', run)).toBe(true);
    expect(await hasTrayHost('win32', run)).toBe(true);
    expect(run).not.toHaveBeenCalled();
  });
});

describe('waitForTrayHost', () => {
  it('finds a host that comes late', async () => {
    const clock = new FakeClock();
    let there = false;
    const result = waitForTrayHost(() => Promise.resolve(there), clock);
    await clock.advance(2500);
    there = true;
    await clock.advance(3000);
    expect(await result).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('gives up in the end', async () => {
    const clock = new FakeClock();
    const result = waitForTrayHost(() => Promise.resolve(false), clock);
    await clock.advance(60_000);
    expect(await result).toBe(false);
  });
});
