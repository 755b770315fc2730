/**
 * The servers that the last bulk stop has stopped, so that the user can start exactly these again.
 *
 * Stored in the application memory. A server that runs again for any reason leaves the list.
 */
import type { PowerState } from '../../../bridge/schema/domain.js';
import type { Memory } from '../../../bridge/schema/memory.js';
import { toProblem } from '../../../bridge/errors.js';
import { Throttle } from '../../base/throttle.js';
import type { FleetEvent, FleetStore } from '../../fleet/store.js';
import type { Clock, Log } from '../../base/ports.js';

type Stopped = Memory['stoppedTogether'];

export interface StoppedTogetherDeps {
  store: Pick<FleetStore, 'listen'>;
  clock: Clock;
  log: Log;
  memory: {
    readonly current: Pick<Memory, 'stoppedTogether'>;
    update(patch: Pick<Memory, 'stoppedTogether'>): Promise<unknown>;
  };
}

/** Shortest time between two writes, in ms. A write during the run survives a crash. */
const writeEveryMs = 5000;
/** Time in ms after a signal during which a panel may still report the old state (PROTOCOL 2.3), plus a margin. */
const staleMs = 30_000;

export function isUp(power: PowerState | null | undefined): boolean {
  return power === 'running' || power === 'starting';
}

export class StoppedTogether {
  readonly #writes: Throttle<null>;
  readonly #unlisten: () => void;
  /** Value that is still missing in the memory; null = none. */
  #unwritten: { readonly value: Stopped } | null = null;
  /** List of the stop before, in case the last stop has stopped nothing. */
  #earlier: Stopped = null;
  readonly #sentAt = new Map<string, number>();

  constructor(private readonly deps: StoppedTogetherDeps) {
    this.#writes = new Throttle({ clock: deps.clock, everyMs: writeEveryMs, pass: () => this.write() });
    this.#unlisten = deps.store.listen((event) => this.seenUp(this.#risen(event)));
  }

  get current(): Stopped {
    return this.#unwritten === null ? this.deps.memory.current.stoppedTogether : this.#unwritten.value;
  }

  /** Records that the stop that began at `at` sends its signal to a running server. */
  sent(at: number, serverId: string): void {
    const { current } = this;
    if (current?.at !== at) {
      this.#earlier = current;
      this.#sentAt.clear();
    }
    this.#sentAt.set(serverId, this.deps.clock.now());
    const before = current?.at === at ? current.serverIds : [];
    this.#keep({ at, serverIds: [...before.filter((id) => id !== serverId), serverId] });
  }

  /** Removes the server from the list: the signal certainly did not reach it. */
  notSent(at: number, serverId: string): void {
    const { current } = this;
    if (current?.at === at) this.#keep(without(current, [serverId]) ?? this.#earlier);
  }

  seenUp(serverIds: readonly string[]): void {
    if (serverIds.length === 0) return;
    this.#keep(without(this.current, serverIds));
    this.#earlier = without(this.#earlier, serverIds);
  }

  /** Writes at once. */
  write(): void {
    const unwritten = this.#unwritten;
    if (unwritten === null) return;
    const { memory, log } = this.deps;
    memory
      .update({ stoppedTogether: unwritten.value })
      .catch((error: unknown) => log.warn('bulk.not-remembered', { code: toProblem(error).code }))
      .finally(() => {
        if (this.#unwritten === unwritten) this.#unwritten = null;
      });
  }

  /** Writes and ends. Call when Perch quits. */
  stop(): void {
    this.#unlisten();
    this.#writes.drop();
    this.write();
  }

  /** Servers that were down and now certainly run. */
  #risen({ changes, previous, next }: FleetEvent): string[] {
    const since = this.deps.clock.now() - staleMs;
    return changes.flatMap((change) => {
      if (change.kind !== 'server-patched' || !isUp(change.patch.power)) return [];
      const { serverId } = change;
      const before = previous.servers.get(serverId)?.power ?? null;
      if (isUp(before) || !isUp(next.servers.get(serverId)?.power)) return [];
      return before === 'offline' || (this.#sentAt.get(serverId) ?? 0) < since ? [serverId] : [];
    });
  }

  #keep(value: Stopped): void {
    if (value === this.current) return;
    this.#unwritten = { value };
    this.#writes.push(null);
  }
}

/** The list without these servers. Returns the same object if none was in it. */
function without(stopped: Stopped, serverIds: readonly string[]): Stopped {
  if (stopped === null) return null;
  const gone = new Set(serverIds);
  const left = stopped.serverIds.filter((id) => !gone.has(id));
  if (left.length === stopped.serverIds.length) return stopped;
  return left.length === 0 ? null : { ...stopped, serverIds: left };
}
