import { programOf } from './program.js';
import { nextWake, type RuleFact, type RuleState } from './rule-state.js';
import type { Run } from './run-state.js';

/** Rules with a run under way. Every line of a console and every change of a server asks for them. */
export class ActiveRuns {
  /** Rules with a run that any fact can move. */
  readonly #moving = new Map<string, RuleState>();
  /** Rules whose runs only wait for the end of a backup: a night may have hundreds of them. */
  readonly #backingUp = new Map<string, RuleState>();
  /** Rules whose runs only wait for their turn: a night may have a thousand of them. */
  readonly #inLine = new Map<string, RuleState>();

  get all(): readonly RuleState[] {
    return [...this.#moving.values(), ...this.#backingUp.values(), ...this.#inLine.values()];
  }

  /** Those with a run that this fact can move. Time moves every run, by a timer of the driver. */
  movedBy({ kind }: RuleFact): readonly RuleState[] {
    if (kind !== 'backup') return [...this.#moving.values()];
    return [...this.#moving.values(), ...this.#backingUp.values()];
  }

  get isEmpty(): boolean {
    return this.#moving.size + this.#backingUp.size + this.#inLine.size === 0;
  }

  set(id: string, state: RuleState): void {
    this.delete(id);
    if (hasRun(state)) this.#placeOf(state).set(id, state);
  }

  delete(id: string): void {
    for (const place of [this.#moving, this.#backingUp, this.#inLine]) place.delete(id);
  }

  /** Monotonic time at which a run must hear of the time; null = never. */
  nextWake(): number | null {
    let first: number | null = null;
    for (const state of this.all) {
      const at = nextWake(state);
      if (at !== null && (first === null || at < first)) first = at;
    }
    return first;
  }

  #placeOf({ lanes, rule }: RuleState): Map<string, RuleState> {
    const runs = Object.values(lanes).flatMap(({ run }) => run ?? []);
    if (runs.every(({ phase }) => phase === 'turn')) return this.#inLine;
    const program = programOf(rule.steps);
    const isBackingUp = runs.every((run) => {
      const op = program[run.next];
      const isWait = op?.kind === 'step' && op.step.kind === 'wait' && op.step.sign.kind === 'backup';
      return run.phase === 'paused' && isWait && !hasSignals(run);
    });
    return isBackingUp ? this.#backingUp : this.#moving;
  }
}

/** A run that sent a signal must see each state of its server. */
function hasSignals({ signals }: Run): boolean {
  return Object.keys(signals).length > 0;
}

export function hasRun({ lanes }: Pick<RuleState, 'lanes'>): boolean {
  for (const id in lanes) if (lanes[id]?.run !== null) return true;
  return false;
}
