/** The rule as which a wish for an empty server acts (PLAYERS "When empty"). Pure. */
import { newProblem, type Problem } from '../../bridge/errors.js';
import { conditionBlock, powerBlock, powerPermission } from '../../bridge/panel/permissions.js';
import type { PowerSignal, Server } from '../../bridge/schema/domain.js';
import type { RuleCondition, RuleStep } from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { EmptyWish } from '../../bridge/schema/when-empty.js';
import { say, sentence } from '../../messages/messages.js';
import { derivedRule } from '../rules/rule-sources.js';

const minuteMs = 60_000;
/** Perch warns in the console this long before it acts, in ms. */
export const noticeMs = minuteMs;
/** Random delay up to this many ms, so that two computers with the same wish do not act in the same second. */
const spreadMs = 10_000;
/** Time in ms for the state of the server and for three questions to its game. */
const askedForMs = 2 * minuteMs;
/** Shortest time that a rule can wait. */
const shortestMs = 1000;

const isEmpty: RuleCondition = { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 };
const isFree: RuleCondition = { kind: 'free', on: null };

/** `isOn` false = the wish stays, but must not act now. */
export function emptyRule(serverId: string, wish: EmptyWish, isOn: boolean): Rule {
  const { does, minutes } = wish;
  const hours = hoursOf(wish);
  const hasRun: RuleCondition = { kind: 'figure', on: null, of: 'uptime', atLeast: hours, atMost: null };
  const steps: readonly RuleStep[] = [
    // Nobody is online, so a lost message changes nothing.
    { kind: 'warn', on: null, text: say(`when-empty.notice-${does}`), mayFail: true },
    { kind: 'delay', ms: noticeMs, spreadMs },
    { kind: 'wait', sign: { kind: 'players', on: null, atMost: 0 }, limitMs: askedForMs, late: 'end' },
    { kind: 'power', on: null, signal: does },
    ...(isSingle(wish) ? [{ kind: 'switch-off' } as const] : []),
  ];
  return derivedRule('when-empty', serverId, {
    name: say('when-empty.title'),
    isOn,
    trigger: {
      kind: 'holds',
      condition: isEmpty,
      forMs: Math.max(shortestMs, minutes * minuteMs - noticeMs),
      throughout: true,
    },
    condition: hours === null ? isFree : { kind: 'all', parts: [isFree, hasRun] },
    steps: [...steps],
  });
}

/** Whether the wish ends with one restart. */
export function isSingle(wish: EmptyWish): boolean {
  return wish.does === 'restart' && wish.everyHours === null;
}

/** Hours that a process must have run; null = any time. */
export function hoursOf(wish: EmptyWish): number | null {
  return wish.does === 'restart' ? wish.everyHours : null;
}

/** Why Perch may not send the signal to the server in its present state; null = it may. */
export function blockOf(
  { condition, permissions }: Pick<Server, 'condition' | 'permissions'>,
  signal: PowerSignal,
): Problem | null {
  const message = powerBlock(signal, { condition, permissions, power: 'running' });
  if (message === null) return null;
  if (conditionBlock(condition) !== null)
    return { ...newProblem('conflict', message, sentence('actions.wait-or-ask')), condition };
  const permission = powerPermission(signal);
  return { ...newProblem('forbidden', message, sentence('panel.ask-owner', { permission })), permission };
}
