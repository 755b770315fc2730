/** The rules in the form for windows. */
import { originOf } from '../../bridge/rules/rule-origin.js';
import type { RuleView } from '../../bridge/schema/rule-calls.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { RuleState } from './rule-state.js';
import { isPlanned, nextPlanned } from './rule-times.js';
import type { RunMoment } from './run-state.js';

export type LastEnd = NonNullable<RuleView['last']>;
type ViewMoment = Pick<RunMoment, 'wall' | 'calendar'>;

/** Parts of a view. */
interface Seen extends ViewMoment {
  readonly rule: Rule;
  readonly state: RuleState | undefined;
  readonly last: LastEnd | null;
  readonly view: RuleView;
}

/** The views of the last time, so that a change of one rule costs little for a thousand others. */
export class RuleViews {
  #seen = new Map<string, Seen>();

  /** The same object for each rule that looks the same. */
  of(
    rules: readonly Rule[],
    parts: (id: string) => Pick<Seen, 'state' | 'last'>,
    moment: ViewMoment,
  ): readonly RuleView[] {
    const seen = new Map<string, Seen>();
    for (const rule of rules) {
      const known = this.#seen.get(rule.id);
      const { state, last } = parts(rule.id);
      const isSame = known?.rule === rule && known.state === state && known.last === last;
      if (isSame && isCurrent(known, moment)) seen.set(rule.id, known);
      else {
        const view = viewOf(rule, state, { last, moment });
        const isAlike = known !== undefined && JSON.stringify(known.view) === JSON.stringify(view);
        const { wall, calendar } = moment;
        seen.set(rule.id, { rule, state, last, wall, calendar, view: isAlike ? known.view : view });
      }
    }
    this.#seen = seen;
    return [...seen.values()].map(({ view }) => view);
  }
}

/** Whether the next planned time is unchanged. */
function isCurrent({ rule, calendar, wall, view: { next } }: Seen, moment: ViewMoment): boolean {
  if (!isPlanned(rule.trigger)) return true;
  return calendar === moment.calendar && wall <= moment.wall && next !== null && moment.wall < next;
}

function viewOf(
  rule: Rule,
  state: RuleState | undefined,
  { last, moment }: { readonly last: LastEnd | null; readonly moment: ViewMoment },
): RuleView {
  const { offBy = null, failures = 0, missed = [], lanes = {} } = state ?? {};
  const isActing = rule.isOn && rule.agreedAt !== null;
  const { trigger } = rule;
  return {
    rule,
    origin: originOf(rule.id),
    offBy: rule.isOn ? null : offBy,
    failures,
    missed: [...missed],
    next:
      isActing && isPlanned(trigger)
        ? nextPlanned(trigger, moment.wall, moment.calendar, state?.times.ranFor)
        : null,
    underWay: Object.entries(lanes).flatMap(([serverId, { run }]) => (run === null ? [] : [serverId])),
    last,
  };
}
