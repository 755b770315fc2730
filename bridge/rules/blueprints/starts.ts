/** Blueprints that start servers: after an outage of their node, and in order. */
import { say } from '../../../messages/messages.js';
import { minuteMs, ruleFrom, untilRunning, type Blueprint } from './blueprint.js';

const startMinutes = 15;

export const startAfterOutage: Blueprint = {
  id: 'start-after-outage',
  fields: ['settleMinutes'],
  hasTarget: true,
  rules: ({ settleMinutes }, target) => [
    ruleFrom({
      name: say('blueprints.start-after-outage'),
      target,
      trigger: { kind: 'node-back' },
      condition: { kind: 'ran-before', on: null },
      steps: [
        // Wings itself starts servers that ran before, so the rule starts only the others.
        { kind: 'delay', ms: settleMinutes * minuteMs },
        {
          kind: 'if',
          condition: { kind: 'state', on: null, is: ['offline'] },
          then: [
            { kind: 'power', on: null, signal: 'start' },
            untilRunning(startMinutes),
            { kind: 'notify', text: say('blueprints.started-again') },
          ],
          else: [],
        },
      ],
    }),
  ],
};

export const startInOrder: Blueprint = {
  id: 'start-in-order',
  fields: ['servers', 'startMinutes'],
  hasTarget: false,
  rules: ({ servers, startMinutes: minutes }) => [
    ruleFrom({
      name: say('blueprints.start-in-order'),
      // The others start for the last server, so the run is about the last server.
      target: { kind: 'server', serverId: servers.at(-1) ?? '' },
      trigger: { kind: 'by-hand' },
      condition: null,
      steps: servers.flatMap((on) => [
        { kind: 'power', on, signal: 'start' } as const,
        untilRunning(minutes, on),
      ]),
    }),
  ],
};
