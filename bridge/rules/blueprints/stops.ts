/** Blueprints that stop a server at a time, or while nobody is on. */
import { say } from '../../../messages/messages.js';
import type { RuleStep } from '../../schema/rule-parts.js';
import { earlier, minuteMs, ruleFrom, untilRunning, type Blueprint } from './blueprint.js';
import { all, isEmpty, runs } from './conditions.js';
import { warnings } from './warnings.js';

const stop: RuleStep = { kind: 'power', on: null, signal: 'stop' };
/** Minutes between the first warning and the end of the hours. */
const warnMinutes = 10;
const startMinutes = 15;
/** Longest time until the game has sent a number again: longer than a number may be old. */
const freshMs = 150_000;

export const stopWhenEmpty: Blueprint = {
  id: 'stop-when-empty',
  fields: ['emptyMinutes'],
  hasTarget: true,
  rules: ({ emptyMinutes }, target) => [
    ruleFrom({
      name: say('blueprints.stop-when-empty'),
      target,
      trigger: { kind: 'holds', condition: all(isEmpty, runs), forMs: emptyMinutes * minuteMs },
      condition: null,
      steps: [
        { kind: 'warn', on: null, text: say('when-empty.notice-stop') },
        // Somebody may join meanwhile; then the server stays on.
        { kind: 'delay', ms: minuteMs },
        // Between two answers of the game somebody may have joined, so only an answer of now counts.
        { kind: 'wait', sign: { kind: 'players', on: null }, limitMs: freshMs, late: 'go-on' },
        { kind: 'if', condition: isEmpty, then: [stop], else: [] },
      ],
    }),
  ],
};

export const weekendHours: Blueprint = {
  id: 'weekend-hours',
  fields: ['days', 'time', 'until'],
  hasTarget: true,
  rules: ({ days, time, until }, target) => {
    // Hours past midnight end on the next day.
    const endDays = until <= time ? days.map((day) => (day + 1) % 7) : days;
    return [
      ruleFrom({
        name: say('blueprints.weekend-hours-start'),
        target,
        trigger: { kind: 'time', days: [...days], minute: time },
        condition: null,
        steps: [{ kind: 'power', on: null, signal: 'start' }, untilRunning(startMinutes)],
      }),
      ruleFrom({
        name: say('blueprints.weekend-hours-stop'),
        target,
        trigger: { kind: 'time', ...earlier(endDays, until, warnMinutes) },
        condition: runs,
        steps: [...warnings(warnMinutes, (left) => say('blueprints.stops-in', { time: left })), stop],
      }),
    ];
  },
};
