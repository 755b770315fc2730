/** Whether the sign that a run waits for is there. Pure. */
import { usablePlayers, usablePower } from '../../bridge/rules/judge.js';
import { lineMatches } from '../../bridge/rules/line-match.js';
import type { PowerState } from '../../bridge/schema/domain.js';
import type { RuleSign } from '../../bridge/schema/rule-parts.js';
import type { Run, RunFact, RunMoment } from './run-state.js';

/** Ended backups that a run remembers, because the end may come before the panel's answer. */
const mostEnded = 20;

/** `failed` = the backup has ended badly. */
export type Sign = 'there' | 'failed' | 'not-yet';

/** Signs that the run remembers of a fact, whatever the run does now. */
export function remembering(run: Run, fact: RunFact): Run {
  switch (fact.kind) {
    case 'backup': {
      // A run in line has begun nothing, and a night has many of them.
      if (run.phase === 'turn') return run;
      const { backup, isGood, problem } = fact;
      const ended = { backup, isGood, ...(problem !== undefined && { problem }) };
      return { ...run, ended: [...run.ended, ended].slice(-mostEnded) };
    }
    case 'named':
      return run.backup === fact.backup ? { ...run, backup: fact.id } : run;
    case 'state': {
      const signal = run.signals[fact.serverId];
      if (signal === undefined || fact.state === 'running') return run;
      return { ...run, signals: { ...run.signals, [fact.serverId]: { ...signal, isUnseen: false } } };
    }
    default:
      return run;
  }
}

/** The state of a server; null = unknown, too old, or from before a signal of this run. */
export function powerOf(run: Run, serverId: string, moment: RunMoment): PowerState | null {
  const signal = run.signals[serverId];
  const seenAt = moment.server(serverId)?.power?.seenAt ?? -Infinity;
  return signal !== undefined && seenAt <= signal.at ? null : usablePower(moment, serverId);
}

/**
 * A line counts only as a fact of now, and a number of players only if it is newer than the wait, which began at `since`;
 * a state and a backup also if they came before.
 */
export function signOf(
  run: Run,
  { sign, since }: { readonly sign: RuleSign; readonly since: number },
  moment: RunMoment,
  fact: RunFact | null,
): Sign {
  switch (sign.kind) {
    case 'state': {
      const on = sign.on ?? run.serverId;
      // After a restart, "running" may still be the process of before.
      const isBefore = sign.state === 'running' && run.signals[on]?.isUnseen === true;
      return !isBefore && powerOf(run, on, moment) === sign.state ? 'there' : 'not-yet';
    }
    case 'line': {
      const isThere =
        fact?.kind === 'line' &&
        fact.serverId === (sign.on ?? run.serverId) &&
        lineMatches(sign.text, fact.text);
      return isThere ? 'there' : 'not-yet';
    }
    case 'players': {
      const on = sign.on ?? run.serverId;
      const seenAt = usablePlayers(moment, on)?.seenAt ?? -Infinity;
      return seenAt > since ? 'there' : 'not-yet';
    }
    case 'backup': {
      const end = run.ended.find(({ backup }) => backup === run.backup);
      if (end === undefined) return 'not-yet';
      return end.isGood ? 'there' : 'failed';
    }
  }
}
