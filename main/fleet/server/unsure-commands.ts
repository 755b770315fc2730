import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import type { Clock } from '../../base/ports.js';
import type { OrderedCommands } from '../api.js';
import type { SessionSlot } from './session-slot.js';

/** Ms for which an unsure command is remembered. */
const keptMs = 10 * 60_000;

/** Commands to one server that may or may not have arrived. Perch asks before sending the same command again. */
export class UnsureCommands implements OrderedCommands {
  /** Made on first use, because most servers never lose a command. */
  #sentAt: Map<string, number> | null = null;
  #lostAt = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly slot: Pick<SessionSlot, 'isUnread'>,
  ) {}

  get lostAt(): number {
    return this.#lostAt;
  }

  /** Accepted commands were dropped. */
  dropped(): void {
    this.#lostAt = this.clock.now();
  }

  add(commands: readonly string[]): void {
    const sentAt = (this.#sentAt ??= new Map<string, number>());
    for (const command of commands) sentAt.set(keyOf(command), this.clock.now());
    this.dropped();
  }

  mayHaveArrived(command: string): boolean {
    const at = this.#sentAt?.get(keyOf(command));
    return (at !== undefined && this.clock.now() - at < keptMs) || this.slot.isUnread(command);
  }

  settle(command: string): void {
    this.#sentAt?.delete(keyOf(command));
  }

  /** An echo shows that a command arrived. Echoes in the history may belong to earlier commands. */
  sawLines(lines: readonly Pick<ConsoleLine, 'source' | 'text'>[]): void {
    if (this.#sentAt === null || this.#sentAt.size === 0) return;
    for (const { source, text } of lines) if (source === 'server') this.settle(text);
  }
}

/** Panels trim commands, so comparison ignores surrounding blanks. */
function keyOf(command: string): string {
  return command.trim();
}
