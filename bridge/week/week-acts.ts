/** What a schedule of a panel or a rule of the user does to a server, by its weight. Pure. */
import type { FleetSchedule } from '../schema/fleet-schedules.js';
import type { RuleStep } from '../schema/rule-parts.js';

/** The weightiest first. */
const weekActs = ['restart', 'stop', 'start', 'backup', 'command', 'other'] as const;
export type WeekAct = (typeof weekActs)[number];

/** Acts that load the node: many at once slow down each other, and the servers beside them. */
export function isHeavy(act: WeekAct): boolean {
  return act === 'restart' || act === 'start' || act === 'backup';
}

export interface Acts {
  /** Without repetition, the weightiest first; never empty. */
  readonly acts: readonly [WeekAct, ...WeekAct[]];
  /** Ms from the begin of the run to the weightiest act. */
  readonly delayMs: number;
}

interface Done {
  readonly act: WeekAct;
  readonly atMs: number;
}

export function actsOfTasks(tasks: FleetSchedule['tasks']): Acts {
  let atMs = 0;
  const done = tasks.map(({ action, payload, offsetSeconds }): Done => {
    atMs += offsetSeconds * 1000;
    return { act: actOfTask(action, payload.trim()), atMs };
  });
  return weighed(done);
}

function actOfTask(action: string, payload: string): WeekAct {
  if (action === 'backup' || action === 'command') return action;
  if (action !== 'power') return 'other';
  return payload === 'restart' || payload === 'start'
    ? payload
    : payload === 'stop' || payload === 'kill'
      ? 'stop'
      : 'other';
}

/** Both ways of a choice count, and a delay counts where it stands before the act. Waits end by a sign. */
export function actsOfSteps(steps: readonly RuleStep[]): Acts {
  return weighed(doneBy(steps, 0).done);
}

function doneBy(
  steps: readonly RuleStep[],
  from: number,
): { readonly done: readonly Done[]; readonly atMs: number } {
  let atMs = from;
  const done: Done[] = [];
  for (const step of steps) {
    if (step.kind === 'delay') atMs += step.ms;
    else if (step.kind === 'if') {
      const ways = [doneBy(step.then, atMs), doneBy(step.else, atMs)];
      done.push(...ways.flatMap((way) => way.done));
      atMs = Math.max(...ways.map((way) => way.atMs));
    } else if (step.kind === 'power') done.push({ act: step.signal, atMs });
    else if (step.kind === 'backup' || step.kind === 'command') done.push({ act: step.kind, atMs });
    else if (step.kind === 'warn') done.push({ act: 'command', atMs });
    else if (step.kind === 'notify') done.push({ act: 'other', atMs });
  }
  return { done, atMs };
}

function weighed(done: readonly Done[]): Acts {
  const has = (act: WeekAct): boolean => done.some((one) => one.act === act);
  // A stop that a start follows is a restart for whoever plays.
  const isRestart = has('restart') || (has('stop') && has('start'));
  const acts = weekActs.filter((act) =>
    act === 'restart' ? isRestart : has(act) && !(isRestart && (act === 'stop' || act === 'start')),
  );
  const [first = 'other', ...others] = acts;
  const wanted: WeekAct = first === 'restart' && !has('restart') ? 'stop' : first;
  const delayMs = done.find(({ act }) => act === wanted)?.atMs ?? 0;
  return { acts: [first, ...others], delayMs };
}
