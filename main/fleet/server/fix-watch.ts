import type { Crash, PowerState } from '../../../bridge/schema/domain.js';
import type { FixIt } from '../../../bridge/schema/fix-its.js';
import { featureSymptom, plainLine, symptomOf, type Symptom } from '../../../bridge/fix-its/symptoms.js';
import type { Clock } from '../../base/ports.js';
import type { ArrivingLine } from '../console/console-buffer.js';
import type { ServerRow } from './server-row.js';

/** So many lines before the one that names it are kept: a stack trace begins with what it is about. */
const before = 7;
/** After a crash so much is looked through of what the process said while it ran. */
const lastWords = 40;
/** A running server that its node stops for what a line names stops so soon after that line. */
const stopsWithinMs = 2000;
/** All that a node tells of a process that it could not even begin (PROTOCOL 4.6). */
const codeOfNoProcess = 1;

/** What a line of a running server names, with the lines before it. */
interface Doubted {
  readonly fixIt: FixIt;
  /** Monotonic time. */
  readonly at: number;
}

/**
 * Notices what keeps one server from running: in its lines, in what its node says, in how it crashed. Lines of a running
 * server are not looked at but for its last words, because players may write anything, and games print a lot. A game may
 * print the daemon's lines, too (PROTOCOL 4.12.8): while it runs they count only where it stops for them.
 */
export class FixWatch {
  readonly #clock: Clock;
  readonly #row: ServerRow;
  #last: string[] = [];
  /** Since it was last seen to start: a process that ran has said something. */
  #hasSpoken = true;
  /** A daemon's line of a running server, until the server stops or shows that it goes on. */
  #doubted: Doubted | null = null;

  constructor(clock: Clock, row: ServerRow) {
    this.#clock = clock;
    this.#row = row;
  }

  lines(lines: readonly ArrivingLine[]): void {
    const power = this.#row.now?.power ?? null;
    for (const { source, text } of lines) {
      if (source === 'install') continue;
      if (source !== 'daemon') this.#hasSpoken = true;
      this.#keep(text);
      if (power === null || (power === 'running' && source !== 'daemon')) continue;
      const symptom = symptomOf(text);
      if (symptom === null) continue;
      if (power === 'running') this.#doubt(symptom);
      else this.#found(symptom, this.#last.length - 1);
    }
  }

  /** A signal of the person ends the process: a line from before says nothing of that end. */
  ownSignal(): void {
    this.#doubted = null;
  }

  /** The node names it itself. */
  symptom(line: string, feature: string | null): void {
    if (this.#row.now?.power === 'running') return;
    const symptom = feature === null ? symptomOf(line) : featureSymptom(feature, line);
    if (symptom === null) return;
    this.#keep(line);
    this.#found(symptom, this.#last.length - 1);
  }

  /** Before the row shows the crash: who tells of it can say why. */
  crashed({ outOfMemory, exitCode, unseen }: Crash): void {
    if (unseen !== undefined || (this.#row.now?.fixIt ?? null) !== null) return;
    if (outOfMemory) return this.#found({ kind: 'memory' }, this.#last.length - 1);
    for (const [at, text] of this.#last.entries()) {
      const symptom = symptomOf(text);
      if (symptom !== null) return this.#found(symptom, at);
    }
    if (exitCode === codeOfNoProcess && !this.#hasSpoken)
      this.#found({ kind: 'image' }, this.#last.length - 1);
  }

  /** The row shows this state now; `from` is the one before. */
  power(from: PowerState | null, state: PowerState): void {
    if (state === from) return;
    this.#believe(state);
    // One that the node starts again after a crash has the same to say, and shows why until it runs.
    const isStart = state === 'starting' && from !== null;
    const isNew = isStart && (this.#row.now?.crashedAt ?? null) === null;
    if (state === 'running' || isNew) this.#forget();
    if (!isStart) return;
    this.#hasSpoken = false;
    this.#last = [];
  }

  #keep(text: string): void {
    this.#last.push(text);
    if (this.#last.length >= lastWords * 2) this.#last = this.#last.slice(-lastWords);
  }

  #doubt(symptom: Symptom): void {
    if ((this.#row.now?.pending ?? null) !== null) return;
    this.#doubted = { fixIt: this.#fixIt(symptom, this.#last.length - 1), at: this.#clock.now() };
  }

  /** Its node stops it, or it has ended: the line just before that was the node's own. */
  #believe(state: PowerState): void {
    const doubted = this.#doubted;
    this.#doubted = null;
    if (doubted === null || (state !== 'stopping' && state !== 'offline')) return;
    if (this.#clock.now() - doubted.at <= stopsWithinMs) this.#show(doubted.fixIt);
  }

  #found(symptom: Symptom, at: number): void {
    this.#show(this.#fixIt(symptom, at));
  }

  #fixIt(symptom: Symptom, at: number): FixIt {
    const lines = this.#last.slice(Math.max(0, at - before), at + 1).map(plainLine);
    return { ...symptom, at: this.#clock.now(), lines: lines.filter((line) => line !== '') };
  }

  #show(fixIt: FixIt): void {
    const known = this.#row.now?.fixIt ?? null;
    // What a first line says of it, the Java that it needs, counts for those that follow.
    if (known !== null && known.kind === fixIt.kind && known.java !== undefined) return;
    if (known?.kind === fixIt.kind && known.java === fixIt.java) return;
    this.#row.patch({ fixIt });
  }

  #forget(): void {
    this.#row.patch({ fixIt: null });
  }
}
