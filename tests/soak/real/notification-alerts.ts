import type { Alert } from '../../../main/alerts/alert.js';
import type { RunEnd } from '../model/game-process.js';
import type { Recorder } from '../recorder.js';
import { panelOf, readNotification, type NamedServer } from './read-notification.js';

/** Notification on the desktop, with the time of the history. */
export interface Notified {
  readonly summary: string;
  readonly body: string;
  readonly at: number;
}

export interface EndedServer extends NamedServer {
  readonly ends: readonly RunEnd[];
}

/**
 * Servers join the shared alert of their node for a minute, and its update waits 15 s at most (`main/alerts`). The
 * rest is for a busy computer.
 */
const joinsMs = 90_000;

/** Shared alert of a node. */
interface Shared {
  readonly at: number;
  readonly ids: readonly string[];
}

/**
 * Notifications of a whole history as alerts of its recorder.
 * A notification has no id, so the true ends of the servers decide which notification follows up another.
 */
export class NotificationAlerts {
  readonly #servers: readonly EndedServer[];
  readonly #recorder: Recorder;
  /** Time of the last alert about an end, by server. */
  readonly #toldAt = new Map<string, number>();
  readonly #shared: Shared[] = [];

  constructor(servers: readonly EndedServer[], recorder: Recorder) {
    this.#servers = servers;
    this.#recorder = recorder;
  }

  /** Records the notifications, oldest first. */
  record(notifications: readonly Notified[]): void {
    for (const one of notifications) this.#record(one);
  }

  #record(notified: Notified): void {
    const { at, summary } = notified;
    const told = readNotification(notified, this.#servers);
    if (told === null) this.#recorder.uncaught.push(`Nobody knows the notification "${summary}".`);
    const [first] = told?.servers ?? [];
    if (told === null || first === undefined) return;
    const { says, servers, unnamed } = told;
    const ids = servers.map(({ id }) => id);
    const serverIds = [...ids, ...unnamed.map(({ id }) => id)];
    this.#recorder.events.push({ at, text: `ALERT ${says}`, about: first.id });
    const panel = panelOf(first);
    const id = `${says} ${at}`;
    const kind = kindOf(says);
    this.#recorder.shownAlerts.push({ at, id, kind, phase: 'news', panel, serverIds, says, node: null });
    const known = says === 'alerts.many' ? this.#updatedBy(ids, at) : [];
    for (const server of servers) {
      if (!known.includes(server.id) && !this.#isFollowUp(says, server, at))
        this.#recorder.said(server.id, says, at);
      this.#toldAt.set(server.id, at);
    }
  }

  /** Servers of the earlier shared alert that the shared alert of these servers updates. */
  #updatedBy(ids: readonly string[], at: number): readonly string[] {
    const earlier = this.#shared.findLast(
      (one) => at - one.at < joinsMs && one.ids.every((id) => ids.includes(id)),
    );
    this.#shared.push({ at: earlier?.at ?? at, ids });
    return earlier?.ids ?? [];
  }

  /** Whether the alert says that a server stays down after a crash that had its alert already. */
  #isFollowUp(says: string, { id, ends }: EndedServer, at: number): boolean {
    if (says !== 'events.stays-down') return false;
    const crash = ends.findLast((end) => end.kind === 'crash' && end.at <= at);
    const toldAt = this.#toldAt.get(id);
    return crash !== undefined && toldAt !== undefined && toldAt >= crash.at;
  }
}

function kindOf(says: string): Alert['kind'] {
  if (says === 'events.stays-down') return 'stays-down';
  return says === 'events.stopped' || says === 'events.killed' ? 'stopped' : 'crashed';
}
