/** A fleet whose sessions use the panel as real ones do, and a panel that notes the time of each request. */
import { Fleet } from '../../main/fleet/fleet.js';
import type { TicketPanel } from '../../main/fleet/server/session-slot.js';
import { FleetStore } from '../../main/fleet/store.js';
import type { PanelApi, PanelServer, SocketTicket } from '../../main/panel/api.js';
import type { LiveSession, TellSessionEvent } from '../../main/wings/api.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';
import { aPanelServer, aRecord, FakePanel } from './fleet-fakes.js';
import { someSignals } from './sent-signals.js';

/** Panel that counts requests for tokens, usage, lists of backups, schedules, people and activity. */
class CountingPanel extends FakePanel {
  readonly times: number[] = [];
  readonly #clock: FakeClock;

  constructor(clock: FakeClock, servers: number, limit: number | null, fields: Partial<PanelServer>) {
    super();
    this.#clock = clock;
    this.limit = limit;
    const { schedules, people, activityPage } = this;
    this.schedules = (identifier) => {
      this.times.push(clock.now());
      return schedules(identifier);
    };
    this.people = (identifier) => {
      this.times.push(clock.now());
      return people(identifier);
    };
    this.activityPage = (identifier, page) => {
      this.times.push(clock.now());
      return activityPage(identifier, page);
    };
    this.list = Array.from({ length: servers }, (_, index) => aPanelServer(`u${index}`, fields));
  }

  override socketTicket = async (): Promise<never> => {
    this.times.push(this.#clock.now());
    return {} satisfies Partial<SocketTicket> as never;
  };

  override resources(identifier: string) {
    this.times.push(this.#clock.now());
    return super.resources(identifier);
  }

  override backupPage(identifier: string, page: number): ReturnType<PanelApi['backupPage']> {
    this.times.push(this.#clock.now());
    return super.backupPage(identifier, page);
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

export function aRenewingFleet(servers: number, limit: number | null, fields: Partial<PanelServer> = {}) {
  const clock = new FakeClock(0);
  const store = new FleetStore();
  const panel = new CountingPanel(clock, servers, limit, fields);
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
    store,
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
