/** Puts traces of rules into the history, and reports runs with an effect to the log. */
import { originOf } from '../../bridge/rules/rule-origin.js';
import type { RunRecord } from '../../bridge/schema/rule-runs.js';
import type { RunTraces } from '../base/past.js';
import type { ReportedFact } from '../base/server-fact.js';
import type { TraceNews } from './rule-state.js';

export interface TracesDeps {
  readonly traces: Pick<RunTraces, 'put' | 'has'>;
  readonly facts: { emit(fact: ReportedFact): void };
}

/** Resolves when the history has the trace. Never rejects. */
export async function keepTrace(
  { traces, facts }: TracesDeps,
  record: RunRecord,
  { rule, mustReport, offBy, isRestored }: TraceNews,
): Promise<void> {
  // The entry of the log and the trace are written together, so both are there or neither is.
  if (isRestored && (await traces.has(record))) return;
  const { serverId, end, steps } = record;
  const isOff = offBy === 'failures';
  // The part of Perch that has the setting says in its own words what happened.
  const isOwn = originOf(rule.id) === 'own';
  if (isOwn && (steps.length > 0 || isOff))
    facts.emit({
      serverId,
      fact: { kind: 'rule-run', rule: rule.name, end, isTold: mustReport, isOff, run: record.id },
    });
  await traces.put(record);
}
