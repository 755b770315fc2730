import { describe, expect, it } from 'vitest';
import { aSchedule, aTask } from '../../tests/support/some-schedules.js';
import type { PowerState } from '../schema/domain.js';
import type { Schedule } from '../schema/schedules.js';
import { runOutlook } from './run-outlook.js';

const command = [aTask({ action: 'command', payload: 'say hi' })];

describe('runOutlook', () => {
  it.each<[Partial<Schedule>, PowerState | null, string]>([
    [{ tasks: [] }, 'running', 'empty'],
    [{ tasks: [], isProcessing: true, onlyWhenOnline: true }, 'offline', 'empty'],
    [{ onlyWhenOnline: true }, 'offline', 'offline'],
    [{ onlyWhenOnline: true }, 'stopping', 'offline'],
    [{ onlyWhenOnline: true }, 'starting', 'runs'],
    [{ onlyWhenOnline: true }, null, 'runs'],
    [{ tasks: command }, 'offline', 'command-offline'],
    [{ tasks: command }, 'running', 'runs'],
    [{ isProcessing: true }, 'running', 'twice'],
    [{ isActive: false }, 'running', 'switched-off'],
    [{}, 'offline', 'runs'],
  ])('judges %j of a server that is %s as %s', (fields, power, outlook) => {
    expect(runOutlook(aSchedule(fields), power)).toBe(outlook);
  });
});
