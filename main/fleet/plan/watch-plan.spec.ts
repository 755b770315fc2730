import { describe, expect, it } from 'vitest';
import { planWatch, pollBudget, smallFleet, type WatchFacts } from './watch-plan.js';

function facts(count: number, fields: Partial<WatchFacts> = {}, prefix = 's'): WatchFacts[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index}`,
    condition: 'normal',
    link: 'none',
    hasSession: false,
    consoleOpen: false,
    knowsPermissions: true,
    ...fields,
  }));
}

describe('planWatch', () => {
  it('gives every server of a small fleet a session', () => {
    const plan = planWatch(facts(smallFleet), null);
    expect(plan.live).toHaveLength(25);
    expect(plan.polled).toEqual([]);
  });

  it('counts only servers that can have one', () => {
    const plan = planWatch([...facts(25), ...facts(3, { condition: 'suspended' }, 'x')], null);
    expect(plan.live).toHaveLength(25);
    expect(plan.polled).toEqual([]);
  });

  it('polls a large fleet, but for open consoles', () => {
    const plan = planWatch([...facts(30), ...facts(1, { consoleOpen: true }, 'open')], null);
    expect(plan.live).toEqual(['open0']);
    expect(plan.polled).toHaveLength(30);
    expect(plan.isSmall).toBe(false);
  });

  it('opens open consoles first', () => {
    const plan = planWatch([...facts(2), ...facts(1, { consoleOpen: true }, 'open')], null);
    expect(plan.live[0]).toBe('open0');
  });

  it('polls a server whose session was refused, and one that is cut off after a moment of grace', () => {
    const plan = planWatch(
      [...facts(1, { link: 'refused' }, 'r'), ...facts(1, { link: 'reconnecting' }, 'c'), ...facts(1)],
      null,
    );
    expect(plan.live).toHaveLength(3);
    expect(plan.polled).toEqual(['r0']);
    expect(plan.fallback).toEqual(['c0']);
  });

  it.each<[Partial<WatchFacts>, boolean]>([
    [{ condition: 'suspended', hasSession: true, consoleOpen: true }, false],
    [{ condition: 'maintenance', hasSession: true }, false],
    [{ condition: 'install-failed', consoleOpen: true }, false],
    [{ condition: 'reinstall-failed' }, true],
    [{ condition: 'reinstall-blocked', hasSession: true, consoleOpen: true }, false],
    [{ condition: 'installing' }, false],
    [{ condition: 'installing', hasSession: true }, true],
    [{ condition: 'transferring', consoleOpen: true }, true],
  ])('wants a session for %j: %s', (fields, wanted) => {
    const plan = planWatch(facts(1, fields), null);
    expect(plan.live.length === 1).toBe(wanted);
    if (fields.condition !== 'reinstall-failed') expect([...plan.polled, ...plan.fallback]).toEqual([]);
  });

  it('asks for permissions where no token tells them', () => {
    const plan = planWatch(
      [
        ...facts(30),
        ...facts(1, { knowsPermissions: false }, 'unread'),
        ...facts(1, { knowsPermissions: false, consoleOpen: true }, 'open'),
      ],
      null,
    );
    expect(plan.unread).toEqual(['unread0']);
  });

  it.each([
    [null, 100, 250, 30_000],
    [720, 200, 250, 55_000],
    [128, 30, 1429, 47_157],
    [3, 26, 60_000, 1_716_000],
  ])('keeps to a third of a limit of %s with %s servers', (limit, count, spacingMs, intervalMs) => {
    const { pace } = planWatch(facts(count), limit);
    expect(pace).toEqual({ spacingMs, intervalMs });
    expect((count * 60_000) / pace.intervalMs).toBeLessThanOrEqual(pollBudget(limit));
  });
});
