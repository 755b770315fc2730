import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { answer } from '../../tests/support/fake-http.js';
import { RateBudget } from './rate-budget.js';

const left = (remaining: number, limit = 240) =>
  answer(200, {}, { 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining) });

describe('RateBudget', () => {
  it('waits for the end of the window if no calls are left', async () => {
    const clock = new FakeClock(0);
    const budget = new RateBudget(clock);
    budget.observe('panel', left(239));
    await clock.advance(20_000);
    budget.observe('panel', left(0));
    expect(budget.blockedUntil('panel')).toBe(60_000);
    await clock.advance(40_000);
    expect(budget.blockedUntil('panel')).toBeNull();
  });

  it('recognises a new window by its numbers', async () => {
    const clock = new FakeClock(0);
    const budget = new RateBudget(clock);
    budget.observe('panel', left(100));
    await clock.advance(30_000);
    budget.observe('panel', left(239));
    await clock.advance(1000);
    budget.observe('panel', left(0));
    expect(budget.blockedUntil('panel')).toBe(90_000);
  });

  it('recognises the limit that refused a token by its size', () => {
    const budget = new RateBudget(new FakeClock(0));
    const refusal = (limit: number) => answer(429, {}, { 'x-ratelimit-limit': String(limit) });
    expect(budget.refusedScope('websocket a1', 'GET /', refusal(240))).toBe('websocket a1');
    budget.observe('panel', left(3));
    expect(budget.refusedScope('websocket a1', 'GET /', refusal(240))).toBe('panel');
    expect(budget.refusedScope('websocket a1', 'GET /', refusal(5))).toBe('websocket a1');
    expect(budget.refusedScope('websocket a1', 'GET /', answer(429, {}))).toBe('websocket a1');
  });

  it('learns the token limit of a server, or its absence', () => {
    const budget = new RateBudget(new FakeClock(0));
    budget.observe('websocket a1', left(4, 5));
    expect(budget.tokenLimit).toBeNull();
    budget.observe('panel', left(200));
    budget.observe('websocket a1', left(4));
    expect(budget.tokenLimit).toBeNull();
    budget.observe('websocket a1', left(3, 5));
    expect(budget.tokenLimit).toBe(5);
    // The token limit still has four left.
    budget.observe('websocket a1', left(3));
    expect(budget.tokenLimit).toBe(5);
    budget.observe('websocket b2', left(199));
    expect(budget.tokenLimit).toBe(Infinity);
    expect(budget.limit).toBe(240);
  });

  it('keeps the headers of the websocket route out of the general budget', () => {
    const budget = new RateBudget(new FakeClock(0));
    budget.observe('websocket a1', left(0, 5));
    expect(budget.blockedUntil('panel')).toBeNull();
    budget.refused('websocket a1', answer(429, {}, { 'retry-after': '30' }));
    expect(budget.blockedUntil('panel')).toBeNull();
    expect(budget.blockedUntil('websocket a1')).toBe(30_000);
    expect(budget.blockedUntil('websocket b2')).toBeNull();
  });

  it('lets the limit of one route block that route only', () => {
    const budget = new RateBudget(new FakeClock(0));
    budget.observe('panel', left(700, 720));
    const route = 'POST /servers/a1/files/pull';
    const pull = answer(
      429,
      {},
      { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'retry-after': '299' },
    );
    budget.observe('panel', pull);
    expect([budget.limit, budget.left]).toEqual([720, 700]);
    expect(budget.refusedScope('panel', route, pull)).toBe(route);
    // The throttle of backups sends the headers of the general limit, which has plenty left.
    const backup = answer(
      429,
      {},
      { 'x-ratelimit-limit': '720', 'x-ratelimit-remaining': '699', 'retry-after': '598' },
    );
    budget.observe('panel', backup);
    expect(budget.refusedScope('panel', route, backup)).toBe(route);
    expect(budget.refused(route, backup)).toBe(598_000);
    expect([budget.blockedUntil('panel'), budget.blockedUntil(route)]).toEqual([null, 598_000]);
    expect(budget.refusedScope('panel', route, answer(429, {}, { 'retry-after': '30' }))).toBe('panel');
  });

  it('limits the wait for one server, and waits for nothing on request of the user', () => {
    const clock = new FakeClock(0);
    const budget = new RateBudget(clock);
    const day = answer(429, {}, { 'retry-after': '86400' });
    expect(budget.refused('websocket a1', day)).toBe(100_000);
    expect(budget.refused('panel', day)).toBe(900_000);
    budget.lift();
    expect([budget.blockedUntil('websocket a1'), budget.blockedUntil('panel')]).toEqual([null, null]);
  });

  it.each<[Record<string, string>, number]>([
    [{ 'retry-after': '12' }, 12_000],
    [{ 'retry-after': '0' }, 1000],
    [{ 'retry-after': '99999999' }, 900_000],
    [{ 'x-ratelimit-reset': '45' }, 45_000],
    [{ 'x-ratelimit-reset': '99999999999' }, 60_000],
    [{ 'x-ratelimit-reset': '1792569645', date: 'Wed, 21 Oct 2026 08:00:25 GMT' }, 20_000],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 60_000],
    [{}, 60_000],
  ])('reads %j as a wait of %d ms', (headers, wait) => {
    expect(new RateBudget(new FakeClock(0)).refused('panel', answer(429, {}, headers))).toBe(wait);
  });
});

describe('the budget left for the person', () => {
  it("is kept free until the window ends, by the panel's numbers and the calls since", async () => {
    const clock = new FakeClock(0);
    const budget = new RateBudget(clock);
    expect(budget.restUntil(0.25)).toBeNull();
    budget.observe('panel', left(239));
    await clock.advance(10_000);
    budget.observe('panel', left(62));
    expect(budget.restUntil(0.25)).toBeNull();
    for (let count = 0; count < 3; count++) budget.sent();
    expect([budget.restUntil(0.25), budget.restUntil(0.1)]).toEqual([60_000, null]);
    await clock.advance(50_000);
    expect(budget.restUntil(0.25)).toBeNull();
  });

  it('is read from the websocket route, too, if that shows the general limit', () => {
    const budget = new RateBudget(new FakeClock(0));
    budget.observe('panel', left(239));
    budget.observe('websocket a1', left(2));
    expect(budget.restUntil(0.1)).toBe(60_000);
  });

  it('is at least a quarter of the limit, whatever Perch itself sent', async () => {
    const clock = new FakeClock(0);
    const budget = new RateBudget(clock);
    budget.observe('panel', left(39, 40));
    await clock.advance(60_000);
    for (let count = 0; count < 30; count++) {
      budget.sent();
      await clock.advance(100);
    }
    expect(budget.restUntil(0)).toBe(120_000);
  });

  it('pauses while the panel refuses', () => {
    const budget = new RateBudget(new FakeClock(0));
    budget.refused('panel', answer(429, {}, { 'retry-after': '30' }));
    expect(budget.restUntil(0.25)).toBe(30_000);
  });

  it('pauses until the panel and what stands in front of it allow calls again', async () => {
    const clock = new FakeClock(0);
    const budget = new RateBudget(clock);
    budget.refused('front', answer(429, {}, { 'retry-after': '20' }));
    expect(budget.restUntil(0.25)).toBe(20_000);
    budget.refused('panel', answer(429, {}, { 'retry-after': '30' }));
    expect(budget.restUntil(0.25)).toBe(30_000);
    await clock.advance(30_000);
    expect(budget.restUntil(0.25)).toBeNull();
  });
});
