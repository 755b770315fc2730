import type { PowerSignal, PowerState } from '../../../bridge/schema/domain.js';
import type { Activity } from '../../../sandbox/wings/api.js';
import type { Author, RunEnd } from '../model/game-process.js';
import { Timeline } from '../timeline.js';

/** User of the sandbox whose key Perch uses. */
export const perchUser = 'olive';

/** Maximum time between an accepted signal and its state change, in ms. */
const effectMs = 2000;
const endings: readonly string[] = ['stop', 'restart', 'kill'];

interface Done extends Activity {
  readonly at: number;
}

/** True course of one server, as the sandbox reports it, oldest first. */
export class Course {
  readonly states = new Timeline<PowerState>(0, 'offline');
  readonly #activities: Done[] = [];
  /** Times when the server's node went down with it. */
  readonly #cuts = new Set<number>();

  became(at: number, state: PowerState): void {
    this.states.set(at, state);
  }

  /** Records a finished action; this may be long after its request. */
  did(at: number, activity: Activity): void {
    this.#activities.push({ ...activity, at });
  }

  /** `began` = time before the node went down. The server may have changed between that time and the end. */
  cut(began: number): void {
    if (this.states.now === 'offline') return;
    const at = Math.max(began, this.states.since);
    this.states.set(at, 'offline');
    this.#cuts.add(at);
  }

  /** How each run ended. */
  get ends(): RunEnd[] {
    const { spans } = this.states;
    return spans.flatMap(({ at, value }, index): RunEnd[] => {
      const before = spans[index - 1];
      if (value !== 'offline' || before === undefined) return [];
      const isCut = this.#cuts.has(at);
      if (isCut || before.value === 'stopping') {
        const by = isCut ? 'host' : this.#whoStopped(before.at);
        return [{ at, kind: 'wanted', by, from: before.value, hasLines: false }];
      }
      return [{ at, kind: 'crash', by: null, from: before.value, hasLines: true }];
    });
  }

  /** Perch's actions that changed a state. */
  get ofPerch(): { at: number; what: PowerSignal | { command: string } }[] {
    return this.#activities
      .filter((activity) => activity.by === perchUser && this.#changed(activity))
      .map(({ at, what }) => ({ at, what: 'signal' in what ? (what.signal as PowerSignal) : what }))
      .sort((a, b) => a.at - b.at);
  }

  #whoStopped(stoppingAt: number): Author {
    const activity = this.#activities.findLast(
      ({ at, what }) =>
        'signal' in what && endings.includes(what.signal) && at <= stoppingAt && stoppingAt < at + effectMs,
    );
    if (activity === undefined) return 'host';
    return activity.by === perchUser ? 'perch' : 'somebody';
  }

  /** Whether an action had an effect; stopping an offline server, for example, has none. */
  #changed({ at, before, what }: Done): boolean {
    if ('command' in what) return true;
    const starts = before === 'offline' && (what.signal === 'start' || what.signal === 'restart');
    if (!starts && (before === 'offline' || what.signal === 'start')) return false;
    const wanted = starts ? 'starting' : 'stopping';
    return this.states.firstWithin(wanted, at, at + effectMs) !== null;
  }
}
