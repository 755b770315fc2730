import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';
import type { SocketTicket } from '../panel/api.js';
import type { LiveSession, TellSessionEvent } from '../wings/api.js';
import { Fleet } from './fleet.js';
import type { TicketPanel } from './server/session-slot.js';
import { FleetStore } from './store.js';
import { someSignals } from '../../tests/support/sent-signals.js';

/** Panel that counts requests for tokens and usage. */
class CountingPanel extends FakePanel {
  readonly times: number[] = [];
  readonly #clock: FakeClock;

  constructor(clock: FakeClock, servers: number, limit: number | null) {
    super();
    this.#clock = clock;
    this.limit = limit;
    this.list = Array.from({ length: servers }, (_, index) => aPanelServer(`u${index}`));
  }

  override socketTicket = async (): Promise<never> => {
    this.times.push(this.#clock.now());
    return {} satisfies Partial<SocketTicket> as never;
  };

  override resources(identifier: string) {
    this.times.push(this.#clock.now());
    return super.resources(identifier);
  }
}

/** Uses the panel as a real session does: one token first, and another every nine minutes. */
class RenewingSession implements LiveSession {
  isStarted = false;
  /** Number of tokens that expired before their renewal. */
  lapses = 0;
  readonly #clock: FakeClock;
  readonly #panel: TicketPanel;
  readonly #tell: TellSessionEvent;

  constructor(clock: FakeClock, panel: TicketPanel, tell: TellSessionEvent) {
    this.#clock = clock;
    this.#panel = panel;
    this.#tell = tell;
  }

  start(): void {
    this.isStarted = true;
    void this.#renew(Infinity);
  }

  stop(): void {
    this.isStarted = false;
  }

  /** The connection is lost, and the token has expired meanwhile. */
  cutOff(): void {
    this.#tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: this.#clock.now(), problem: null } });
    void this.#renew(Infinity);
  }

  async #renew(endsAt: number): Promise<void> {
    await this.#panel.socketTicket('u');
    if (!this.isStarted) return;
    const now = this.#clock.now();
    if (now > endsAt) this.lapses += 1;
    this.#tell({ kind: 'link', link: { kind: 'live' } });
    this.#tell({ kind: 'power', power: 'running' });
    this.#clock.after(540_000, () => {
      if (this.isStarted) void this.#renew(now + 600_000);
    });
  }

  sendPower = () => false;
  sendCommand = () => false;
  isUnread = () => false;
  setPaused = () => undefined;
  suspect = () => undefined;
  hurry = () => undefined;
}

function rig(servers: number, limit: number | null) {
  const clock = new FakeClock(0);
  const store = new FleetStore();
  const panel = new CountingPanel(clock, servers, limit);
  const sessions: RenewingSession[] = [];
  const fleet = new Fleet({
    store,
    clock,
    random: () => 0.5,
    log: new FakeLog(),
    sent: someSignals(clock, store),
    connectPanel: () => panel,
    openSession: (ticketing, _server, tell) => {
      const session = new RenewingSession(clock, ticketing, tell);
      sessions.push(session);
      return session;
    },
  });
  fleet.start([aRecord()]);
  return {
    clock,
    fleet,
    panel,
    sessions,
    live: () => [...store.state.servers.values()].filter(({ link }) => link.kind === 'live').length,
    known: () => [...store.state.servers.values()].filter(({ power }) => power !== null).length,
    busiest: () => busiest(panel.times),
  };
}

/** Maximum number of calls within any minute. */
function busiest(times: readonly number[]): number {
  let first = 0;
  return times.reduce((most, time, index) => {
    while ((times[first] ?? time) <= time - 60_000) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}

describe('a fleet and the limit of its panel', () => {
  it('is completely live after as many minutes as half of the limit needs, and stays live for an hour', async () => {
    const { clock, live, sessions, busiest: most } = rig(400, 256);
    await clock.advance(4 * 60_000);
    expect(live()).toBe(400);
    for (let minute = 4; minute < 40; minute++) await clock.advance(60_000);
    expect([live(), sessions.length, most()]).toEqual([400, 400, 128]);
    expect(sessions.every(({ lapses }) => lapses === 0)).toBe(true);
  });

  it('polls each server without a place, and keeps the live ones', async () => {
    const { clock, live, known, panel, sessions, busiest: most } = rig(60, 12);
    for (let minute = 0; minute < 40; minute++) await clock.advance(60_000);
    expect([live(), known()]).toEqual([47, 60]);
    expect(sessions).toHaveLength(47);
    expect(sessions.every(({ lapses }) => lapses === 0)).toBe(true);
    const polls = panel.list.map(({ identifier }) => panel.count(`resources ${identifier}`));
    expect(polls.filter((count) => count > 0).length).toBeGreaterThanOrEqual(13);
    expect(most()).toBeLessThanOrEqual(6);
  });

  it('opens visible servers although renewals and polls could fill every minute', async () => {
    const { clock, fleet, panel, live, known, sessions, busiest: most } = rig(2, 6);
    await clock.advance(29_000);
    panel.list = Array.from({ length: 21 }, (_, index) => aPanelServer(`u${index}`));
    await clock.advance(391_000);
    panel.list = Array.from({ length: 26 }, (_, index) => aPanelServer(`u${index}`));
    fleet.interests.setShown(1, ['home/u21', 'home/u22', 'home/u23', 'home/u24']);
    await clock.advance(10 * 60_000);
    expect([live(), known()]).toEqual([25, 26]);
    for (let minute = 0; minute < 120; minute++) await clock.advance(60_000);
    expect([live(), known(), most()]).toEqual([25, 26, 3]);
    // No session was replaced by another, and none ended because a token was missing.
    expect(sessions).toHaveLength(25);
    expect(sessions.every(({ lapses }) => lapses === 0)).toBe(true);
  });

  it('spends no poll on servers whose tokens wait for their turn after sleep', async () => {
    const { clock, fleet, panel, live, known, sessions } = rig(130, 260);
    await clock.advance(3 * 60_000);
    expect(live()).toBe(130);
    for (const session of sessions) session.cutOff();
    await clock.advance(200);
    fleet.onResume();
    await clock.advance(62_000);
    expect(panel.count('resources')).toBe(0);
    expect([live(), known()]).toEqual([130, 130]);
  });

  it('never uses more than half of the limit, whatever servers come, go, are pinned or scrolled past', async () => {
    const step = fc.record({
      servers: fc.integer({ min: 1, max: 40 }),
      shown: fc.uniqueArray(fc.nat(39), { maxLength: 10 }),
      pinned: fc.uniqueArray(fc.nat(39), { maxLength: 3 }),
      wakes: fc.boolean(),
      seconds: fc.integer({ min: 1, max: 400 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 8 }),
        fc.integer({ min: 2, max: 30 }),
        async (steps, limit) => {
          const { clock, fleet, panel, known, busiest: most } = rig(20, limit);
          for (const { servers, shown, pinned, wakes, seconds } of steps) {
            panel.list = Array.from({ length: servers }, (_, index) => aPanelServer(`u${index}`));
            const ids = (numbers: number[]): string[] => numbers.map((number) => `home/u${number}`);
            fleet.interests.setShown(1, ids(shown));
            fleet.interests.setPreferences({ pinned: ids(pinned), liveLimit: null });
            if (wakes) fleet.onResume();
            await clock.advance(seconds * 1000);
          }
          expect(most()).toBeLessThanOrEqual(Math.floor(limit / 2));
          // No server starves: each has been polled once in the time that polls need with a sixteenth of the limit.
          await clock.advance((16 * 60_000 * panel.list.length) / Math.floor(limit / 2) + 120_000);
          expect(known()).toBe(panel.list.length);
          await fleet.stop();
        },
      ),
      { numRuns: 15 },
    );
  });
});
