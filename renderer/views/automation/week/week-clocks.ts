/** Reads cron on the clocks of panels, and remembers the runs: many servers of a fleet have the same cron. */
import { runsWithin } from '../../../../bridge/schedules/next-runs.js';
import type { PanelZone } from '../../../../bridge/schedules/panel-zone.js';
import type { RunsWithin, WeekSpan } from '../../../../bridge/week/week-entries.js';

export class WeekClocks {
  readonly #runs = new Map<string, readonly number[] | null>();
  #span: WeekSpan | null = null;

  /** Forgets the runs of another week. */
  begin(span: WeekSpan): void {
    if (this.#span?.from !== span.from || this.#span.to !== span.to) this.#runs.clear();
    this.#span = span;
  }

  of(zone: PanelZone): RunsWithin {
    const name = JSON.stringify(zone);
    return (cron, span) => {
      const key = `${cron}|${name}|${span.from}`;
      const known = this.#runs.get(key);
      if (known !== undefined) return known;
      const runs = runsWithin(cron, zone, span);
      this.#runs.set(key, runs);
      return runs;
    };
  }
}
