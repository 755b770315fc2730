import { describe, expect, it } from 'vitest';
import { movedRun, nextRuns, runsWithin } from './next-runs.js';
import type { PanelZone } from './panel-zone.js';

const nightly = { minute: '30', hour: '2', dayOfMonth: '*', month: '*', dayOfWeek: '*' };
const berlin: PanelZone = { kind: 'zone', zone: 'Europe/Berlin', isSure: false };
const runs = (zone: PanelZone, from: number, cron = nightly, count = 3): string[] | undefined =>
  nextRuns(cron, zone, { from, count })?.map((at) => new Date(at).toISOString().slice(0, 16));

describe('nextRuns', () => {
  it('follows the clock of the zone when it goes forward and back', () => {
    expect(runs(berlin, Date.UTC(2026, 9, 23, 12))).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    const [before, , after] = runs(berlin, Date.UTC(2027, 2, 26, 12)) ?? [];
    expect([before, after]).toEqual(['2027-03-27T01:30', '2027-03-29T00:30']);
  });

  it('counts from an offset', () => {
    expect(runs({ kind: 'offset', minutes: 345 }, Date.UTC(2026, 10, 30))?.[0]).toBe('2026-11-30T20:45');
  });

  it('takes either day where both are narrowed', () => {
    const either = { ...nightly, dayOfMonth: '13', dayOfWeek: '5' };
    expect(runs({ kind: 'zone', zone: 'UTC', isSure: true }, Date.UTC(2026, 11, 5), either)).toEqual([
      '2026-12-11T02:30',
      '2026-12-13T02:30',
      '2026-12-18T02:30',
    ]);
  });

  it('has none where the zone is unknown or cron never comes, and null where cron cannot be read', () => {
    expect(runs({ kind: 'unknown' }, 0)).toEqual([]);
    expect(runs(berlin, Date.UTC(2026, 0, 1), { ...nightly, dayOfMonth: '31', month: '2' })).toEqual([]);
    expect(nextRuns({ ...nightly, hour: '99' }, berlin, { from: 0, count: 1 })).toBeNull();
  });
});

describe('runsWithin', () => {
  const within = (cron: string, zone: PanelZone, from: number, to: number, most = 50) =>
    runsWithin(cron, zone, { from, to, most })?.map((at) => new Date(at).toISOString().slice(0, 16));

  it('has the runs from the begin until before the end, through a change of the clocks', () => {
    const [from, to] = [Date.UTC(2026, 9, 24, 0, 30), Date.UTC(2026, 9, 26, 1, 30)];
    expect(within('30 2 * * *', berlin, from, to)).toEqual(['2026-10-24T00:30', '2026-10-25T00:30']);
    expect(within('30 2 * * *', berlin, from + 1, to + 1)).toEqual(['2026-10-25T00:30', '2026-10-26T01:30']);
  });

  it('counts from an offset', () => {
    const day = Date.UTC(2026, 10, 30);
    const zone: PanelZone = { kind: 'offset', minutes: 345 };
    expect(within('30 2 * * *', zone, day, day + 86_400_000)).toEqual(['2026-11-30T20:45']);
  });

  it('stops after the most runs', () => {
    const utc: PanelZone = { kind: 'zone', zone: 'UTC', isSure: true };
    expect(within('* * * * *', utc, 0, 7 * 86_400_000, 5)).toHaveLength(5);
  });

  it('is null where the zone is unknown or cron cannot be read', () => {
    expect(runsWithin('30 2 * * *', { kind: 'unknown' }, { from: 0, to: 9e7, most: 1 })).toBeNull();
    expect(runsWithin('99 2 * * *', berlin, { from: 0, to: 1, most: 1 })).toBeNull();
  });
});

describe('movedRun', () => {
  const moved = (
    hour: string,
    leadMinutes: number,
    minute: number,
    zone: PanelZone = berlin,
  ): string | null => {
    const cron = { ...nightly, hour, minute: '55' };
    const at = movedRun(cron, zone, { from: Date.UTC(2026, 10, 30), leadSeconds: leadMinutes * 60, minute });
    return at === null ? null : new Date(at).toISOString().slice(0, 16);
  };

  it('is the restart that begins before the clock goes forward and ends behind', () => {
    expect(moved('1', 10, 2 * 60 + 5)).toBe('2027-03-28T01:05');
  });

  it('is a run in the hour that the clock shows twice', () => {
    expect(moved('2', 0, 2 * 60 + 55, { kind: 'zone', zone: 'America/Havana', isSure: true })).toBeNull();
    expect(moved('0', 0, 55, { kind: 'zone', zone: 'America/Havana', isSure: true })).not.toBeNull();
  });

  it('is none by day, without changes of the clock, and where the zone is unknown', () => {
    expect(moved('3', 10, 4 * 60 + 5)).toBeNull();
    expect(moved('1', 10, 2 * 60 + 5, { kind: 'zone', zone: 'UTC', isSure: true })).toBeNull();
    expect(moved('1', 10, 2 * 60 + 5, { kind: 'offset', minutes: 60 })).toBeNull();
  });
});
