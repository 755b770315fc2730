import { needsAttention, unseenTrouble } from '../../bridge/alerts/attention.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Memory } from '../../bridge/schema/memory.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { isNews } from '../../bridge/events/event-news.js';
import { isFiguresOnly } from '../../bridge/fleet/figures-only.js';
import { isNearLimit } from '../../bridge/fleet/shares.js';
import { Disposables } from '../base/disposables.js';
import { Observable } from '../base/observable.js';
import type { Clock } from '../base/ports.js';
import { Throttle } from '../base/throttle.js';
import type { EventsDeps } from '../events/events.js';

/** Shortest time between two counts. A large fleet brings dozens of changes per second at its start. */
const lookEveryMs = 1000;
/**
 * Shortest time between two looks at usage. Usage changes constantly, and each new count closes an open menu (PLATFORM
 * "Tray").
 */
const nearEveryMs = 30_000;

export interface CountsDeps {
  readonly store: EventsDeps['store'];
  readonly log: {
    readonly recent: readonly HistoryEvent[];
    listen(listener: () => void): () => void;
    onRecalled(listener: () => void): () => void;
  };
  readonly settings: {
    readonly current: Pick<Settings, 'dismissedFixes'>;
    listen(listener: () => void): () => void;
  };
  readonly memory: {
    readonly current: Pick<Memory, 'eventsSeenAt' | 'visits'>;
    listen(listener: () => void): () => void;
  };
  readonly clock: Clock;
  /** Id of the server that the main window shows. The user sees its events there. */
  readonly shownId: () => string | null;
}

/** The two counts of the tray: events that the user has not seen, and servers that need attention. */
export class Counts {
  readonly unseen = new Observable(0);
  readonly attention = new Observable<ReadonlySet<string>>(new Set());
  readonly #disposables = new Disposables();

  start(deps: CountsDeps): void {
    this.#disposables.add(countUnseen(deps, this.unseen), countAttention(deps, this.attention));
  }

  stop(): void {
    this.#disposables.dispose();
  }
}

/** Counts the events that may need an alert and that the user has not seen yet. Ends with the returned function. */
function countUnseen({ log, memory }: CountsDeps, count: Observable<number>): () => void {
  const look = (): void => {
    const { eventsSeenAt } = memory.current;
    const now = log.recent.filter((event) => event.at > eventsSeenAt && isNews(event)).length;
    if (now !== count.current) count.set(now);
  };
  look();
  const disposables = new Disposables();
  disposables.add(log.listen(look), log.onRecalled(look), memory.listen(look));
  return disposables.dispose;
}

/** Keeps the ids of servers that need attention, by the same rule as the windows. Ends with the returned function. */
function countAttention(
  { store, log, settings, memory, clock, shownId }: CountsDeps,
  ids: Observable<ReadonlySet<string>>,
): () => void {
  let near: ReadonlySet<string> = new Set();

  const look = ({ servers, accounts }: FleetState): void => {
    const unseen = unseenTrouble(log.recent, memory.current, clock.wall());
    const shown = shownId();
    const found = new Set<string>();
    for (const server of servers.values()) {
      const { id, accountId } = server;
      const isUnseen = unseen.has(id) && id !== shown;
      const facts = { isNear: near.has(id), isUnseen, settings: settings.current };
      if (needsAttention(server, accounts.get(accountId), facts)) found.add(id);
    }
    const isSame = found.size === ids.current.size && [...found].every((id) => ids.current.has(id));
    if (!isSame) ids.set(found);
  };

  const looks = new Throttle({ clock, everyMs: lookEveryMs, pass: look });
  const figures = new Throttle<FleetState>({
    clock,
    everyMs: nearEveryMs,
    pass: (state) => {
      near = new Set([...state.servers.values()].filter(isNearLimit).map(({ id }) => id));
      looks.push(state);
    },
  });
  const again = (): void => looks.push(store.state);

  figures.push(store.state);
  const disposables = new Disposables();
  disposables.add(
    store.listen(({ next, changes }) => {
      figures.push(next);
      if (!changes.every(isFiguresOnly)) looks.push(next);
    }),
    log.listen(again),
    log.onRecalled(again),
    settings.listen(again),
    memory.listen(again),
    () => looks.drop(),
    () => figures.drop(),
  );
  return disposables.dispose;
}
