/** Backups and rules for the specs of retention, plain and arbitrary. */
import fc from 'fast-check';
import { calendarIn } from '../../bridge/backups/calendar.js';
import type { KeptBackup, RetentionRule } from '../../bridge/backups/retention.js';
import type { Keep } from '../../bridge/schema/backup-rules.js';

export const nothingKept: Keep = { last: 0, daily: 0, weekly: 0, monthly: 0 };

export function aKeptBackup(id: string, fields: Partial<KeptBackup> = {}): KeptBackup {
  return { id, createdAt: 0, state: 'good', locked: false, maker: 'rule', ...fields };
}

/** Rule in UTC; pass the fields that matter. */
export function aRetentionRule(
  keep: Partial<Keep> | null,
  fields: Partial<RetentionRule> = {},
): RetentionRule {
  return {
    keep: keep === null ? null : { ...nothingKept, ...keep },
    byHand: false,
    restoring: new Set(),
    calendar: calendarIn('UTC'),
    ...fields,
  };
}

export const timeZones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
];

/** October to December 2026, with days of 25 hours; many share a day or a second. */
const times = fc.oneof(
  fc.integer({ min: 80, max: 92 }).map((day) => day * 86_400_000),
  fc.integer({ min: 0, max: 92 * 24 * 60 }).map((minute) => minute * 60_000),
);
const firstOfOctober = Date.parse('2026-10-01T00:00:00Z');

export const someBackups: fc.Arbitrary<KeptBackup[]> = fc
  .array(
    fc.record({
      at: times,
      state: fc.constantFrom('good', 'good', 'good', 'good', 'failed', 'running'),
      locked: fc.integer({ min: 0, max: 5 }).map((number) => number === 0),
      maker: fc.constantFrom('rule', 'rule', 'rule', 'schedule', 'person', 'unknown'),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ at, ...others }, number) => ({ id: `b${number}`, createdAt: firstOfOctober + at, ...others })),
  );

const count = (max: number): fc.Arbitrary<number> => fc.oneof(fc.constant(0), fc.integer({ min: 0, max }));

export const someKeep: fc.Arbitrary<Keep> = fc.record({
  last: count(8),
  daily: count(10),
  weekly: count(6),
  monthly: count(4),
});

/** The time zone, and a rule in that time zone for the backups. */
export const someRule = (
  backups: readonly KeptBackup[],
): fc.Arbitrary<{ zone: string; rule: RetentionRule }> =>
  fc
    .record({
      zone: fc.constantFrom(...timeZones),
      keep: fc.option(someKeep, { freq: 12 }),
      byHand: fc.boolean(),
      restoring: fc.subarray(
        backups.map(({ id }) => id),
        { maxLength: Math.min(1, backups.length) },
      ),
    })
    .map(({ zone, keep, byHand, restoring }) => ({
      zone,
      rule: { keep, byHand, restoring: new Set(restoring), calendar: calendarIn(zone) },
    }));
