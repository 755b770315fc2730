import type { PlanMissed } from '../../bridge/schema/backup-plans.js';
import type { Sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import type { Emitter } from '../base/emitter.js';
import type { Clock } from '../base/ports.js';
import type { ReportedFact } from '../base/server-fact.js';

export interface PlanTroublesDeps {
  readonly clock: Clock;
  readonly facts: Pick<Emitter<ReportedFact>, 'emit'>;
}

/**
 * Perch notifies about missed backups once no other came for so many ms, because the servers of a panel follow each other
 * with pauses.
 */
const gatherMs = 120_000;
/** The same for backups that a closed Perch or a sleep missed: these are all known at once. */
const gatherClosedMs = 5000;
/** Longest time in ms in which they are gathered: the line of a panel lasts an hour. */
const mostMs = 3_600_000;

interface Gathered {
  readonly problems: Map<string, Sentence | null>;
  readonly alarm: Alarm;
  /** Monotonic time at which they are reported at the latest. */
  readonly until: number;
}

/** Tells missed backups once for all servers together, and a refusal only once until another result. */
export class PlanTroubles {
  readonly #gathered = new Map<PlanMissed, Gathered>();
  /** Message of the last reported refusal, by server. */
  readonly #refusals = new Map<string, string>();

  #isStopped = false;

  constructor(private readonly deps: PlanTroublesDeps) {}

  add(serverId: string, outcome: PlanMissed, problem: Sentence | null): void {
    if (outcome === 'refused' && this.#refusals.get(serverId) === problem?.id) return;
    if (problem !== null) this.#refusals.set(serverId, problem.id);
    const { clock } = this.deps;
    const gathered = this.#gathered.get(outcome) ?? {
      problems: new Map<string, Sentence | null>(),
      alarm: new Alarm(clock),
      until: clock.now() + mostMs,
    };
    this.#gathered.set(outcome, gathered);
    const { problems, alarm, until } = gathered;
    problems.set(serverId, problem);
    if (this.#isStopped) return this.#tell(outcome);
    const ms = Math.min(outcome === 'closed' ? gatherClosedMs : gatherMs, until - clock.now());
    alarm.set(Math.max(0, ms), () => this.#tell(outcome));
  }

  /** The panel makes the backup of this server. */
  begun(serverId: string): void {
    this.#refusals.delete(serverId);
  }

  /** Reports the gathered troubles. From now on, a missed backup is reported at once. */
  stop(): void {
    this.#isStopped = true;
    for (const outcome of [...this.#gathered.keys()]) this.#tell(outcome);
  }

  #tell(why: PlanMissed): void {
    const gathered = this.#gathered.get(why);
    if (gathered === undefined) return;
    const { problems, alarm } = gathered;
    alarm.clear();
    this.#gathered.delete(why);
    const [first = null, ...others] = problems.values();
    const isSame = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
    const serverIds = [...problems.keys()];
    const fact = { kind: 'plan-missed', why, serverIds, problem: isSame ? first : null } as const;
    for (const serverId of serverIds.slice(0, 1)) this.deps.facts.emit({ serverId, fact });
  }
}
