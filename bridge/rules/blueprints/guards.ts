/** Blueprints that keep a server from harm: crashes again and again, and a full disk; and its nightly backup. */
import { say } from '../../../messages/messages.js';
import { minuteMs, ruleFrom, type Blueprint } from './blueprint.js';
import { isAtLeast } from './conditions.js';

/** Seconds after a crash in which a node may start the server again. */
const restartMs = 10_000;
const stopMinutes = 5;
const backupMinutes = 12 * 60;
/** Minutes that the disk must be so full. */
const fullMinutes = 5;

export const crashGuard: Blueprint = {
  id: 'crash-guard',
  fields: ['crashes', 'withinMinutes'],
  hasTarget: true,
  rules: ({ crashes, withinMinutes }, target) => [
    ruleFrom({
      name: say('blueprints.crash-guard'),
      target,
      trigger: { kind: 'repeated', event: 'crashed', times: crashes, withinMs: withinMinutes * minuteMs },
      condition: null,
      steps: [
        // The node starts a crashed server again at once, and this start is to be stopped.
        { kind: 'delay', ms: restartMs },
        { kind: 'power', on: null, signal: 'stop' },
        {
          kind: 'wait',
          sign: { kind: 'state', on: null, state: 'offline' },
          limitMs: stopMinutes * minuteMs,
          late: 'go-on',
        },
        { kind: 'notify', text: say('blueprints.crashed-often', { count: crashes }) },
        { kind: 'keep-log', on: null },
      ],
    }),
  ],
};

export const lowDisk: Blueprint = {
  id: 'low-disk',
  fields: ['tellPercent', 'stopPercent'],
  hasTarget: true,
  rules: ({ tellPercent, stopPercent }, target) => {
    const isFull = (percent: number) =>
      ({ kind: 'holds', condition: isAtLeast('disk', percent), forMs: fullMinutes * minuteMs }) as const;
    return [
      ruleFrom({
        name: say('blueprints.low-disk-tell'),
        target,
        trigger: isFull(tellPercent),
        condition: null,
        steps: [{ kind: 'notify', text: say('blueprints.disk-is-low', { limit: tellPercent }) }],
      }),
      ruleFrom({
        name: say('blueprints.low-disk-stop'),
        target,
        trigger: isFull(stopPercent),
        condition: null,
        steps: [
          { kind: 'pause-plan', on: null },
          { kind: 'notify', text: say('blueprints.plan-is-off', { limit: stopPercent }) },
        ],
      }),
    ];
  },
};

export const quietBackup: Blueprint = {
  id: 'quiet-backup',
  fields: ['days', 'time'],
  hasTarget: true,
  rules: ({ days, time }, target) => [
    ruleFrom({
      name: say('blueprints.quiet-backup'),
      target,
      trigger: { kind: 'time', days: [...days], minute: time },
      condition: null,
      steps: [
        { kind: 'backup', on: null, quietly: true },
        { kind: 'wait', sign: { kind: 'backup' }, limitMs: backupMinutes * minuteMs, late: 'end' },
      ],
    }),
  ],
};
