/** Counts the planned entries of the fleet in a week, in slices, so that a large fleet never holds up the window. */
import type { PanelZone } from '../../../../bridge/schedules/panel-zone.js';
import type { FleetSchedule } from '../../../../bridge/schema/fleet-schedules.js';
import type { Rule } from '../../../../bridge/schema/rules.js';
import { overlapsOf } from '../../../../bridge/week/overlaps.js';
import {
  partOfPlan,
  partOfRule,
  partOfSchedule,
  type WeekPart,
  type WeekSpan,
} from '../../../../bridge/week/week-entries.js';
import { cellsOf, type WeekCell } from '../../../../bridge/week/week-grid.js';
import { WeekClocks } from './week-clocks.js';

export interface WeekFacts {
  readonly span: WeekSpan;
  readonly schedules: readonly {
    readonly serverId: string;
    readonly zone: PanelZone;
    readonly schedules: readonly FleetSchedule[];
  }[];
  readonly plans: readonly { readonly serverId: string; readonly minute: number; readonly nextAt: number }[];
  readonly rules: readonly { readonly rule: Rule; readonly serverIds: readonly string[] }[];
  /** Key of the node of a server; null = unknown. */
  nodeOf(serverId: string): string | null;
}

export interface CountedWeek {
  readonly cells: ReadonlyMap<string, WeekCell>;
  readonly overlaps: ReadonlyMap<string, number>;
  readonly often: WeekPart['often'];
  /** Number of schedules of which only the next run is known. */
  readonly nextOnly: number;
}

/** Longest time in ms before the window draws again. */
const sliceMs = 8;

export class Week {
  /** null until the first count has ended. */
  counted = $state.raw<CountedWeek | null>(null);
  readonly #clocks = new WeekClocks();
  #turn = 0;

  /** `own` = zone of this computer (IANA name). */
  constructor(private readonly own: string) {}

  /** Counts again; a count under way ends without a result. */
  async count(facts: WeekFacts): Promise<void> {
    const turn = ++this.#turn;
    const { span } = facts;
    this.#clocks.begin(span);
    const parts: WeekPart[] = [];
    let begun = performance.now();
    for (const part of this.#parts(facts)) {
      parts.push(part);
      if (performance.now() - begun < sliceMs) continue;
      await nextTask();
      if (turn !== this.#turn) return;
      begun = performance.now();
    }
    const entries = parts.flatMap((part) => part.entries);
    await nextTask();
    const overlaps = overlapsOf(entries, (serverId) => facts.nodeOf(serverId));
    await nextTask();
    const cells = cellsOf(entries, overlaps, span.days);
    if (turn !== this.#turn) return;
    this.counted = {
      cells,
      overlaps,
      often: parts.flatMap(({ often }) => often),
      nextOnly: parts.filter(({ isNextOnly }) => isNextOnly).length,
    };
  }

  *#parts({ span, schedules, plans, rules }: WeekFacts): Generator<WeekPart> {
    for (const { serverId, zone, schedules: own } of schedules) {
      const clock = { span, runsWithin: this.#clocks.of(zone) };
      for (const schedule of own) yield partOfSchedule(serverId, schedule, clock);
    }
    for (const { serverId, ...plan } of plans) yield partOfPlan(serverId, plan, span);
    const here = { span, runsWithin: this.#clocks.of({ kind: 'zone', zone: this.own, isSure: true }) };
    for (const { rule, serverIds } of rules) yield partOfRule(rule, serverIds, here);
  }
}

/** Lets the window draw and take presses. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
