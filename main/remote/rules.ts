/** The user's rules and their last runs, as the command line and programs read them. Nothing here changes a rule. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { besideNames, besideText, nameBeside } from '../../bridge/fleet/beside-names.js';
import { withoutSecretTexts } from '../../bridge/redaction/secret-texts.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { ruleWords, type ServerName } from '../../bridge/rules/rule-words.js';
import { stepWordsOf } from '../../bridge/rules/run-words.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { RemoteRule, RemoteRun, RemoteSeen } from '../../bridge/schema/remote-rule-verbs.js';
import type { RuleView } from '../../bridge/schema/rule-calls.js';
import type { RunRecord, SeenValue, StepTrace } from '../../bridge/schema/rule-runs.js';
import type { RuleTarget } from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { sentence, spoken, type Sentence } from '../../messages/messages.js';
import type { RunTraces } from '../base/past.js';
import type { Call } from './call.js';
import { ruleNamed, shownRuleName } from './named-rules.js';
import { settled, type SettledDeps } from './settled.js';
import { shownName } from './shown-server.js';

export interface RemoteRulesDeps extends SettledDeps {
  readonly rules: {
    /** Resolves when the list of rules is complete. */
    readonly listed: Promise<void>;
    readonly book: { readonly isNewer: boolean };
    readonly driver: { readonly current: readonly RuleView[] };
  };
  readonly settings: { readonly current: Pick<Settings, 'groups'> };
  readonly past: { readonly traces: Pick<RunTraces, 'page'> };
}

/** Longest text of a rule or a trace, in characters. */
const longestText = 2000;

export async function listRules(
  deps: RemoteRulesDeps,
  { client }: Pick<Call<'rules'>, 'client'>,
): Promise<RemoteOutput<'rules'>> {
  const views = await knownRules(deps);
  const words = new Words(deps, client.kind === 'program');
  return { rules: views.map((view) => words.rule(view)) };
}

export async function runsOfRule(
  deps: RemoteRulesDeps,
  { rule: name, limit }: RemoteInput<'ruleRuns'>,
  { client }: Pick<Call<'ruleRuns'>, 'client'>,
): Promise<RemoteOutput<'ruleRuns'>> {
  const view = ruleNamed(name, await knownRules(deps));
  const { rule } = view;
  const query = { ruleId: rule.id, serverId: null, before: null, count: limit };
  const { records } = limit === 0 ? { records: [] } : await deps.past.traces.page(query);
  const words = new Words(deps, client.kind === 'program');
  return { rule: words.rule(view), runs: records.toReversed().map((record) => words.run(record, rule)) };
}

/** All rules, once Perch has read them and knows the names of servers. */
async function knownRules(deps: RemoteRulesDeps): Promise<readonly RuleView[]> {
  const { listed, book, driver } = deps.rules;
  await Promise.all([listed, settled(deps, { seen: false })]);
  if (!book.isNewer) return driver.current.filter(({ origin }) => origin === 'own');
  throw new RemoteError(
    newFailure('failed', sentence('disk.rules-newer'), sentence('remote.rules-newer-next')),
  );
}

/** Rules and runs in words. A program gets no line of a console, and no value that looks secret. */
class Words {
  readonly #nameOf: ServerName;

  constructor(
    private readonly deps: Pick<RemoteRulesDeps, 'store' | 'settings'>,
    private readonly isForProgram: boolean,
  ) {
    const { servers, accounts } = deps.store.state;
    const beside = besideNames(servers.values(), accounts.values());
    this.#nameOf = (id) => {
      const server = servers.get(id);
      if (server === undefined) return null;
      return oneLine(nameBeside(shownName(server), besideText(beside.get(id))), 400);
    };
  }

  rule({ rule, offBy, last, underWay, failures, missed, next }: RuleView): RemoteRule {
    const { trigger, condition, steps } = ruleWords(rule, this.#nameOf);
    const isOn = rule.isOn && rule.agreedAt !== null;
    return {
      id: rule.id,
      name: shownRuleName(rule),
      isOn,
      offBy: isOn ? null : (offBy ?? (rule.agreedAt === null ? 'unagreed' : 'person')),
      target: { kind: rule.target.kind, name: this.#targetName(rule.target) },
      trigger: this.#text(trigger),
      condition: condition && this.#text(condition),
      steps: steps.map(({ place, words }) => ({ place, text: this.#text(words) })),
      next: isOn ? next : null,
      missed,
      failures,
      underWay: underWay.map((id) => this.#nameOf(id)),
      last: last && { at: last.at, end: last.end, server: this.#nameOf(last.serverId) },
    };
  }

  run(record: RunRecord, rule: Rule): RemoteRun {
    const { serverId, isDry, at, endedAt, end, repeats, cause, seen, steps } = record;
    const words = stepWordsOf(record, rule, this.#nameOf);
    const isHidden = this.isForProgram && cause.kind === 'line';
    const { value } = cause;
    return {
      server: this.#nameOf(serverId),
      isDry,
      repeats,
      at,
      endedAt,
      end,
      cause: {
        kind: cause.kind,
        at: cause.at,
        value: isHidden ? null : typeof value === 'string' ? this.#plain(value) : value,
      },
      seen: seen.map((one) => this.#seen(one)),
      steps: steps.map((step) => this.#step(step, words.get(step.place))),
    };
  }

  #step({ problem, seen, ...step }: StepTrace, words: string | undefined): RemoteRun['steps'][number] {
    return {
      ...step,
      text: words === undefined ? null : this.#plain(words),
      problem: problem && this.#plain(`${spoken(problem.message)} ${spoken(problem.next)}`),
      seen: seen.map((one) => this.#seen(one)),
    };
  }

  #seen({ on, value, ...seen }: SeenValue): RemoteSeen {
    return {
      ...seen,
      value: typeof value === 'string' ? this.#plain(value) : value,
      server: on === null ? null : this.#nameOf(on),
    };
  }

  #targetName(target: RuleTarget): string | null {
    if (target.kind === 'server') return this.#nameOf(target.serverId);
    if (target.kind === 'event') return null;
    const group = this.deps.settings.current.groups.find(({ id }) => id === target.groupId);
    return group === undefined ? null : oneLine(group.name, 200);
  }

  #text(words: Sentence): string {
    return this.#plain(spoken(words));
  }

  #plain(text: string): string {
    return oneLine(this.isForProgram ? withoutSecretTexts(text) : text, longestText);
  }
}
