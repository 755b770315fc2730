import { nextWake, type RuleState } from './rule-state.js';

/** Rules with a run under way. Every line of a console and every change of a server asks for them. */
export class ActiveRuns {
  /** Rules with a run that more than time can move. */
  readonly #moving = new Map<string, RuleState>();
  /** Rules whose runs only wait for their turn: a night may have a thousand of them. */
  readonly #inLine = new Map<string, RuleState>();

  get all(): readonly RuleState[] {
    return [...this.#moving.values(), ...this.#inLine.values()];
  }

  get moving(): readonly RuleState[] {
    return [...this.#moving.values()];
  }

  get isEmpty(): boolean {
    return this.#moving.size + this.#inLine.size === 0;
  }

  set(id: string, state: RuleState): void {
    this.delete(id);
    if (!hasRun(state)) return;
    const runs = Object.values(state.lanes).flatMap(({ run }) => run ?? []);
    if (runs.some(({ phase }) => phase !== 'turn')) this.#moving.set(id, state);
    else this.#inLine.set(id, state);
  }

  delete(id: string): void {
    this.#moving.delete(id);
    this.#inLine.delete(id);
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
}

export function hasRun({ lanes }: Pick<RuleState, 'lanes'>): boolean {
  for (const id in lanes) if (lanes[id]?.run !== null) return true;
  return false;
}
