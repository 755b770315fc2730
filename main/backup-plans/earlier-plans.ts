/** Records of plans that earlier versions of Perch kept in the memory of the application, as states of rules. */
import { newProblem, toProblem } from '../../bridge/errors.js';
import type { LastPlanned, PlanRecord } from '../../bridge/schema/backup-plans.js';
import type { KeptRule, KeptRun, LastRuleRun } from '../../bridge/schema/rule-runs.js';
import type { Memory } from '../../bridge/schema/memory.js';
import { sentence } from '../../messages/messages.js';
import type { Clock, Log } from '../base/ports.js';
import { planKey } from '../rules/rule-times.js';
import { planAgreement, planRuleId, planTrigger } from './plan-rules.js';
import type { PlanTroubles } from './plan-troubles.js';

/** Time in ms that a backup of the earlier version may still take. */
const endedMs = 12 * 3_600_000;

function keptRuleOf({ serverId, minute, settledAt, ranAt, last }: PlanRecord, wall: number): KeptRule {
  const ruleId = planRuleId(serverId);
  const run = last === null ? null : runOf(ruleId, serverId, last, wall);
  const lane = { queue: [], starts: [], counted: [], hasFired: false };
  return {
    ruleId,
    agreedAt: planAgreement,
    savedAt: wall,
    failures: 0,
    times: { settledAt, ranAt: null, era: 0, ranFor: ranAt, plan: planKey(planTrigger(minute)) },
    lastRun: last === null || run !== null ? null : lastRunOf(last),
    missed: last !== null && wasMissed(last) ? [last.at] : [],
    offBy: null,
    unstored: [],
    causes: [],
    lanes: run === null ? {} : { [serverId]: { ...lane, run } },
  };
}

/** The backup is missed because Perch ended before the panel had named the backup, or before its turn. */
function isInterrupted({ outcome, backup }: LastPlanned): boolean {
  return outcome === 'waiting' || (outcome === 'begun' && backup === null);
}

function wasMissed(last: LastPlanned): boolean {
  return last.outcome === 'closed' || isInterrupted(last);
}

function runOf(ruleId: string, serverId: string, last: LastPlanned, wall: number): KeptRun | null {
  const { at, outcome, backup } = last;
  if (outcome !== 'begun' || backup === null) return null;
  const key = `time:${at}:0`;
  const step = {
    place: '1',
    kind: 'backup',
    at,
    endedAt: at,
    outcome: 'done',
    problem: null,
    seen: [],
  } as const;
  const wait = { ...step, place: '2', kind: 'wait', endedAt: null, outcome: 'waiting' } as const;
  return {
    id: `${ruleId}/${key}/${serverId}`,
    cause: { key, kind: 'time', at, value: null },
    at,
    next: 1,
    phase: 'paused',
    until: wall + endedMs,
    order: null,
    backup,
    turn: null,
    ending: null,
    signals: {},
    seen: [],
    steps: [
      { ...step, seen: [] },
      { ...wait, seen: [] },
    ],
  };
}

function lastRunOf(last: LastPlanned): LastRuleRun | null {
  const { at, outcome, backup, problem } = last;
  const step = { place: '1', at, endedAt: at, seen: [] };
  const refused = { ...step, kind: 'backup', outcome: 'refused' } as const;
  const waited = { ...step, place: '2', kind: 'wait', problem: null } as const;
  switch (outcome) {
    case 'good':
      return { at, end: 'done', backup, step: { ...waited, outcome: 'waited' } };
    case 'failed':
      return { at, end: 'failed', backup, step: { ...waited, outcome: 'refused' } };
    case 'unreachable': {
      const unread = newProblem('panel-unreachable', sentence('backup-plans.unread'));
      return { at, end: 'failed', backup, step: { ...refused, problem: unread } };
    }
    case 'refused': {
      const why = newProblem(
        'conflict',
        problem ?? sentence('backup-plans.turn-late'),
        sentence('backup-plans.unread-next'),
      );
      return { at, end: 'failed', backup, step: { ...refused, problem: why } };
    }
    default:
      return null;
  }
}

export interface EarlierPlansDeps {
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
  readonly memory: {
    readonly current: Pick<Memory, 'plannedBackups'>;
    update(change: () => Pick<Memory, 'plannedBackups'>): Promise<unknown>;
  };
  readonly troubles: Pick<PlanTroubles, 'add'>;
}

/** Carries the records over once. The memory keeps them until the disk has the states of the rules. */
export class EarlierPlans {
  constructor(private readonly deps: EarlierPlansDeps) {}

  /** The states of all rules, with the plans of the earlier version that are not among them. */
  with(kept: readonly KeptRule[]): readonly KeptRule[] {
    const { clock, memory, troubles } = this.deps;
    const known = new Set(kept.map(({ ruleId }) => ruleId));
    const left = memory.current.plannedBackups.filter(({ serverId }) => !known.has(planRuleId(serverId)));
    for (const { serverId, last } of left)
      if (last !== null && isInterrupted(last)) troubles.add(serverId, 'closed', null);
    return [...kept, ...left.map((one) => keptRuleOf(one, clock.wall()))];
  }

  /** `save` resolves when the disk has the states. Never rejects. */
  async carried(save: () => Promise<void>): Promise<void> {
    const { log, memory } = this.deps;
    if (memory.current.plannedBackups.length === 0) return;
    try {
      await save();
      await memory.update(() => ({ plannedBackups: [] }));
    } catch (error) {
      log.warn('plans.not-carried-over', { code: toProblem(error).code });
    }
  }
}
