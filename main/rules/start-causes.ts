/** The start of Perch as a cause of rules. Servers appear one after the other in the first minutes. */
import type { Rule } from '../../bridge/schema/rules.js';
import { heldMs, type LateCause } from './late-causes.js';
import type { RuleIndex } from './rule-index.js';
import type { RunMoment } from './run-state.js';

export class StartCauses {
  /** Rules that wait for the start of Perch, in their form at the start. */
  readonly #rules: readonly Rule[];

  constructor(
    rules: RuleIndex,
    private readonly startedAt: Pick<RunMoment, 'now' | 'wall'>,
  ) {
    this.#rules = rules.ofKind('perch-started');
  }

  /** The causes for the present servers of the rules; none once the first minutes are over. */
  causesOf(rules: RuleIndex, { now }: Pick<RunMoment, 'now'>): readonly LateCause[] {
    if (now - this.startedAt.now > heldMs) return [];
    const at = this.startedAt.wall;
    return this.#rules.flatMap(({ id: ruleId }) =>
      rules.serversOf(ruleId).map((serverId) => {
        const key = `perch-started:${at}:${serverId}`;
        return { ruleId, serverId, cause: { key, kind: 'perch-started', at, value: null } };
      }),
    );
  }
}
