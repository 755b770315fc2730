import type { ConsoleLine } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';

/** Nobody remembers longer what was sent then. */
const keptMs = 10 * 60_000;

/** Commands to one server that may or may not have arrived: the same one is not sent again without asking. */
export class UnsureCommands {
  readonly #clock: Clock;
  readonly #sentAt = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(commands: readonly string[]): void {
    for (const command of commands) this.#sentAt.set(keyOf(command), this.#clock.now());
  }

  has(command: string): boolean {
    const at = this.#sentAt.get(keyOf(command));
    return at !== undefined && this.#clock.now() - at < keptMs;
  }

  /** The person has decided. */
  settle(command: string): void {
    this.#sentAt.delete(keyOf(command));
  }

  /** An echo shows that a command has arrived; one in the history may be of an earlier one. */
  sawLines(lines: readonly Pick<ConsoleLine, 'source' | 'text'>[]): void {
    if (this.#sentAt.size === 0) return;
    for (const { source, text } of lines) if (source === 'server') this.settle(text);
  }
}

/** Panels trim what they pass on, so the two ways are compared without the blanks around it. */
function keyOf(command: string): string {
  return command.trim();
}
