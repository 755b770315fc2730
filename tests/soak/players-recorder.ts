import type { FleetEvent } from '../../main/fleet/store.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { PlayersRecord, ShownCount } from './transcript.js';
import type { Timeline } from './timeline.js';

/** The true players of one game. */
export interface GameCourse {
  readonly players: Timeline<number>;
  readonly blocked: Timeline<boolean>;
}

/** Records what Perch asks games, and shows and logs about players. Times count from the start of the history. */
export class PlayersRecorder implements PlayersRecord {
  readonly games = new Map<string, GameCourse>();
  readonly counts = new Map<string, ShownCount[]>();
  readonly questions: { at: number; serverId: string; isInSight: boolean }[] = [];
  readonly emptySignals: { at: number; serverId: string; minutes: number }[] = [];
  readonly entries: { at: number; serverId: string; kind: string }[] = [];

  constructor(private readonly time: { readonly now: number }) {}

  follow(serverId: string, { players, blocked }: GameCourse): void {
    this.games.set(serverId, { players, blocked });
    this.counts.set(serverId, []);
  }

  asked(serverId: string, isInSight: boolean): void {
    this.questions.push({ at: this.time.now, serverId, isInSight });
  }

  /** Records the changes of the store. `clock` = the time of Perch's clock now, in which rows tell ages. */
  changed({ previous, next, changes }: FleetEvent, clock: number): void {
    for (const change of changes) {
      if (change.kind === 'usage' || !('serverId' in change)) continue;
      const [before, server] = [previous.servers.get(change.serverId), next.servers.get(change.serverId)];
      const players = server?.players ?? null;
      if (players === (before?.players ?? null) && server?.power === before?.power) continue;
      this.counts.get(change.serverId)?.push({
        at: this.time.now,
        count: players?.count ?? null,
        seenAt: this.time.now - (clock - (players?.seenAt ?? clock)),
        power: server?.power ?? null,
      });
    }
  }

  /** Perch sends a signal because nobody was on. */
  foundEmpty(serverId: string, minutes: number): void {
    this.emptySignals.push({ at: this.time.now, serverId, minutes });
  }

  /** Perch ends, and shows no rows until its next start. */
  closed(): void {
    const at = this.time.now;
    for (const counts of this.counts.values()) counts.push({ at, count: null, seenAt: at, power: null });
  }

  /** Records a new entry of the event log. */
  entry({ what: { kind }, serverId }: Pick<HistoryEvent, 'what' | 'serverId'>): void {
    if (serverId === null || !(kind.startsWith('players-') || kind === 'game-silent')) return;
    this.entries.push({ at: this.time.now, serverId, kind });
  }

  /** Keeps only the last count of each row. */
  forgetPast(isListed: (serverId: string) => boolean): void {
    this.questions.length = 0;
    this.entries.length = 0;
    this.emptySignals.length = 0;
    for (const [id, counts] of this.counts) {
      if (isListed(id)) counts.splice(0, counts.length - 1);
      else {
        this.counts.delete(id);
        this.games.delete(id);
      }
    }
  }
}
