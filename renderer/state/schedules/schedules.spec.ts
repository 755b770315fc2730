import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aProblem } from '../../../tests/support/a-problem.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { aSchedule } from '../../../tests/support/some-schedules.js';
import { PerchClient } from '../../api.js';
import { Schedules } from './schedules.svelte.js';

let bridge: FakeBridge;
let schedules: Schedules;
const reads = (): number => bridge.calls.filter(({ name }) => name === 'schedules.list').length;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.answer('schedules.list', [aSchedule()]);
  schedules = new Schedules(new PerchClient(bridge), 'home/u1', { read: () => 7 });
});

describe('Schedules', () => {
  it('keep the list that was read if a later read fails', async () => {
    await schedules.read();
    bridge.refuse('schedules.list', aProblem('timeout'));
    await schedules.read();
    expect(schedules.list).toEqual([aSchedule()]);
    expect(schedules.readAt).toBe(7);
    expect(schedules.reading.problem?.code).toBe('timeout');
  });

  it('read once at a time', async () => {
    await Promise.all([schedules.read(), schedules.read()]);
    expect(reads()).toBe(1);
  });

  it('never put an old list in the place of a newer answer', async () => {
    await schedules.read();
    const release = bridge.hold('schedules.list');
    const reading = schedules.read();
    schedules.took(aSchedule({ name: 'Changed' }));
    schedules.took(aSchedule({ id: 2, name: 'New' }));
    release([aSchedule()]);
    await reading;
    expect(schedules.list?.map(({ name }) => name)).toEqual(['Changed', 'New']);
    schedules.gone(2);
    expect(schedules.find(2)).toBeNull();
    expect(schedules.find(1)?.name).toBe('Changed');
  });

  it('read again after a change, whatever an older read brings', async () => {
    const release = bridge.hold('schedules.list');
    const reading = schedules.read();
    bridge.answer('schedules.list', [aSchedule({ isProcessing: true })]);
    await schedules.readAgain();
    release([aSchedule()]);
    await reading;
    expect(schedules.find(1)?.isProcessing).toBe(true);
    expect(schedules.reading.isRunning).toBe(false);
  });

  describe('while shown', () => {
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      vi.stubGlobal('document', { visibilityState: 'visible' });
    });
    afterEach(() => {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    });

    it('are read every minute, not in a hidden window, and no more after the end', async () => {
      const stop = schedules.start();
      await settled();
      vi.advanceTimersByTime(60_000);
      await settled();
      expect(reads()).toBe(2);
      vi.stubGlobal('document', { visibilityState: 'hidden' });
      vi.advanceTimersByTime(120_000);
      await settled();
      expect(reads()).toBe(2);
      vi.stubGlobal('document', { visibilityState: 'visible' });
      stop();
      vi.advanceTimersByTime(120_000);
      await settled();
      expect(reads()).toBe(2);
    });
  });
});
