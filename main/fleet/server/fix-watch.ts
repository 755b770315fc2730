import type { PowerState } from '../../../bridge/schema/domain.js';
import type { Crash } from '../../../bridge/schema/process-end.js';
import type { FixIt } from '../../../bridge/schema/fix-its.js';
import {
  featureSymptom,
  plainLine,
  isAtLeastAsSpecific,
  symptomOf,
  type Symptom,
} from '../../../bridge/fix-its/symptoms.js';
import type { Clock } from '../../base/ports.js';
import type { ArrivingLine } from '../console/console-buffer.js';
import { newestId, type SentAfter } from '../process/sent-signals.js';
import type { ServerRow } from './server-row.js';
import { stopsAfterLineMs } from '../process/limits.js';

/** Lines kept before the line with the symptom, because a stack trace begins with its cause. */
const before = 7;
/** Last lines of the process to search after a crash. */
const lastWords = 40;
/** Exit code of a process that the node could not start. The node gives no other sign (PROTOCOL 4.6). */
const codeOfNoProcess = 1;
/** Exit code of a process that somebody killed: 128 and the number of the signal. */
const codeOfKill = 137;

/** A symptom from a line of a running server, with the lines before. */
interface Doubted {
  readonly fixIt: FixIt;
  /** Monotonic time. */
  readonly at: number;
  /** The last signal of the user before the line. */
  readonly earlierId: number;
}

/**
 * Finds out why one server does not run, from its lines, the node's errors and its crashes.
 * Ignores the lines of a running server except the last ones, because players can write anything and games print a lot.
 * A game may also print daemon lines (PROTOCOL 4.12.8): while the server runs they count only if the server then stops.
 * A line that a server can survive, such as a plugin that does not load, counts once the process has ended.
 */
export class FixWatch {
  #last: string[] = [];
  /** True once the process has printed a line since its last seen start. */
  #hasSpoken = true;
  /**
   * A daemon line of a running server. Perch believes the line if the server stops next, and drops it if the server
   * keeps running.
   */
  #doubted: Doubted | null = null;
  /** The most telling line of this start that the server can survive. */
  #survived: FixIt | null = null;
  /** The last signal of the user before this start. */
  #earlierId: number | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly row: ServerRow,
    private readonly sentAfter: SentAfter,
  ) {}

  lines(lines: readonly ArrivingLine[]): void {
    const power = this.row.now?.power ?? null;
    for (const { source, text } of lines) {
      if (source === 'install') continue;
      if (source !== 'daemon') this.#hasSpoken = true;
      this.#keep(text);
      if (power === null || (power === 'running' && source !== 'daemon')) continue;
      const symptom = symptomOf(text);
      if (symptom === null) continue;
      if (power === 'running') this.#doubt(symptom);
      else if (symptom.isSurvivable !== true) this.#found(symptom, this.#last.length - 1);
      else if (this.#survived === null || !isAtLeastAsSpecific(this.#survived.kind, symptom.kind))
        this.#survived = this.#fixIt(symptom, this.#last.length - 1);
    }
  }

  /** The node itself named the problem. */
  symptom(line: string, feature: string | null): void {
    if (this.row.now?.power === 'running') return;
    const symptom = feature === null ? symptomOf(line) : featureSymptom(feature, line);
    if (symptom === null) return;
    this.#keep(line);
    this.#found(symptom, this.#last.length - 1);
  }

  /** Call before the row shows the crash, so that the notification can include the reason. */
  crashed({ outOfMemory, exitCode, unseen }: Crash): void {
    if (unseen !== undefined || (this.row.now?.fixIt ?? null) !== null) return;
    const last = this.#last.length - 1;
    if (outOfMemory) return this.#found({ kind: 'memory' }, last);
    const fixIt = this.#mostTelling();
    if (fixIt !== null) return this.#show(fixIt);
    if (exitCode === codeOfNoProcess && !this.#hasSpoken) this.#found({ kind: 'image' }, last);
    if (exitCode === codeOfKill) this.#found({ kind: 'killed' }, last);
  }

  /** The row changes from state `from` to `state`. */
  power(from: PowerState | null, state: PowerState): void {
    if (state === from) return;
    this.#believe(state);
    if (from === 'starting' && state === 'offline') this.#startEnded();
    // A restart by the node after a crash keeps the reason until the server runs.
    const isStart = state === 'starting' && from !== null;
    const isNew = isStart && (this.row.now?.crashedAt ?? null) === null;
    if (state === 'running' || isNew) this.#forget();
    if (state === 'running') this.#survived = null;
    if (!isStart) return;
    this.#hasSpoken = false;
    this.#last = [];
    this.#survived = null;
    this.#earlierId = newestId(this.sentAfter);
  }

  /**
   * A node that detects no crashes reports nothing else about a start that failed. A start that the user ended leaves no
   * reason, and no crash either.
   */
  #startEnded(): void {
    if (this.#earlierId === null) return;
    if (this.sentAfter(this.#earlierId).length > 0) this.#forget();
    else if (this.#survived !== null && (this.row.now?.fixIt ?? null) === null) this.#show(this.#survived);
  }

  /** The cause in the lines of the ended process that says most; the first of several alike. */
  #mostTelling(): FixIt | null {
    let best = this.#survived;
    for (const [at, text] of this.#last.entries()) {
      const symptom = symptomOf(text);
      if (symptom !== null && (best === null || !isAtLeastAsSpecific(best.kind, symptom.kind)))
        best = this.#fixIt(symptom, at);
    }
    return best;
  }

  #keep(text: string): void {
    this.#last.push(text);
    if (this.#last.length >= lastWords * 2) this.#last = this.#last.slice(-lastWords);
  }

  #doubt(symptom: Symptom): void {
    if ((this.row.now?.pending ?? null) !== null) return;
    this.#doubted = {
      fixIt: this.#fixIt(symptom, this.#last.length - 1),
      at: this.clock.now(),
      earlierId: newestId(this.sentAfter),
    };
  }

  /** The node stops the server, or the server ended: a daemon line just before was genuine. */
  #believe(state: PowerState): void {
    const doubted = this.#doubted;
    this.#doubted = null;
    if (doubted === null || (state !== 'stopping' && state !== 'offline')) return;
    // The user's own signal ends the process, so the earlier line does not explain that end.
    if (this.sentAfter(doubted.earlierId).length > 0) return;
    if (this.clock.now() - doubted.at <= stopsAfterLineMs) this.#show(doubted.fixIt);
  }

  #found(symptom: Symptom, at: number): void {
    this.#show(this.#fixIt(symptom, at));
  }

  #fixIt({ isSurvivable: _isSurvivable, ...cause }: Symptom, at: number): FixIt {
    const lines = this.#last.slice(Math.max(0, at - before), at + 1).map(plainLine);
    return { ...cause, at: this.clock.now(), lines: lines.filter((line) => line !== '') };
  }

  #show(fixIt: FixIt): void {
    const known = this.row.now?.fixIt ?? null;
    // The first line about this problem has the detail (the required Java version); later lines do not replace it.
    if (known !== null && known.kind === fixIt.kind && known.java !== undefined) return;
    if (known?.kind === fixIt.kind && known.java === fixIt.java && known.about === fixIt.about) return;
    this.row.patch({ fixIt });
  }

  #forget(): void {
    this.row.patch({ fixIt: null });
  }
}
