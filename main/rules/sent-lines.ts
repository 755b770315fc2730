/**
 * Texts that rules sent to servers a moment ago. A game prints them in its console, and a rule that took them for news
 * would answer itself forever, or two rules each other.
 */
import type { Clock } from '../base/ports.js';
import type { SentOrder } from './run-state.js';

/** A console repeats a command within this time in ms. */
const echoMs = 30_000;
/** Newest texts that are remembered for each server. */
const mostTexts = 20;

interface SentLine {
  readonly text: string;
  /** Monotonic time. */
  readonly at: number;
}

export class SentLines {
  readonly #said = new Map<string, readonly SentLine[]>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** Call before the order leaves: the console may be faster than the answer. */
  add({ serverId, act }: SentOrder): void {
    const text = textOf(act);
    // Every line contains an empty text.
    if (text === null || text === '') return;
    this.#said.set(serverId, [...this.#of(serverId), { text, at: this.clock.now() }].slice(-mostTexts));
  }

  /** Whether the line has a text that a rule said on this server. */
  isEcho(serverId: string, line: string): boolean {
    return this.#said.has(serverId) && this.#of(serverId).some(({ text }) => line.includes(text));
  }

  /** Forgets texts that are too old to come back. */
  #of(serverId: string): readonly SentLine[] {
    const now = this.clock.now();
    const recent = (this.#said.get(serverId) ?? []).filter(({ at }) => now - at <= echoMs);
    if (recent.length === 0) this.#said.delete(serverId);
    return recent;
  }
}

/** The words of the order as a game repeats them: `say Hello` becomes `[Server] Hello`. */
function textOf(act: SentOrder['act']): string | null {
  if (act.kind === 'warn') return act.text.trim();
  if (act.kind !== 'command') return null;
  const command = act.command.trim();
  const space = command.indexOf(' ');
  return space < 0 ? command : command.slice(space).trim();
}
