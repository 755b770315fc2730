/** Since when the present process of each server runs. Times are monotonic times in ms. */
import type { PowerState, Server } from '../../bridge/schema/domain.js';

interface Process {
  /** The last known state; an unknown state in between may be of the same process. */
  readonly power: PowerState;
  /** When Perch first saw this process running; null = it does not run. */
  readonly seenAt: number | null;
  /** Whether Perch saw another state before, so that the process began then. */
  readonly isBegun: boolean;
}

export class Processes {
  readonly #known = new Map<string, Process>();
  readonly #signalledAt = new Map<string, number>();

  note({ id, power }: Pick<Server, 'id' | 'power'>, now: number): void {
    const before = this.#known.get(id);
    if (power === null || before?.power === power) return;
    const isRunning = power === 'running';
    this.#known.set(id, {
      power,
      seenAt: isRunning ? now : null,
      isBegun: isRunning && before !== undefined,
    });
  }

  delete(serverId: string): void {
    this.#known.delete(serverId);
    this.#signalledAt.delete(serverId);
  }

  /** Rules sent a signal, so the process is no older than that, whatever the panel says. */
  signalled(serverId: string, now: number): void {
    this.#signalledAt.set(serverId, now);
  }

  /** When the present process surely began at the earliest; null = it does not run, or nobody knows. */
  startedAt(server: Pick<Server, 'id' | 'power' | 'usage'>): number | null {
    if (server.power !== 'running') return null;
    const { seenAt, isBegun } = this.#known.get(server.id) ?? { seenAt: null, isBegun: false };
    const told = this.#toldStart(server);
    if (!isBegun || seenAt === null) return told;
    return told === null ? seenAt : Math.max(told, seenAt);
  }

  /** Since when the process has run at least: by its own figures, otherwise since Perch saw the process. */
  ranSince(server: Pick<Server, 'id' | 'power' | 'usage'>): number | null {
    if (server.power !== 'running') return null;
    const since = this.#toldStart(server) ?? this.#known.get(server.id)?.seenAt ?? null;
    return since === null ? null : Math.max(since, this.#signalledAt.get(server.id) ?? -Infinity);
  }

  /** By the process's own figures; null = they do not say, or are of the process before. */
  #toldStart({ id, usage }: Pick<Server, 'id' | 'usage'>): number | null {
    if (usage === null || usage.uptimeMs <= 0) return null;
    const { seenAt = null, isBegun = false } = this.#known.get(id) ?? {};
    const isBefore = isBegun && seenAt !== null && usage.at < seenAt;
    return isBefore ? null : usage.at - usage.uptimeMs;
  }
}
