/** Keeps the lines of a server's console that Perch has in memory, for a person who looks after a crash. */
import { newProblem, PerchError } from '../../bridge/errors.js';
import { withoutEscapes } from '../../bridge/console/plain-line.js';
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import { sentence } from '../../messages/messages.js';
import type { Consoles } from '../fleet/api.js';

export interface KeepLogDeps {
  readonly consoles: Pick<Consoles, 'watch'>;
  /** Resolves when the lines are on disk. Rejects with `PerchError`. */
  write(serverId: string, lines: readonly string[]): Promise<unknown>;
}

/** Rejects with `PerchError`. */
export async function keepLog({ consoles, write }: KeepLogDeps, serverId: string): Promise<void> {
  let known: readonly ConsoleLine[] = [];
  const end = consoles.watch(serverId, {
    snapshot: (lines) => (known = lines),
    lines: () => undefined,
    link: () => undefined,
    reset: () => undefined,
  });
  end();
  if (known.length === 0) throw new PerchError(newProblem('not-found', sentence('own-rules.no-lines')));
  await write(
    serverId,
    known.map(({ text }) => withoutEscapes(text)),
  );
}
