/** A rule in words: its trigger, its condition, and a line for each step. Pure. */
import { sentence, type Sentence } from '../../messages/messages.js';
import type {
  RuleCondition,
  RuleLeaf,
  RulePause,
  RuleSign,
  RuleStep,
  RuleTrigger,
} from '../schema/rule-parts.js';
import type { Rule } from '../schema/rules.js';
import { duration } from '../text/duration.js';
import { listOf } from '../text/list.js';
import { minuteTime, weekdayName } from '../text/time-of-day.js';

/** The name of a server that a rule names; null = no longer there, so the id stands for the server. */
export type ServerName = (serverId: string) => string | null;

interface StepWords {
  /** `3`, `3.then.1`, and `3.else` for the line "Otherwise". */
  readonly place: string;
  /** 0 = not inside of a step "if". */
  readonly level: number;
  readonly words: Sentence;
}

export interface RuleWords {
  readonly trigger: Sentence;
  /** null = no condition. */
  readonly condition: Sentence | null;
  readonly steps: readonly StepWords[];
}

export function ruleWords(
  rule: Pick<Rule, 'trigger' | 'condition' | 'steps'>,
  nameOf: ServerName,
): RuleWords {
  return {
    trigger: triggerWords(rule.trigger, nameOf),
    condition: rule.condition === null ? null : conditionWords(rule.condition, nameOf),
    steps: stepsWords(rule.steps, nameOf, '', 0),
  };
}

export function triggerWords(trigger: RuleTrigger, nameOf: ServerName = () => null): Sentence {
  switch (trigger.kind) {
    case 'event':
      return sentence('own-rules.when-event', {
        event: joined(
          'or',
          trigger.events.map((event) => sentence(`own-rules.event-${event}`)),
        ),
      });
    case 'repeated':
      return sentence('own-rules.when-repeated', {
        event: sentence(`own-rules.event-${trigger.event}`),
        times: trigger.times,
        time: duration(trigger.withinMs),
      });
    case 'holds':
      return sentence('own-rules.when-holds', {
        condition: conditionWords(trigger.condition, nameOf),
        time: duration(trigger.forMs),
      });
    case 'state':
      return sentence(`own-rules.when-state-${trigger.state}`, { time: duration(trigger.forMs) });
    case 'figure':
      return sentence(`own-rules.when-${trigger.of}`, {
        limit: trigger.above,
        time: duration(trigger.forMs),
      });
    case 'time': {
      const time = timeOf(trigger.minute);
      if (isEveryDay(trigger.days)) return sentence('own-rules.when-time', { time });
      return sentence('own-rules.when-time-on', { time, days: daysOf(trigger.days) });
    }
    case 'cron':
      return sentence('own-rules.when-cron', { cron: trigger.cron });
    case 'line':
      return sentence('own-rules.when-line', { text: trigger.text });
    case 'backup':
      if (trigger.isGood === null) return sentence('own-rules.when-backup');
      return sentence(trigger.isGood ? 'own-rules.when-backup-good' : 'own-rules.when-backup-failed');
    default:
      return sentence(`own-rules.when-${trigger.kind}`);
  }
}

function conditionWords(condition: RuleCondition, nameOf: ServerName): Sentence {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const parts = condition.parts.map((part) => {
        const words = conditionWords(part, nameOf);
        const isGroup = (part.kind === 'all' || part.kind === 'any') && part.kind !== condition.kind;
        return isGroup ? sentence('own-rules.if-group', { part: words }) : words;
      });
      return joined(condition.kind === 'all' ? 'if-all' : 'if-any', parts);
    }
    case 'not':
      return sentence('own-rules.if-not', { part: conditionWords(condition.part, nameOf) });
    default:
      return leafWords(condition, nameOf);
  }
}

function leafWords(leaf: RuleLeaf, nameOf: ServerName): Sentence {
  switch (leaf.kind) {
    case 'state': {
      const server = serverWords(leaf.on, nameOf);
      return joined(
        'if-any',
        leaf.is.map((state) => sentence(`own-rules.if-state-${state}`, { server })),
      );
    }
    case 'figure':
      return figureWords(leaf, serverWords(leaf.on, nameOf));
    case 'hours': {
      const hours = { from: timeOf(leaf.from), to: timeOf(leaf.to) };
      if (isEveryDay(leaf.days)) return sentence('own-rules.if-hours', hours);
      return sentence('own-rules.if-hours-on', { ...hours, days: daysOf(leaf.days) });
    }
    case 'unseen':
      return sentence('own-rules.if-unseen');
    case 'ran-before':
    case 'free':
      return sentence(`own-rules.if-${leaf.kind}`, { server: serverWords(leaf.on, nameOf) });
  }
}

function figureWords(
  { of, atLeast, atMost }: Extract<RuleLeaf, { kind: 'figure' }>,
  server: Sentence | string,
): Sentence {
  if (of === 'players' && atLeast === null && atMost === 0) return sentence('own-rules.if-empty', { server });
  if (of === 'players' && atLeast !== null && atLeast === atMost)
    return sentence('own-rules.if-players-exactly', { limit: atLeast, server });
  if (atLeast !== null && atMost !== null)
    return sentence(`own-rules.if-${of}-between`, { least: atLeast, most: atMost, server });
  const least = atLeast === null ? [] : [sentence(`own-rules.if-${of}-least`, { limit: atLeast, server })];
  const most = atMost === null ? [] : [sentence(`own-rules.if-${of}-most`, { limit: atMost, server })];
  return joined('if-all', [...least, ...most]);
}

function stepsWords(
  steps: readonly RuleStep[],
  nameOf: ServerName,
  before: string,
  level: number,
): readonly StepWords[] {
  return steps.flatMap((step, index): readonly StepWords[] => {
    const place = `${before}${index + 1}`;
    if (step.kind !== 'if') return [{ place, level, words: stepWords(step, nameOf) }];
    const words = sentence('own-rules.if', { condition: conditionWords(step.condition, nameOf) });
    const other = stepsWords(step.else, nameOf, `${place}.else.`, level + 1);
    const otherwise = { place: `${place}.else`, level, words: sentence('own-rules.else') };
    return [
      { place, level, words },
      ...stepsWords(step.then, nameOf, `${place}.then.`, level + 1),
      ...(other.length === 0 ? [] : [otherwise, ...other]),
    ];
  });
}

function stepWords(step: Exclude<RuleStep, { kind: 'if' }>, nameOf: ServerName): Sentence {
  switch (step.kind) {
    case 'power':
      if (step.on === null) return sentence(`own-rules.${step.signal}-here`);
      return sentence(`own-rules.${step.signal}`, { server: serverWords(step.on, nameOf) });
    case 'command':
      if (step.on === null) return sentence('own-rules.command-here', { text: step.command });
      return sentence('own-rules.command', { text: step.command, server: serverWords(step.on, nameOf) });
    case 'backup': {
      const id = step.quietly ? 'own-rules.backup-quietly' : 'own-rules.backup';
      if (step.on === null) return sentence(`${id}-here`);
      return sentence(id, { server: serverWords(step.on, nameOf) });
    }
    case 'pause-plan':
    case 'keep-log':
      if (step.on === null) return sentence(`own-rules.${step.kind}-here`);
      return sentence(`own-rules.${step.kind}`, { server: serverWords(step.on, nameOf) });
    case 'warn':
      if (step.on === null) return sentence('own-rules.warn-here', { text: step.text });
      return sentence('own-rules.warn', { text: step.text, server: serverWords(step.on, nameOf) });
    case 'notify':
      return sentence('own-rules.notify', { text: step.text });
    case 'delay':
    case 'wait':
      return pauseWords(step, nameOf);
    case 'end':
    case 'switch-off':
      return sentence(`own-rules.${step.kind}`);
  }
}

function pauseWords(step: RulePause, nameOf: ServerName): Sentence {
  if (step.kind === 'delay') return sentence('own-rules.delay', { time: duration(step.ms) });
  return sentence(`own-rules.late-${step.late}`, {
    wait: signWords(step.sign, duration(step.limitMs), nameOf),
  });
}

function signWords(sign: RuleSign, time: string, nameOf: ServerName): Sentence {
  if (sign.kind === 'backup') return sentence('own-rules.wait-backup', { time });
  if (sign.kind === 'state') {
    return sentence(`own-rules.wait-state-${sign.state}`, { server: serverWords(sign.on, nameOf), time });
  }
  if (sign.kind === 'line') {
    const said = { time, text: sign.text };
    if (sign.on === null) return sentence('own-rules.wait-line-here', said);
    return sentence('own-rules.wait-line', { ...said, server: serverWords(sign.on, nameOf) });
  }
  if (sign.on === null) return sentence('own-rules.wait-players-here', { time });
  return sentence('own-rules.wait-players', { time, server: serverWords(sign.on, nameOf) });
}

function serverWords(on: string | null, nameOf: ServerName): Sentence | string {
  return on === null ? sentence('own-rules.this-server') : (nameOf(on) ?? on);
}

/** `a or (b or c)`: a sentence has no lists. */
function joined(how: 'or' | 'if-all' | 'if-any', parts: readonly Sentence[]): Sentence {
  const [last, ...others] = parts.toReversed();
  if (last === undefined) return sentence('own-rules.this-server');
  return others.reduce((rest, first) => sentence(`own-rules.${how}`, { first, rest }), last);
}

function isEveryDay(days: readonly number[]): boolean {
  return new Set(days).size === 7;
}

function daysOf(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((one, other) => one - other);
  return listOf(sorted.map((day) => weekdayName(day)));
}

/** A time of day in the style of the language; a day without a change of the clocks. */
export function timeOf(minute: number): string {
  return minuteTime(new Date(2026, 0, 5, 0, minute).getTime());
}
