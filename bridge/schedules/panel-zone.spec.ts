import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';
import type { Schedule } from '../schema/schedules.js';
import { cronText } from './fields.js';
import { panelZone } from './panel-zone.js';
import { offsetOf } from './zone-clock.js';

const nightly = { minute: '30', hour: '4', dayOfMonth: '*', month: '*', dayOfWeek: '*' };
const winter = Date.UTC(2026, 10, 30, 12);
const summer = Date.UTC(2026, 6, 1, 12);
const guessed = { own: 'Europe/Berlin', isUtc: false };

/** The fields of a schedule on a panel in a zone; the offset only if the panel writes one. */
function told(zone: string, from: number, { cron = nightly, writes = true } = {}) {
  const at = new Cron(cronText(cron), { timezone: zone }).nextRun(new Date(from));
  if (at === null) throw new Error('The cron never comes.');
  const nextRunAt = at.getTime();
  return { cron, nextRunAt, offsetMinutes: writes ? offsetOf(zone, nextRunAt) : null };
}

describe('offsetOf', () => {
  it.each([
    ['UTC', winter, 0],
    ['Europe/Berlin', winter, 60],
    ['Europe/Berlin', summer, 120],
    ['America/St_Johns', winter, -210],
    ['Asia/Kathmandu', winter, 345],
  ])('%s at %d is %d minutes', (zone, at, minutes) => {
    expect(offsetOf(zone, at)).toBe(minutes);
  });
});

describe('panelZone', () => {
  it('is UTC for panels that always use UTC', () => {
    expect(panelZone([], { own: 'Europe/Berlin', isUtc: true })).toEqual({
      kind: 'zone',
      zone: 'UTC',
      isSure: true,
    });
  });

  it.each([
    ['Europe/Berlin', winter],
    ['Europe/Berlin', summer],
    ['UTC', summer],
  ])('finds %s, and is not sure from one season', (zone, from) => {
    const answer = { kind: 'zone', zone, isSure: false };
    expect(panelZone([told(zone, from)], guessed)).toEqual(answer);
    expect(panelZone([told(zone, from, { writes: false })], guessed)).toEqual(answer);
  });

  it('is sure once no other zone fits in summer and in winter', () => {
    const seasons = [told('Australia/Lord_Howe', winter), told('Australia/Lord_Howe', summer)];
    expect(panelZone(seasons, { own: 'Australia/Lord_Howe', isUtc: false })).toEqual({
      kind: 'zone',
      zone: 'Australia/Lord_Howe',
      isSure: true,
    });
  });

  it.each([
    ['forward, when a panel runs 2:30 at 3:30', Date.UTC(2027, 2, 28, 1, 30)],
    ['back, when a panel runs the second 2:30', Date.UTC(2026, 9, 25, 1, 30)],
  ])('is not misled by a run in the night in which clocks go %s', (_way, nextRunAt) => {
    const night = { cron: { ...nightly, hour: '2' }, nextRunAt, offsetMinutes: null };
    expect(panelZone([night, told('Europe/Berlin', winter)], guessed)).toMatchObject({
      kind: 'zone',
      zone: 'Europe/Berlin',
    });
  });

  it('gives only the offset where no guess fits', () => {
    expect(panelZone([told('Asia/Kathmandu', winter)], guessed)).toEqual({ kind: 'offset', minutes: 345 });
  });

  it('gives only the offset where both guesses fit and differ later', () => {
    const london = { own: 'Europe/London', isUtc: false };
    expect(panelZone([told('UTC', winter)], london)).toEqual({ kind: 'offset', minutes: 0 });
    expect(panelZone([told('UTC', summer)], london)).toMatchObject({ kind: 'zone', zone: 'UTC' });
    expect(panelZone([told('Europe/London', summer)], london)).toMatchObject({ zone: 'Europe/London' });
  });

  it('does not trust an offset that cron contradicts', () => {
    const berlin = { ...told('Europe/Berlin', winter), offsetMinutes: 0 };
    expect(panelZone([berlin], guessed)).toMatchObject({ kind: 'zone', zone: 'Europe/Berlin' });
  });

  const often: Partial<Schedule['cron']> = { minute: '*/15', hour: '*' };
  it.each<[string, Parameters<typeof panelZone>[0]]>([
    ['nothing was told', []],
    ['no next run was told', [{ cron: nightly, nextRunAt: null, offsetMinutes: 60 }]],
    ['cron suits any zone', [told('UTC', winter, { cron: { ...nightly, ...often }, writes: false })]],
    ['cron cannot be read', [{ cron: { ...nightly, hour: 'x' }, nextRunAt: winter, offsetMinutes: 60 }]],
    [
      'the panel contradicts itself',
      [told('Asia/Tokyo', winter), told('America/New_York', winter), told('UTC', winter)],
    ],
  ])('is unknown where %s', (_why, schedules) => {
    expect(panelZone(schedules, guessed)).toEqual({ kind: 'unknown' });
  });

  it('reads two hundred schedules', () => {
    const many = Array.from({ length: 200 }, (_, at) =>
      told('Europe/Berlin', winter + at * 60_000, { cron: { ...nightly, minute: String(at % 60) } }),
    );
    expect(panelZone(many, guessed).kind).toBe('zone');
  });
});
