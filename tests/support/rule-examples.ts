import type { Reading, RuleMoment, RuleServer } from '../../bridge/rules/rule-facts.js';
import type { PowerState } from '../../bridge/schema/domain.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { RuleCause } from '../../bridge/schema/rule-runs.js';
import type { RunMoment } from '../../main/rules/run-state.js';

/** Restarts one server, at most a hundred times an hour. */
export function aRule(fields: Partial<Rule> = {}): Rule {
  return {
    id: 'r1',
    name: 'Nightly restart',
    isOn: true,
    mode: 'single',
    atMost: { times: 100, withinMs: 3_600_000 },
    target: { kind: 'server', serverId: 'home/1' },
    trigger: { kind: 'time', days: [0, 1, 2, 3, 4, 5, 6], minute: 240 },
    condition: null,
    steps: [{ kind: 'power', on: null, signal: 'restart' }],
    agreedAt: 1,
    ...fields,
  };
}

export function aCause(key: string, fields: Partial<RuleCause> = {}): RuleCause {
  return { key, kind: 'event', at: 0, value: null, ...fields };
}

export function reading<T>(value: T, fields: Partial<Reading<T>> = {}): Reading<T> {
  return { value, source: 'node', seenAt: 0, ...fields };
}

/** A running server without other known facts. */
export function aRuleServer(fields: Partial<RuleServer> = {}): RuleServer {
  return {
    power: reading<PowerState>('running'),
    before: null,
    startedAt: null,
    isBusy: () => false,
    figures: {},
    slots: null,
    ...fields,
  };
}

/** Monday, 12:00; the only server is `home/1`. */
export function aMoment(
  fields: Partial<RuleMoment> = {},
  server: RuleServer = aRuleServer(),
): RuleMoment & Pick<RunMoment, 'random'> {
  return {
    now: 0,
    clock: { weekday: 0, minute: 720 },
    isWatched: false,
    random: () => 0.5,
    server: (id) => (id === 'home/1' ? server : undefined),
    ...fields,
  };
}
