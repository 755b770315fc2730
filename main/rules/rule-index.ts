/**
 * Which rules concern which servers, so that news of one server takes no time for the rules of all others. Pure.
 *
 * A server that a group holds through two accounts counts once: a rule must not act on it twice.
 */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { RuleTrigger } from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { twinsOf } from '../fleet/twins.js';
import { isPlanned } from './rule-times.js';

export interface Groups {
  readonly groups: readonly { readonly id: string; readonly serverIds: readonly string[] }[];
}

/** Triggers that are true for a while. */
const lastingKinds: readonly RuleTrigger['kind'][] = ['state', 'figure', 'holds'];

export class RuleIndex {
  /** Rules that may act; null = look at the rules again. */
  #acting: readonly Rule[] = [];
  #servers = new Map<string, readonly string[]>();
  #lastingOf = new Map<string, string[]>();
  /** Many rules are about the same servers. */
  #serversOfTarget = new Map<string, readonly string[]>();
  #lineServers: readonly string[] | null = null;

  /** `rules` = all rules, on or off. */
  constructor(
    rules: readonly Rule[],
    private readonly fleet: FleetState,
    private readonly settings: Groups,
  ) {
    this.#acting = rules.filter(({ isOn, agreedAt }) => isOn && agreedAt !== null);
    for (const rule of this.#acting) this.#add(rule);
  }

  /** Rules that may act, of one kind of trigger. */
  ofKind<K extends RuleTrigger['kind']>(kind: K): readonly RuleOf<K>[] {
    return this.#acting.filter((rule): rule is RuleOf<K> => rule.trigger.kind === kind);
  }

  /** Rules with a trigger that lasts. */
  get lasting(): readonly Rule[] {
    return this.#acting.filter(({ trigger }) => lastingKinds.includes(trigger.kind));
  }

  /** Rules with planned times. */
  get planned(): readonly Rule[] {
    return this.#acting.filter(({ trigger }) => isPlanned(trigger));
  }

  get isEmpty(): boolean {
    return this.#acting.length === 0;
  }

  /** Servers whose console may cause a run. Always the same list, because each change of a run asks for it. */
  get lineServers(): readonly string[] {
    this.#lineServers ??= [...new Set(this.ofKind('line').flatMap(({ id }) => this.serversOf(id)))];
    return this.#lineServers;
  }

  /** The servers of a rule that may act. */
  serversOf(ruleId: string): readonly string[] {
    return this.#servers.get(ruleId) ?? [];
  }

  /** Rules with a trigger that lasts, for this server. */
  lastingOf(serverId: string): readonly string[] {
    return this.#lastingOf.get(serverId) ?? [];
  }

  #add(rule: Rule): void {
    const target = JSON.stringify(rule.target);
    const servers = this.#serversOfTarget.get(target) ?? serversOfRule(rule, this.fleet, this.settings);
    this.#serversOfTarget.set(target, servers);
    this.#servers.set(rule.id, servers);
    if (!lastingKinds.includes(rule.trigger.kind)) return;
    for (const id of servers) {
      const rules = this.#lastingOf.get(id);
      if (rules === undefined) this.#lastingOf.set(id, [rule.id]);
      else rules.push(rule.id);
    }
  }
}

export type RuleOf<K extends RuleTrigger['kind']> = Rule & {
  readonly trigger: Extract<RuleTrigger, { kind: K }>;
};

/** Servers of the fleet that a rule is about. "The server of the event" may be any. */
export function serversOfRule(
  { target }: Pick<Rule, 'target'>,
  fleet: FleetState,
  { groups }: Groups,
): readonly string[] {
  switch (target.kind) {
    case 'server':
      return onceEach([target.serverId], fleet);
    case 'group':
      return onceEach(groups.find(({ id }) => id === target.groupId)?.serverIds ?? [], fleet);
    case 'event':
      return onceEach([...fleet.servers.keys()], fleet);
  }
}

/** Leaves out servers that are not in the fleet, and every further account's view of the same server. */
function onceEach(ids: readonly string[], fleet: FleetState): readonly string[] {
  const seen = new Set<string>();
  return ids.filter((id) => {
    const server = fleet.servers.get(id);
    if (server === undefined || seen.has(id)) return false;
    for (const twin of twinsOf(fleet, server)) seen.add(twin.id);
    return true;
  });
}
