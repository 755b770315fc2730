/** Runs of a rule as text: when and where, then cause, values and steps, each on its line. */
import {
  causeWords,
  endWords,
  kindWords,
  repeatsWords,
  toneOf,
  toneOfStep,
} from '../../bridge/rules/run-words.js';
import { seenWords } from '../../bridge/rules/seen-words.js';
import type { RemoteRun, RemoteSeen } from '../../bridge/schema/remote-rule-verbs.js';
import { momentOfDay, timeOfDay } from '../../bridge/text/time-of-day.js';
import { say } from '../../messages/messages.js';
import type { Colour, Paint } from '../colours.js';

const colours: Readonly<Record<ReturnType<typeof toneOf>, Colour>> = {
  good: 'green',
  bad: 'red',
  still: 'dim',
};

export function runLines(run: RemoteRun, paint: Paint): readonly string[] {
  const at = momentOfDay(run.at, Date.now());
  const server = run.server ?? say('automation.server-gone');
  const again = repeatsWords(run);
  const dry = run.isDry ? `  ${say('automation.dry-run')}` : '';
  return [
    `${paint(at, 'dim')}  ${paint(server, 'bold')}${dry}  ${paint(endWords(run), colours[toneOf(run.end)])}${again === null ? '' : `  ${paint(again, 'dim')}`}`,
    `  ${say('automation.cause')}: ${causeWords(run.cause)} ${paint(timeOfDay(run.cause.at), 'dim')}`,
    ...run.seen.map((seen) => `  ${seenLine(seen, run)}`),
    ...run.steps.flatMap((step) => stepLines(step, run, paint)),
  ];
}

/** Number of a step in its list, indented by its level: `3.then.1` is the first step inside of step 3. */
export function stepHead(place: string): string {
  const parts = place.split('.');
  const [number] = /^\d+$/.exec(parts.at(-1) ?? '') ?? [];
  const level = Math.floor((parts.length - 1) / 2);
  return `${'  '.repeat(level + 1)}${number === undefined ? '' : `${number}. `}`;
}

function stepLines(step: RemoteRun['steps'][number], run: RemoteRun, paint: Paint): readonly string[] {
  const { place, text, outcome, at, endedAt, problem, seen } = step;
  const words = text ?? kindWords(step);
  const below = ' '.repeat(stepHead(place).length);
  const end = paint(say(`automation.outcome-${outcome}`), colours[toneOfStep(outcome)]);
  return [
    `${stepHead(place)}${words}: ${end} ${paint(timeOfDay(endedAt ?? at), 'dim')}`,
    ...(problem === null ? [] : [`${below}${paint(problem, 'red')}`]),
    ...seen.map((one) => `${below}${seenLine(one, run)}`),
  ];
}

/** `State: running, from the node, 4 s old (true)`. */
function seenLine(seen: RemoteSeen, run: Pick<RemoteRun, 'server'>): string {
  const what = say(`automation.seen-of-${seen.of}`);
  const { server } = seen;
  const isHere = server === null || server === run.server;
  const name = isHere ? what : say('automation.seen-on', { what, server });
  return `${name}: ${seenWords(seen)} (${verdictWords(seen)})`;
}

function verdictWords({ verdict }: Pick<RemoteSeen, 'verdict'>): string {
  if (verdict === 'unknown') return say('automation.is-unknown');
  return say(verdict ? 'automation.is-true' : 'automation.is-false');
}
