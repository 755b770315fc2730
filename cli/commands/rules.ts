import type { RemoteOutput } from '../../bridge/schema/remote.js';
import type { RemoteRule } from '../../bridge/schema/remote-rule-verbs.js';
import { dayAndTime, timeOrDay } from '../../bridge/text/time-of-day.js';
import { learnArea, say } from '../../messages/messages.js';
import { painter, type Colour, type Paint } from '../colours.js';
import { count } from '../parse.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';
import { runLines, stepHead } from './rule-runs.js';

const fewRuns = 5;
/** Most missed times in a line. */
const shownMissed = 3;

/** Lists the rules, or the last runs of one. */
export const rules: Command = async ({ perch, args: [name], options, terminal }) => {
  const limit = count(options['lines'], { least: 0, most: 200 }) ?? fewRuns;
  const isJson = options['json'] === true;
  // The words of the window that shows rules.
  await learnArea('automation');
  if (name === undefined) {
    const { rules: found } = await perch.ask('rules', {});
    if (isJson) printJson(terminal, { rules: found });
    else if (found.length === 0) terminal.err(`${say('command-line.no-rules')}\n`);
    else terminal.out(`${rulesTable(found, terminal)}${missedLines(found, terminal)}`);
    return;
  }
  const found = await perch.ask('ruleRuns', { rule: name, limit });
  if (isJson) printJson(terminal, found);
  else terminal.out(ruleText(found, terminal));
};

const heads = ['rule', 'state', 'for', 'next-run', 'last-run', 'ended'] as const;

function rulesTable(found: readonly RemoteRule[], { hasColours }: Terminal): string {
  const now = Date.now();
  const rows = found.map((rule) => [
    { text: rule.name },
    { text: stateOf(rule), colour: colourOf(rule) },
    { text: targetOf(rule) },
    { text: rule.next === null ? '' : dayAndTime(rule.next, now) },
    { text: rule.last === null ? '' : timeOrDay(rule.last.at, now) },
    { text: rule.last === null ? '' : say(`automation.ended-${rule.last.end}`) },
  ]);
  return table(heads, rows, painter(hasColours));
}

function missedLines(found: readonly RemoteRule[], { hasColours }: Terminal): string {
  const paint = painter(hasColours);
  const lines = found.flatMap((rule) =>
    rule.missed.length === 0 ? [] : [`${paint(rule.name, 'bold')}: ${missedOf(rule)}\n`],
  );
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}

/** The rule in words, then its runs. */
function ruleText({ rule, runs }: RemoteOutput<'ruleRuns'>, { hasColours }: Terminal): string {
  const paint = painter(hasColours);
  const lines = [
    `${paint(rule.name, 'bold')}: ${paint(stateOf(rule), colourOf(rule))}`,
    whenOf(rule, paint),
    ...rule.steps.map(({ place, text }) => `${stepHead(place)}${text}`),
    ...(rule.next === null ? [] : [say('automation.next', { time: dayAndTime(rule.next, Date.now()) })]),
    ...(rule.missed.length === 0 ? [] : [missedOf(rule)]),
  ];
  const shown = runs.map((run) => runLines(run, paint));
  if (shown.length === 0) lines.push(say('automation.never'));
  return [lines, ...shown].map((block) => `${block.join('\n')}\n`).join('\n');
}

function whenOf({ trigger, condition, ...rule }: RemoteRule, paint: Paint): string {
  const only = condition === null ? [] : [say('automation.only-if', { condition })];
  return [trigger, ...only, paint(targetOf(rule), 'dim')].join(' · ');
}

function stateOf({ offBy }: Pick<RemoteRule, 'offBy'>): string {
  return say(offBy === null ? 'command-line.rule-on' : `command-line.rule-off-${offBy}`);
}

function colourOf({ offBy }: Pick<RemoteRule, 'offBy'>): Colour {
  if (offBy === null) return 'green';
  return offBy === 'person' ? 'dim' : 'yellow';
}

function targetOf({ target: { kind, name } }: Pick<RemoteRule, 'target'>): string {
  if (kind === 'event') return say('automation.target-event');
  return name ?? say(`automation.${kind}-gone`);
}

function missedOf({ missed }: Pick<RemoteRule, 'missed'>): string {
  const times = missed.slice(-shownMissed).map((at) => timeOrDay(at, Date.now()));
  return say('automation.missed', { count: missed.length, times: times.join(', ') });
}
