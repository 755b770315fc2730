/**
 * Runs a pattern as a nondeterministic automaton: follows all paths at once and never backtracks.
 * The time grows with pattern size × text length, and with lookarounds by the text length once more; each step
 * draws from the budget. A hostile egg cannot freeze the window.
 */
import type { Budget } from './budget.js';
import { unsupported, widthOf, type CodeSet, type PatternNode, type PlaceTest } from './pattern.js';

type State =
  | { kind: 'set'; has: CodeSet; next: number }
  | { kind: 'fork'; one: number; other: number }
  | { kind: 'place'; test: PlaceTest; next: number }
  | { kind: 'look'; ways: { entry: number; back: number }[]; negative: boolean; next: number }
  | { kind: 'found' };

export interface Machine {
  states: readonly State[];
  entry: number;
  anchored: boolean;
  isWord: CodeSet;
}

/** Builds states from the end of the pattern: each part gets the state that follows it. */
class Builder {
  readonly states: State[] = [];

  constructor(private readonly budget: Budget) {}

  add(state: State): number {
    return this.states.push(state) - 1;
  }

  build(node: PatternNode, next: number): number {
    if (!this.budget.take(1)) return unsupported();
    switch (node.kind) {
      case 'set':
        return this.add({ kind: 'set', has: node.has, next });
      case 'place':
        return this.add({ kind: 'place', test: node.test, next });
      case 'sequence':
        return node.parts.reduceRight((follow, part) => this.build(part, follow), next);
      case 'choice':
        return node.options
          .map((option) => this.build(option, next))
          .reduceRight((other, one) => this.add({ kind: 'fork', one, other }));
      case 'repeat':
        return this.buildRepeat(node, next);
      case 'look': {
        const ways = node.parts.map((part) => ({
          entry: this.build(part, this.add({ kind: 'found' })),
          back: node.behind ? (widthOf(part) ?? unsupported()) : 0,
        }));
        return this.add({ kind: 'look', ways, negative: node.negative, next });
      }
    }
  }

  private buildRepeat(
    { part, min, max }: { part: PatternNode; min: number; max: number },
    next: number,
  ): number {
    let entry = next;
    if (max === Infinity) {
      const loop = { kind: 'fork' as const, one: next, other: next };
      entry = this.add(loop);
      loop.one = this.build(part, entry);
    } else {
      for (let time = min; time < max; time += 1) {
        entry = this.add({ kind: 'fork', one: this.build(part, entry), other: next });
      }
    }
    for (let time = 0; time < min; time += 1) {
      const before = this.states.length;
      entry = this.build(part, entry);
      // A part without states matches only the empty text; repetition has no effect.
      if (this.states.length === before) break;
    }
    return entry;
  }
}

/** Throws a `PatternTrouble` if the pattern exceeds the budget. */
export function buildMachine(node: PatternNode, anchored: boolean, isWord: CodeSet, budget: Budget): Machine {
  const builder = new Builder(budget);
  const entry = builder.build(node, builder.add({ kind: 'found' }));
  return { states: builder.states, entry, anchored, isWord };
}

class Run {
  private readonly looks = new Map<string, boolean>();

  constructor(
    private readonly machine: Machine,
    private readonly codes: readonly number[],
    private readonly budget: Budget,
  ) {}

  /**
   * True if the text matches from the state `entry` on: at position `from` if `anchored`, otherwise at `from` or
   * later.
   */
  search(entry: number, from: number, anchored: boolean): boolean {
    let current = new Set<number>();
    for (let at = from; at <= this.codes.length; at += 1) {
      if (at === from || !anchored) {
        if (this.follow(entry, at, current)) return true;
      }
      if (current.size === 0 && anchored) return false;
      const code = this.codes[at];
      if (code === undefined) return false;
      const following = new Set<number>();
      for (const index of current) {
        const state = this.machine.states[index];
        if (state?.kind !== 'set' || !state.has(code)) continue;
        if (this.follow(state.next, at + 1, following)) return true;
      }
      current = following;
    }
    return false;
  }

  /** Adds all states that are reachable without taking a code. Returns true if the end of the pattern is among them. */
  private follow(entry: number, at: number, reached: Set<number>): boolean {
    const open = [entry];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (reached.has(index)) continue;
      reached.add(index);
      if (!this.budget.take(1)) return unsupported();
      const state = this.machine.states[index];
      if (state === undefined || state.kind === 'found') return true;
      if (state.kind === 'fork') open.push(state.other, state.one);
      else if (state.kind === 'place' && this.holds(state.test, at)) open.push(state.next);
      else if (state.kind === 'look' && this.sees(index, state.ways, at) !== state.negative)
        open.push(state.next);
    }
    return false;
  }

  private sees(index: number, ways: readonly { entry: number; back: number }[], at: number): boolean {
    const key = `${String(index)}:${String(at)}`;
    const known = this.looks.get(key);
    if (known !== undefined) return known;
    const seen = ways.some(({ entry, back }) => at >= back && this.search(entry, at - back, true));
    this.looks.set(key, seen);
    return seen;
  }

  private holds(test: PlaceTest, at: number): boolean {
    const { length } = this.codes;
    switch (test) {
      case 'start':
        return at === 0;
      case 'end':
        return at === length;
      case 'end-or-newline':
        return at === length || (at === length - 1 && this.codes[at] === 10);
      case 'line-start':
        return at === 0 || (this.codes[at - 1] === 10 && at < length);
      case 'line-end':
        return at === length || this.codes[at] === 10;
      case 'word-edge':
        return this.isWord(at - 1) !== this.isWord(at);
      case 'no-word-edge':
        return this.isWord(at - 1) === this.isWord(at);
    }
  }

  private isWord(at: number): boolean {
    const code = this.codes[at];
    return code !== undefined && this.machine.isWord(code);
  }
}

/** Throws a `PatternTrouble` if the run exceeds the budget. */
export function runMachine(machine: Machine, codes: readonly number[], budget: Budget): boolean {
  return new Run(machine, codes, budget).search(machine.entry, 0, machine.anchored);
}
