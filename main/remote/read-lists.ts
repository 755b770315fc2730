/** Waits while Perch reads a list of each server in turn, and reports the progress. */
import type { Server } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';

export interface ReadListsDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
}

interface Lists {
  /** Reads the lists until the returned function is called. */
  show(look: () => void): () => void;
  /** Whether the list can be read, and was old or unknown at `askedAt` (monotonic time). */
  isAwaited(server: Server, askedAt: number): boolean;
}

interface Wait {
  /** Longest time in ms; null = no limit. */
  readonly withinMs: number | null;
  /** Resolves when the client has gone. */
  readonly ended: Promise<void>;
  /** Called from time to time with the number of lists that are still awaited. */
  tell(awaited: number): void;
}

/** Time between two reports of the progress, in ms. */
const tellEveryMs = 5000;

/** Resolves when all readable lists are read, after `withinMs`, or when the client has gone. */
export async function readLists(
  { store, clock }: ReadListsDeps,
  lists: Lists,
  { withinMs, ended, tell }: Wait,
): Promise<void> {
  const askedAt = clock.now();
  const awaited = (): number =>
    [...store.state.servers.values()].filter((server) => lists.isAwaited(server, askedAt)).length;
  const progress = new Alarm(clock);
  const end = new Alarm(clock);
  const tellOn = (): void => {
    tell(awaited());
    progress.set(tellEveryMs, tellOn);
  };
  progress.set(tellEveryMs, tellOn);
  let unlisten: (() => void)[] = [];
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (awaited() === 0) resolve();
    };
    unlisten = [lists.show(look), store.listen(look)];
    if (withinMs !== null) end.set(withinMs, resolve);
    void ended.then(resolve);
    look();
  });
  for (const stop of unlisten) stop();
  progress.clear();
  end.clear();
}
