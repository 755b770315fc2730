/** Crashes of one server, and ends that nobody saw, as they go into the log: with what follows them. */
import type { Aftermath, Happening } from '../../bridge/schema/events.js';
import type { Crash, Server } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import { sameCrashMs } from './ended-crashes.js';
import type { ServerPast } from './server-past.js';

/** A node starts a crashed server again within a second, or not at all; what it reads from its panel before takes longer. */
const startsWithinMs = 10_000;

export class CrashPast {
  readonly #clock: Clock;
  readonly #past: ServerPast;
  readonly #down: Alarm;
  /** When it was seen to run again last. */
  #upAt = -Infinity;

  constructor(clock: Clock, past: ServerPast) {
    this.#clock = clock;
    this.#past = past;
    this.#down = new Alarm(clock);
  }

  stop(): void {
    this.#down.clear();
  }

  /** True where an end was told by this, so that nobody else has to. */
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
    if (after.crash !== before.crash) this.#learned(after, after.crash ?? null);
    return false;
  }

  /** Its row carries the mark no longer, while its host closes or installs it: nothing else of its process is told then. */
  cleared(before: Server, after: Server): void {
    if (before.crashedAt === null || after.crashedAt !== null) return;
    if (after.power === 'running') this.cameBack(after);
    else this.#setAside(after.id);
  }

  /** It starts without the person's signal. True where its node starts it after a crash, and not somebody else later. */
  startsAgain({ id }: Server): boolean {
    const crash = this.#past.lasting(id, 'crashed');
    if (crash === undefined) return false;
    const isByNode = this.#isNodeStarting(crash.what.aftermath);
    this.#down.clear();
    this.#past.amend(crash.id, { ...crash.what, aftermath: isByNode ? 'starting' : 'open' });
    return isByNode;
  }

  /** It runs. True where its node has brought it back after a crash, and not somebody else later. */
  cameBack({ id, power }: Server): boolean {
    const isByNode = this.#isNodeStarting(this.#past.lasting(id, 'crashed')?.what.aftermath);
    this.#down.clear();
    const now = this.#clock.now();
    if (power === 'running') this.#upAt = now;
    const crash = this.#past.lasting(id, 'crashed');
    if (crash !== undefined) this.#past.end(crash.id, now, { ...crash.what, aftermath: 'up' });
    const gone = this.#past.lasting(id, 'went-offline');
    if (gone !== undefined) this.#past.end(gone.id, now);
    return isByNode;
  }

  #isNodeStarting(aftermath: Aftermath | undefined): boolean {
    return aftermath === 'starting' || (aftermath === 'open' && this.#down.isSet);
  }

  /** An earlier run has written it down, and this one only marks the server again. */
  #isKnown({ lastRun }: Server, { id }: Server, at: number): boolean {
    if (lastRun?.crash?.at === at) return true;
    const wall = this.#past.wallOf(at);
    const open = [...this.#past.lastingOf(id, 'crashed'), ...this.#past.lastingOf(id, 'went-offline')];
    return open.some((event) => Math.abs(event.at - wall) < sameCrashMs);
  }

  /** The person has started or stopped it, and the crash is over: the row says so, too. */
  #setAside(serverId: string): void {
    this.#down.clear();
    const open = [
      ...this.#past.lastingOf(serverId, 'crashed'),
      ...this.#past.lastingOf(serverId, 'went-offline'),
    ];
    for (const { id } of open) this.#past.end(id, this.#clock.now());
  }

  #began(server: Server, at: number, crash: Crash | null): void {
    // The one before it is over: the server must have been up in between.
    this.cameBack(server);
    const unseen = crash?.unseen;
    if (unseen?.what === 'restarted') {
      const from = this.#past.wallOf(unseen.from);
      this.#past.write(server, { kind: 'restarted', by: { kind: 'unknown' }, from }, unseen.to);
      return;
    }
    if (unseen !== undefined) {
      const from = this.#past.wallOf(unseen.from);
      this.#past.write(server, { kind: 'went-offline', from }, unseen.to, { lasts: true });
      return;
    }
    // One soon after another carries the time of that one (`ExitWatch`), but it has run in between.
    const began = Math.max(at, this.#upAt);
    const { id } = this.#past.write(server, crashed(server, crash, aftermathOf(server)), began, {
      lasts: true,
    });
    if (aftermathOf(server) === 'open') this.#down.set(startsWithinMs, () => this.#staysDown(server.id, id));
  }

  #learned(server: Server, crash: Crash | null): void {
    const lasting = this.#past.lasting(server.id, 'crashed');
    if (lasting === undefined) return;
    const { aftermath } = lasting.what;
    const seen = aftermathOf(server);
    // A start that ends at once is the same crash, which the node may give up on only then.
    const now = aftermath === 'open' || seen === 'stays-down' ? seen : aftermath;
    this.#past.amend(lasting.id, crashed(server, crash, now));
  }

  #staysDown(serverId: string, id: string): void {
    const crash = this.#past.lasting(serverId, 'crashed');
    if (crash?.id === id) this.#past.amend(id, { ...crash.what, aftermath: 'stays-down' });
  }
}

function crashed({ fixIt }: Pick<Server, 'fixIt'>, crash: Crash | null, aftermath: Aftermath): Happening {
  const reason = fixIt?.kind;
  return {
    kind: 'crashed',
    exitCode: crash?.exitCode ?? null,
    outOfMemory: crash?.outOfMemory ?? false,
    aftermath,
    ...(reason === undefined ? {} : { reason }),
  };
}

function aftermathOf({ power, crash }: Pick<Server, 'power' | 'crash'>): Aftermath {
  if (power === 'starting') return 'starting';
  return crash?.isGivenUp === true ? 'stays-down' : 'open';
}

/** Its crash lines came when it ran again already. */
function isStillUp(before: Server, after: Server): boolean {
  return before.power === 'running' && after.power === 'running';
}
