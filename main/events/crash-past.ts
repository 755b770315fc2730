/**
 * Logs crashes and unobserved ends of one server, with their aftermath.
 * Reads the crash mark of the row and judges no end itself. The story reports only crashes of this run that it saw; the
 * mark also comes from the last run, from the log and from the panel's activity log, and tells when a crash is over.
 */
import type { Aftermath, Happening } from '../../bridge/schema/events.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Crash } from '../../bridge/schema/process-end.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { ServerPast } from './server-past.js';
import { nodeStartsWithinMs, sameCrashMs } from '../fleet/process/limits.js';

export class CrashPast {
  readonly #down: Alarm;
  /** Monotonic time when the server was last seen to come up. */
  #upAt = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly past: ServerPast,
  ) {
    this.#down = new Alarm(clock);
  }

  stop(): void {
    this.#down.clear();
  }

  /** Returns true if this logged an end, so that no other watcher logs it. */
  changed(before: Server, after: Server): boolean {
    const { crashedAt } = after;
    if (crashedAt === null) {
      if (before.crashedAt === null) return false;
      if (isStillUp(before, after)) this.cameBack(after);
      else if (after.power !== 'running') this.#setAside(after.id);
      return false;
    }
    if (crashedAt !== before.crashedAt) {
      if (this.#isKnown(before, after, crashedAt)) return true;
      this.#began(after, crashedAt, after.crash ?? null);
      return true;
    }
    const isExplained = after.fixIt !== before.fixIt && Boolean(after.fixIt);
    if (after.crash !== before.crash || isExplained) this.#learned(after, after.crash ?? null);
    return false;
  }

  /**
   * The row lost its crash mark while the server is suspended or installing. No other event of the process is logged
   * then.
   */
  cleared(before: Server, after: Server): void {
    if (before.crashedAt === null || after.crashedAt !== null) return;
    if (after.power === 'running') this.cameBack(after);
    else this.#setAside(after.id);
  }

  /**
   * The server starts without a signal of the user. Returns true if the node starts it after a crash, false if somebody
   * else starts it later.
   */
  startsAgain({ id }: Server): boolean {
    const crash = this.past.lasting(id, 'crashed');
    if (crash === undefined) return false;
    const isByNode = this.#isNodeStarting(crash.what.aftermath);
    this.#down.clear();
    this.past.amend(crash.id, { ...crash.what, aftermath: isByNode ? 'starting' : 'open' });
    return isByNode;
  }

  /** The server runs. Returns true if the node brought it back after a crash, false if somebody else did later. */
  cameBack({ id, power }: Server): boolean {
    const isByNode = this.#isNodeStarting(this.past.lasting(id, 'crashed')?.what.aftermath);
    this.#down.clear();
    const now = this.clock.now();
    if (power === 'running') this.#upAt = now;
    const crash = this.past.lasting(id, 'crashed');
    if (crash !== undefined) this.past.end(crash.id, now, { ...crash.what, aftermath: 'up' });
    const gone = this.past.lasting(id, 'went-offline');
    if (gone !== undefined) this.past.end(gone.id, now);
    return isByNode;
  }

  #isNodeStarting(aftermath: Aftermath | undefined): boolean {
    return aftermath === 'starting' || (aftermath === 'open' && this.#down.isSet);
  }

  /** An earlier run has logged this crash; this run only restores the mark of the row. */
  #isKnown({ lastRun }: Server, { id }: Server, at: number): boolean {
    if (lastRun?.crash?.at === at) return true;
    const wall = this.past.wallOf(at);
    const open = [...this.past.lastingOf(id, 'crashed'), ...this.past.lastingOf(id, 'went-offline')];
    return open.some((event) => Math.abs(event.at - wall) < sameCrashMs);
  }

  /** Ends open events, because the user started or stopped the server and the row has lost its crash mark. */
  #setAside(serverId: string): void {
    this.#down.clear();
    const open = [
      ...this.past.lastingOf(serverId, 'crashed'),
      ...this.past.lastingOf(serverId, 'went-offline'),
    ];
    for (const { id } of open) this.past.end(id, this.clock.now());
  }

  #began(server: Server, at: number, crash: Crash | null): void {
    // Ends the previous crash: the server must have been up in between.
    this.cameBack(server);
    const unseen = crash?.unseen;
    if (unseen?.what === 'restarted') {
      const from = this.past.wallOf(unseen.from);
      this.past.write(server, { kind: 'restarted', by: { kind: 'unknown' }, from }, unseen.to);
      return;
    }
    if (unseen !== undefined) {
      const from = this.past.wallOf(unseen.from);
      this.past.write(server, { kind: 'went-offline', from }, unseen.to, { lasts: true });
      return;
    }
    // A crash within seconds of another has the time of that first crash (`story.ts`). But the server ran in between,
    // so this event begins at the server's last start at the earliest.
    const began = Math.max(at, this.#upAt);
    const { id } = this.past.write(server, crashed(server, crash, aftermathOf(server)), began, {
      lasts: true,
    });
    if (aftermathOf(server) === 'open')
      this.#down.set(nodeStartsWithinMs, () => this.#staysDown(server.id, id));
  }

  #learned(server: Server, crash: Crash | null): void {
    const lasting = this.past.lasting(server.id, 'crashed');
    if (lasting === undefined) return;
    const { aftermath } = lasting.what;
    const seen = aftermathOf(server);
    // A start that ends at once belongs to the same crash. The node may give up only after it.
    const now = aftermath === 'open' || seen === 'stays-down' ? seen : aftermath;
    this.past.amend(lasting.id, crashed(server, crash, now));
  }

  #staysDown(serverId: string, id: string): void {
    const crash = this.past.lasting(serverId, 'crashed');
    if (crash?.id === id) this.past.amend(id, { ...crash.what, aftermath: 'stays-down' });
  }
}

function crashed({ fixIt }: Pick<Server, 'fixIt'>, crash: Crash | null, aftermath: Aftermath): Happening {
  const reason = fixIt?.kind;
  const about = fixIt?.about;
  return {
    kind: 'crashed',
    exitCode: crash?.exitCode ?? null,
    outOfMemory: crash?.outOfMemory ?? false,
    aftermath,
    ...(reason === undefined ? {} : { reason }),
    ...(about === undefined ? {} : { about }),
  };
}

function aftermathOf({ power, crash }: Pick<Server, 'power' | 'crash'>): Aftermath {
  if (power === 'starting') return 'starting';
  return crash?.isGivenUp === true ? 'stays-down' : 'open';
}

/** True if the crash lines arrived after the server was running again. */
function isStillUp(before: Server, after: Server): boolean {
  return before.power === 'running' && after.power === 'running';
}
