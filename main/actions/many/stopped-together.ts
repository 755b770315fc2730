/**
 * The servers that the last bulk stop has stopped, kept in the settings so that exactly these can be started again. One
 * that is seen running again, for whatever reason, no longer belongs to them.
 */
import type { PowerState } from '../../../bridge/schema/domain.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { toProblem } from '../../../bridge/errors.js';
import { Throttle } from '../../base/throttle.js';
import type { FleetEvent, FleetStore } from '../../fleet/store.js';
import type { Clock, Log } from '../../base/ports.js';

type Stopped = Settings['stoppedTogether'];

export interface StoppedTogetherDeps {
  store: Pick<FleetStore, 'listen'>;
  clock: Clock;
  log: Log;
  settings: {
    readonly current: Pick<Settings, 'stoppedTogether'>;
    update(patch: Pick<Settings, 'stoppedTogether'>): Promise<unknown>;
  };
}

/** It is written at most this often, so that it survives an end of Perch in between. */
const writeEveryMs = 5000;
/** For this long after a signal a panel may still tell the earlier state (PROTOCOL 2.3), with some time to spare. */
const staleMs = 30_000;

export function isUp(power: PowerState | null | undefined): boolean {
  return power === 'running' || power === 'starting';
}

export class StoppedTogether {
  readonly #deps: StoppedTogetherDeps;
  readonly #writes: Throttle<null>;
  readonly #unlisten: () => void;
  /** What is not in the settings yet. */
  #unwritten: { readonly value: Stopped } | null = null;
  /** What an earlier stop has stopped, in case the last one stops nothing after all. */
  #earlier: Stopped = null;
  readonly #sentAt = new Map<string, number>();

  constructor(deps: StoppedTogetherDeps) {
    this.#deps = deps;
    this.#writes = new Throttle({ clock: deps.clock, everyMs: writeEveryMs, pass: () => this.write() });
    this.#unlisten = deps.store.listen((event) => this.seenUp(this.#risen(event)));
  }

  get current(): Stopped {
    return this.#unwritten === null ? this.#deps.settings.current.stoppedTogether : this.#unwritten.value;
  }

  /** The stop that began at `at` goes out to a server that is up. */
  sent(at: number, serverId: string): void {
    const { current } = this;
    if (current?.at !== at) {
      this.#earlier = current;
      this.#sentAt.clear();
    }
    this.#sentAt.set(serverId, this.#deps.clock.now());
    const before = current?.at === at ? current.serverIds : [];
    this.#keep({ at, serverIds: [...before.filter((id) => id !== serverId), serverId] });
  }

  /** It has certainly not reached that server. */
  notSent(at: number, serverId: string): void {
    const { current } = this;
    if (current?.at === at) this.#keep(without(current, [serverId]) ?? this.#earlier);
  }

  seenUp(serverIds: readonly string[]): void {
    if (serverIds.length === 0) return;
    this.#keep(without(this.current, serverIds));
    this.#earlier = without(this.#earlier, serverIds);
  }

  /** Does not wait for its time. */
  write(): void {
    const unwritten = this.#unwritten;
    if (unwritten === null) return;
    const { settings, log } = this.#deps;
    settings
      .update({ stoppedTogether: unwritten.value })
      .catch((error: unknown) => log.warn('bulk.not-remembered', { code: toProblem(error).code }))
      .finally(() => {
        if (this.#unwritten === unwritten) this.#unwritten = null;
      });
  }

  /** Perch quits. */
  stop(): void {
    this.#unlisten();
    this.#writes.drop();
    this.write();
  }

  /** A server that did not run before, and certainly does now. */
  #risen({ changes, previous, next }: FleetEvent): string[] {
    const since = this.#deps.clock.now() - staleMs;
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

/** The same object where none of them is in it. */
function without(stopped: Stopped, serverIds: readonly string[]): Stopped {
  if (stopped === null) return null;
  const gone = new Set(serverIds);
  const left = stopped.serverIds.filter((id) => !gone.has(id));
  if (left.length === stopped.serverIds.length) return stopped;
  return left.length === 0 ? null : { ...stopped, serverIds: left };
}
