/** Which lines of a console are causes of rules. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { lineMatches } from '../../bridge/rules/line-match.js';
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import type { RuleCause } from '../../bridge/schema/rule-runs.js';
import type { Clock } from '../base/ports.js';
import { redactText } from '../base/redact.js';
import { wallAhead } from '../base/wall-ahead.js';
import type { RuleIndex } from './rule-index.js';

/** Lines that come within this time in ms are one cause, because a console can print thousands in a second. */
const lineGapMs = 1000;

export class LineCauses {
  /** Monotonic time of the last line that was a cause, by rule and server. */
  readonly #lineAt = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** `text` = one line of the text that the console printed as `line`. */
  causesOf(
    rules: RuleIndex,
    serverId: string,
    line: ConsoleLine,
    text: string,
  ): { readonly ruleId: string; readonly cause: RuleCause }[] {
    return rules.ofKind('line').flatMap(({ id: ruleId, trigger }) => {
      if (!lineMatches(trigger.text, text) || !rules.serversOf(ruleId).includes(serverId)) return [];
      const name = `${ruleId}/${serverId}`;
      if (this.clock.now() - (this.#lineAt.get(name) ?? -Infinity) < lineGapMs) return [];
      this.#lineAt.set(name, this.clock.now());
      const at = Math.round(line.at + wallAhead(this.clock));
      // The trace stays on the disk for months, so it must not contain tokens or hidden characters.
      const value = redactText(oneLine(text, ruleLimits.textLength)).slice(0, ruleLimits.textLength);
      return [{ ruleId, cause: { key: `line:${serverId}:${at}:${line.seq}`, kind: 'line', at, value } }];
    });
  }
}
