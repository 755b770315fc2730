import type { PowerState } from '../../../bridge/schema/domain.js';
import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';
import { staleMs } from './end-rules.js';
import type { SentAfter } from './sent-signals.js';
import { continued, dueAt } from './story.js';
import { newStory, type CrashReport, type ProcessInput } from './story-state.js';

export interface ProcessStoryDeps {
  readonly clock: Clock;
  readonly sentAfter: SentAfter;
  /** True if the host suspended the server, or is installing or moving it. */
  isClosed(): boolean;
  /** Called for each crash, and for each end that nobody saw and the user did not ask for. */
  crashed(report: CrashReport): void;
}

/** Holds the story of one server's process, and its timer. */
export class ProcessStory {
  readonly #alarm: Alarm;
  #story = newStory;

  constructor(private readonly deps: ProcessStoryDeps) {
    this.#alarm = new Alarm(deps.clock);
  }

  take(input: ProcessInput): void {
    const { clock, sentAfter, isClosed, crashed } = this.deps;
    const before = dueAt(this.#story);
    const now = clock.now();
    this.#story = continued(this.#story, input, { now, sent: sentAfter(0), isClosed: isClosed() });
    const due = dueAt(this.#story);
    if (due === Infinity) this.#alarm.clear();
    else if (due !== before || input.kind === 'time')
      this.#alarm.set(due - now, () => this.take({ kind: 'time' }));
    for (const report of this.#story.crashes) crashed(report);
  }

  /** Ms for which the panel may still answer `power` from its cache; 0 = not at all. */
  staleMs(power: PowerState): number {
    return staleMs(this.#story, power, this.deps.clock.now());
  }

  /** Ends without a report. */
  stop(): void {
    this.#alarm.clear();
    this.#story = newStory;
  }
}
