/**
 * Notes the hours of the day in which Perch runs and the computer is awake, so that a rule can say whether its hour is
 * among them (RULES "Where it runs").
 */
import { toProblem } from '../../../bridge/errors.js';
import type { Memory } from '../../../bridge/schema/memory.js';
import type { Clock, Log } from '../../base/ports.js';

type AwakeMemory = Pick<Memory, 'awakeHours'>;

export interface AwakeHoursDeps {
  readonly clock: Clock;
  readonly memory: {
    readonly current: AwakeMemory;
    update(change: () => AwakeMemory): Promise<unknown>;
  };
  readonly log: Log;
}

const lookMs = 5 * 60_000;
const hourMs = 3_600_000;
const hours = 24;

/** The hours with this moment in them; the same list if the disk has this hour of today. */
export function withAwake(known: readonly number[], wall: number): readonly number[] {
  const hour = new Date(wall).getHours();
  const age = wall - (known[hour] ?? 0);
  // The same hour of another day is 23 hours away or more. A negative age means that somebody set the clock back.
  if (age >= 0 && age < hourMs) return known;
  return Array.from({ length: hours }, (_, index) => (index === hour ? wall : (known[index] ?? 0)));
}

export class AwakeHours {
  #cancel: (() => void) | null = null;

  constructor(private readonly deps: AwakeHoursDeps) {}

  start(): void {
    this.#cancel = this.deps.clock.after(lookMs, () => {
      this.#note();
      this.start();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #note(): void {
    const { clock, memory, log } = this.deps;
    const next = withAwake(memory.current.awakeHours, clock.wall());
    if (next === memory.current.awakeHours) return;
    memory
      .update(() => ({ awakeHours: [...next] }))
      .catch((error: unknown) => log.warn('app.awake-not-remembered', { code: toProblem(error).code }));
  }
}
