import { describe, expect, it } from 'vitest';
import { aSchedule, aTask } from '../../tests/support/some-schedules.js';
import type { Schedule } from '../schema/schedules.js';
import { scheduleState } from './schedule-state.js';

const wall = Date.UTC(2026, 10, 30, 12);
const minute = 60_000;
const slow = [aTask(), aTask({ id: 2, place: 2, offsetSeconds: 900 })];

describe('scheduleState', () => {
  it.each<[Partial<Schedule>, string]>([
    [{ nextRunAt: wall + minute }, 'waiting'],
    [{ nextRunAt: null }, 'waiting'],
    [{ nextRunAt: wall - 4 * minute }, 'waiting'],
    [{ nextRunAt: wall - 6 * minute }, 'overdue'],
    [{ nextRunAt: wall - 6 * minute, tasks: [] }, 'empty'],
    [{ nextRunAt: wall - 6 * minute, isActive: false }, 'off'],
    [{ isProcessing: true, nextRunAt: wall + minute }, 'running'],
    [{ isProcessing: true, nextRunAt: null }, 'running'],
    [{ isProcessing: true, nextRunAt: wall - 6 * minute }, 'stuck'],
    [{ isProcessing: true, nextRunAt: wall - 19 * minute, tasks: slow }, 'running'],
    [{ isProcessing: true, nextRunAt: wall - 21 * minute, tasks: slow }, 'stuck'],
    [{ isProcessing: true, isActive: false }, 'running'],
  ])('%j is %s', (fields, state) => {
    expect(scheduleState(aSchedule(fields), wall)).toBe(state);
  });
});
