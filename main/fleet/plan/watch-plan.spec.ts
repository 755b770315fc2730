import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionBlock } from '../../../bridge/panel/permissions.js';
import { pollShare, watchShare } from './places.js';
import { planWatch, type UserFocus, type WatchFacts, type WatchPlan } from './watch-plan.js';

const now = 1_000_000_000;
const minute = 60_000;

function facts(count: number, fields: Partial<WatchFacts> = {}, prefix = 's'): WatchFacts[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index}`,
    condition: 'normal',
    link: 'none',
    waitsForToken: false,
    sessionSince: null,
    isAlerting: false,
    isRunning: false,
    knowsPermissions: true,
    ...fields,
  }));
}

function looking(fields: { open?: string[]; pinned?: string[]; visible?: string[] } = {}): UserFocus {
  const { open = [], pinned = [], visible = [] } = fields;
  return {
    isOpen: (id) => open.includes(id),
    isPinned: (id) => pinned.includes(id),
    isVisible: (id) => visible.includes(id),
  };
}

function plan(
  servers: readonly WatchFacts[],
  at: UserFocus = looking(),
  budget: { rateLimit?: number | null; cap?: number | null } = {},
): WatchPlan {
  return planWatch(servers, at, { rateLimit: null, cap: null, ...budget }, now);
}

describe('planWatch', () => {
  it.each([
    [256, 1000],
    [256, 1080],
    [128, 540],
    [720, 3000],
    [null, 500],
  ])('has a place for every server if the limit is %s and there are %s', (rateLimit, count) => {
    const { live, polled, places } = plan(facts(count), looking(), { rateLimit });
    expect(live).toHaveLength(count);
    expect(polled).toEqual([]);
    expect(places.heldBackBy).toBeNull();
  });

  it('leaves calls for servers without a place, with the reason', () => {
    const { live, polled, places } = plan(facts(600), looking(), { rateLimit: 128 });
    expect(live).toHaveLength(504);
    expect(polled).toHaveLength(96);
    expect(places.heldBackBy).toBe('panel');
  });

  it('follows the limit of the settings, except for open consoles', () => {
    const { live, places } = plan(facts(5), looking({ open: ['s3', 's4'] }), { cap: 1 });
    expect(live).toEqual(['s3', 's4']);
    expect(places.heldBackBy).toBe('setting');
  });

  it('opens those first that are needed most', () => {
    const servers = [
      ...facts(1, {}, 'rest'),
      ...facts(1, { isRunning: true }, 'running'),
      ...facts(1, {}, 'seen'),
      ...facts(1, { isAlerting: true }, 'alerting'),
      ...facts(1, {}, 'pinned'),
      ...facts(1, {}, 'open'),
    ];
    const at = looking({ open: ['open0'], pinned: ['pinned0'], visible: ['seen0', 'open0'] });
    const { live, needed } = plan(servers, at);
    expect(live).toEqual(['open0', 'pinned0', 'alerting0', 'seen0', 'running0', 'rest0']);
    expect([...needed]).toEqual(['open0', 'pinned0', 'alerting0', 'seen0']);
  });

  it('ends no young session, except for an opened console', () => {
    const young = facts(2, { sessionSince: now - minute }, 'young');
    const at = looking({ visible: ['new0'], pinned: ['new1'], open: ['new2'] });
    expect(plan([...young, ...facts(2, {}, 'new')], at, { cap: 2 }).live).toEqual(['young0', 'young1']);
    expect(plan([...young, ...facts(3, {}, 'new')], at, { cap: 2 }).live).toEqual(['new2', 'young0']);
  });

  it('gives the place of an unwatched server to a visible one, once its token has served', () => {
    const old = facts(2, { sessionSince: now - 6 * minute, isRunning: true }, 'old');
    const servers = [...old, ...facts(1, { isRunning: true }, 'running'), ...facts(1, {}, 'seen')];
    expect(plan(servers, looking({ visible: ['seen0'] }), { cap: 2 }).live).toEqual(['seen0', 'old0']);
    expect(plan(servers, looking(), { cap: 2 }).live).toEqual(['old0', 'old1']);
  });

  it('ends no session if one server more than places comes', () => {
    const held = facts(540, { sessionSince: now - 6 * minute, link: 'live' });
    const { live, polled } = plan([...held, ...facts(1, {}, 'new')], looking(), { rateLimit: 128 });
    expect(live).toEqual(held.map(({ id }) => id));
    expect(polled).toEqual(['new0']);
  });

  it('has one more place at once when an installing server loses its session, and needs none for it', () => {
    const servers = [
      ...facts(1, { condition: 'installing', sessionSince: now - 10 * minute }, 'installing'),
      ...facts(3, { sessionSince: now - minute }, 'young'),
      ...facts(5, { isAlerting: true }, 'new'),
    ];
    const { live } = plan(servers, looking(), { rateLimit: 1 });
    expect([...live].sort()).toEqual(
      servers
        .slice(1)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('polls a server whose session cannot come for a while, and after a grace time one that is connecting', () => {
    const one = plan([
      ...facts(1, { link: 'refused' }, 'r'),
      ...facts(1, { link: 'reconnecting', waitsForToken: true }, 't'),
      ...facts(1, { link: 'reconnecting' }, 'c'),
      ...facts(1, { link: 'connecting' }, 'w'),
      ...facts(1),
    ]);
    expect(one.live).toHaveLength(5);
    expect(one.polled).toEqual(['r0', 't0']);
    expect(one.fallback).toEqual(['c0', 'w0']);
  });

  it.each<[Partial<WatchFacts>, boolean, boolean]>([
    [{ condition: 'suspended', sessionSince: now }, true, false],
    [{ condition: 'maintenance', sessionSince: now }, false, false],
    [{ condition: 'install-failed' }, true, false],
    [{ condition: 'reinstall-failed' }, false, true],
    [{ condition: 'reinstall-blocked', sessionSince: now }, true, false],
    [{ condition: 'installing' }, false, false],
    [{ condition: 'installing', sessionSince: now }, false, true],
    [{ condition: 'transferring' }, true, true],
  ])('wants a session for %j, console open %s: %s', (fields, isOpen, wanted) => {
    const one = plan(facts(1, fields), looking({ open: isOpen ? ['s0'] : [] }));
    expect(one.live.length === 1).toBe(wanted);
    if (fields.condition !== 'reinstall-failed') expect([...one.polled, ...one.fallback]).toEqual([]);
  });

  it('reads permissions if no token brings them', () => {
    const servers = [
      ...facts(1),
      ...facts(1, { knowsPermissions: false }, 'unread'),
      ...facts(1, { knowsPermissions: false }, 'open'),
      ...facts(1, { knowsPermissions: false, link: 'connecting' }, 'connecting'),
      ...facts(1, { knowsPermissions: false, link: 'reconnecting' }, 'cut'),
    ];
    const open = ['open0', 'connecting0', 'cut0'];
    expect(plan(servers, looking({ open }), { cap: 0 }).unread).toEqual(['unread0', 'cut0']);
  });

  it.each([
    [128, 10, 0, 20_000, 30_000],
    [128, 100, 0, 20_000, 93_750],
    [128, 100, 30, 37_500, 262_500],
    [6, 40, 0, 20_000, 800_000],
  ])(
    'polls within a limit of %s: %s servers, %s of them in sight',
    (rateLimit, count, seen, needed, rest) => {
      const refused = facts(count, { link: 'refused' });
      const visible = refused.slice(0, seen).map(({ id }) => id);
      const { paces } = plan(refused, looking({ visible }), { rateLimit });
      expect([paces.neededMs, paces.restMs]).toEqual([needed, rest]);
    },
  );
});

const anyFacts = fc
  .array(
    fc.record({
      condition: fc.constantFrom<WatchFacts['condition']>('normal', 'normal', 'suspended', 'installing'),
      link: fc.constantFrom<WatchFacts['link']>('none', 'live', 'reconnecting', 'refused', 'connecting'),
      waitsForToken: fc.boolean(),
      sessionSince: fc.option(fc.integer({ min: now - 10 * minute, max: now })),
      isAlerting: fc.boolean(),
      isRunning: fc.boolean(),
      knowsPermissions: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((servers) => servers.map((server, index) => ({ ...server, id: `s${index}` })));
const anyBudget = fc.record({
  rateLimit: fc.option(fc.integer({ min: 1, max: 40 })),
  cap: fc.option(fc.integer({ min: 0, max: 80 })),
});
const anyLooking = fc
  .record({
    open: fc.uniqueArray(fc.nat(59), { maxLength: 3 }),
    pinned: fc.uniqueArray(fc.nat(59), { maxLength: 10 }),
    visible: fc.uniqueArray(fc.nat(59), { maxLength: 30 }),
  })
  .map(({ open, pinned, visible }) => {
    const ids = (numbers: number[]): string[] => numbers.map((number) => `s${number}`);
    return looking({ open: ids(open), pinned: ids(pinned), visible: ids(visible) });
  });

describe('any plan', () => {
  it('covers every possible server by a session or by polls, and no other', () => {
    fc.assert(
      fc.property(anyFacts, anyLooking, anyBudget, (servers, at, budget) => {
        const { live, polled, fallback } = planWatch(servers, at, budget, now);
        const covered = new Set([...live, ...polled, ...fallback]);
        for (const { id, condition } of servers) {
          if (conditionBlock(condition) === null) expect(covered).toContain(id);
          if (condition === 'suspended') expect(covered).not.toContain(id);
        }
      }),
    );
  });

  it('costs at most half of the limit: renewals every nine minutes, and the polls', () => {
    fc.assert(
      fc.property(anyFacts, anyLooking, anyBudget, (servers, at, budget) => {
        const { live, polled, fallback, needed, paces } = planWatch(servers, at, budget, now);
        const asked = [...polled, ...fallback];
        const first = asked.filter((id) => needed.has(id)).length;
        const polls = (first * minute) / paces.neededMs + ((asked.length - first) * minute) / paces.restMs;
        const renewing = servers.filter(({ id, link }) => live.includes(id) && link !== 'refused').length;
        expect(polls).toBeLessThanOrEqual(pollShare(budget.rateLimit, renewing) + 1e-6);
        const open = servers.filter(({ id }) => at.isOpen(id)).length;
        expect(live.length - open).toBeLessThanOrEqual(watchShare(budget.rateLimit) * 9);
        expect(live.length - open).toBeLessThanOrEqual(budget.cap ?? Infinity);
      }),
    );
  });

  it('opens no session while a server of greater need has none', () => {
    fc.assert(
      fc.property(anyFacts, anyLooking, anyBudget, (servers, at, budget) => {
        const { live } = planWatch(servers, at, budget, now);
        const needOf = ({ id, isAlerting, isRunning }: WatchFacts): number =>
          [at.isOpen(id), at.isPinned(id), isAlerting, at.isVisible(id), isRunning, true].indexOf(true);
        const fresh = servers.filter((one) => one.sessionSince === null && live.includes(one.id)).map(needOf);
        const out = servers.filter(
          (one) => one.sessionSince === null && one.condition === 'normal' && !live.includes(one.id),
        );
        for (const one of out) expect(needOf(one)).toBeGreaterThanOrEqual(Math.max(...fresh, 0));
      }),
    );
  });

  it('changes nothing once carried out, and little when a server comes or goes', () => {
    fc.assert(
      fc.property(anyFacts, anyLooking, anyBudget, fc.nat(59), (servers, at, budget, gone) => {
        const first = planWatch(servers, at, budget, now);
        const after = servers.map((one) => ({
          ...one,
          sessionSince: first.live.includes(one.id) ? (one.sessionSince ?? now) : null,
        }));
        expect([...planWatch(after, at, budget, now).live].sort()).toEqual([...first.live].sort());
        const fewer = planWatch(
          after.filter((_, index) => index !== gone),
          at,
          budget,
          now,
        );
        for (const { id } of after.filter(
          ({ sessionSince }, index) => sessionSince !== null && index !== gone,
        )) {
          expect(fewer.live).toContain(id);
        }
      }),
    );
  });
});
