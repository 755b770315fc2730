/** Blueprints that restart a server. */
import { say } from '../../../messages/messages.js';
import { earlier, minuteMs, ruleFrom, untilRunning, type Blueprint } from './blueprint.js';
import { all, isAtLeast, isEmpty, runs } from './conditions.js';
import { warnings } from './warnings.js';

/** Minutes that a restarted server may take until it runs. */
const startMinutes = 15;

export const nightlyRestart: Blueprint = {
  id: 'nightly-restart',
  fields: ['days', 'time', 'warnMinutes'],
  hasTarget: true,
  rules: ({ days, time, warnMinutes }, target) => [
    ruleFrom({
      name: say('blueprints.nightly-restart'),
      target,
      // The warnings come first, so that the restart comes at the chosen time.
      trigger: { kind: 'time', ...earlier(days, time, warnMinutes) },
      condition: runs,
      steps: [
        ...warnings(warnMinutes, (left) => say('warned.usual', { time: left })),
        { kind: 'power', on: null, signal: 'restart' },
        untilRunning(startMinutes),
      ],
    }),
  ],
};

export const restartOnMemory: Blueprint = {
  id: 'restart-on-memory',
  fields: ['memoryPercent', 'highMinutes'],
  hasTarget: true,
  rules: ({ memoryPercent, highMinutes }, target) => [
    ruleFrom({
      name: say('blueprints.restart-on-memory'),
      target,
      trigger: {
        kind: 'holds',
        condition: all(isAtLeast('memory', memoryPercent), isEmpty, runs),
        forMs: highMinutes * minuteMs,
      },
      condition: null,
      steps: [{ kind: 'power', on: null, signal: 'restart' }, untilRunning(startMinutes)],
    }),
  ],
};
