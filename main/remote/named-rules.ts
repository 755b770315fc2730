/** One way to read the name of a rule in a command: its id, or its name. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RuleView } from '../../bridge/schema/rule-calls.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { sentence } from '../../messages/messages.js';

const mostCandidates = 10;

/** The name without control characters of a terminal. */
export function shownRuleName({ name }: Pick<Rule, 'name'>): string {
  return oneLine(name, 200);
}

/** The rule that `word` means. Throws `no-server` for none and for several. */
export function ruleNamed(word: string, views: readonly RuleView[]): RuleView {
  const lower = word.toLowerCase();
  const meanings: ((rule: Rule) => boolean)[] = [
    ({ id }) => id === word,
    (rule) => shownRuleName(rule) === word,
    (rule) => shownRuleName(rule).toLowerCase() === lower,
  ];
  for (const fits of meanings) {
    const found = views.filter(({ rule }) => fits(rule));
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    if (found.length > 1) throw refusal('remote.ambiguous-rule', word, found);
  }
  throw refusal('remote.no-rule', word, views);
}

function refusal(
  id: 'remote.ambiguous-rule' | 'remote.no-rule',
  name: string,
  views: readonly RuleView[],
): RemoteError {
  const failure = newFailure('no-server', sentence(id, { name }), sentence('remote.no-rule-next'));
  const candidates = views.slice(0, mostCandidates).map(({ rule }) => `${shownRuleName(rule)} (${rule.id})`);
  return new RemoteError({ ...failure, candidates });
}
