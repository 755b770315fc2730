/** First values of a rule, of its triggers, conditions and steps, for somebody who adds one. Pure. */
import type { RuleLeaf, RuleStep, RuleTrigger } from '../../../bridge/schema/rule-parts.js';
import type { Rule } from '../../../bridge/schema/rules.js';

const minuteMs = 60_000;
const everyDay = [0, 1, 2, 3, 4, 5, 6];

/** A rule without steps, which does not act before somebody has agreed to it. */
export function emptyRule(): Rule {
  return {
    id: 'new',
    name: '',
    isOn: true,
    mode: 'single',
    atMost: { times: 3, withinMs: 60 * minuteMs },
    target: { kind: 'event' },
    trigger: { kind: 'event', events: ['crashed'] },
    condition: null,
    steps: [],
    agreedAt: null,
  };
}

type Of<T extends { readonly kind: string }> = { readonly [K in T['kind']]: () => Extract<T, { kind: K }> };

export const newLeaf: Of<RuleLeaf> = {
  state: () => ({ kind: 'state', on: null, is: ['running'] }),
  figure: () => ({ kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 }),
  hours: () => ({ kind: 'hours', days: [...everyDay], from: 60, to: 6 * 60 }),
  unseen: () => ({ kind: 'unseen' }),
  'ran-before': () => ({ kind: 'ran-before', on: null }),
  free: () => ({ kind: 'free', on: null }),
};

export const newTrigger: Of<RuleTrigger> = {
  event: () => ({ kind: 'event', events: ['crashed'] }),
  repeated: () => ({ kind: 'repeated', event: 'crashed', times: 3, withinMs: 60 * minuteMs }),
  holds: () => ({ kind: 'holds', condition: newLeaf.figure(), forMs: 10 * minuteMs }),
  state: () => ({ kind: 'state', state: 'offline', forMs: 5 * minuteMs }),
  figure: () => ({ kind: 'figure', of: 'memory', above: 90, forMs: 10 * minuteMs }),
  time: () => ({ kind: 'time', days: [...everyDay], minute: 4 * 60 }),
  cron: () => ({ kind: 'cron', cron: '0 4 * * *' }),
  line: () => ({ kind: 'line', text: '' }),
  backup: () => ({ kind: 'backup', isGood: false }),
  'schedule-stuck': () => ({ kind: 'schedule-stuck' }),
  'perch-started': () => ({ kind: 'perch-started' }),
  'node-back': () => ({ kind: 'node-back' }),
  'by-hand': () => ({ kind: 'by-hand' }),
};

export const newStep: Of<RuleStep> = {
  power: () => ({ kind: 'power', on: null, signal: 'restart' }),
  command: () => ({ kind: 'command', on: null, command: '' }),
  backup: () => ({ kind: 'backup', on: null, quietly: false }),
  warn: () => ({ kind: 'warn', on: null, text: '' }),
  notify: () => ({ kind: 'notify', text: '' }),
  delay: () => ({ kind: 'delay', ms: minuteMs }),
  wait: () => ({
    kind: 'wait',
    sign: { kind: 'state', on: null, state: 'running' },
    limitMs: 10 * minuteMs,
    late: 'end',
  }),
  'pause-plan': () => ({ kind: 'pause-plan', on: null }),
  'keep-log': () => ({ kind: 'keep-log', on: null }),
  if: () => ({ kind: 'if', condition: newLeaf.figure(), then: [], else: [] }),
  end: () => ({ kind: 'end' }),
  'switch-off': () => ({ kind: 'switch-off' }),
};
