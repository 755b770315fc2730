/**
 * State, facts and orders of one run of a rule. Pure. Times are monotonic times in ms, those of the trace wall-clock
 * times.
 */
import type { Calendar } from '../../bridge/backups/calendar.js';
import type { Problem } from '../../bridge/errors.js';
import type { RuleMoment } from '../../bridge/rules/rule-facts.js';
import type { PowerState } from '../../bridge/schema/domain.js';
import type { RuleAct } from '../../bridge/schema/rule-parts.js';
import type {
  OffBy,
  RuleCause,
  RunEnd,
  RunRecord,
  SeenValue,
  StepTrace,
} from '../../bridge/schema/rule-runs.js';

/** One moment, with all facts known at that moment. */
export interface RunMoment extends RuleMoment {
  /** Wall-clock time. */
  readonly wall: number;
  /** The local calendar, for planned times. */
  readonly calendar: Calendar;
  /** Number from 0 to less than 1. */
  random(): number;
}

/** A power signal of this run. */
interface RunSignal {
  readonly at: number;
  /** A restart without any state other than "running" so far. */
  readonly isUnseen: boolean;
}

/** `problem` = why the backup was never begun. */
interface EndedBackup {
  readonly backup: string;
  readonly isGood: boolean;
  readonly problem?: Problem;
}

/** A step that takes turns with those of other servers, and asks a busy panel again. */
export interface RunTurn {
  /** When the step could have begun. */
  readonly since: number;
  /** Since when this run of Perch could ask the panel. */
  readonly askedFrom: number;
  /** How often the panel was asked. */
  readonly tries: number;
}

/** Why a step waits before its next turn. `ofPanel` = the other servers of the panel wait as well. */
export interface TurnDelay {
  readonly ms: number;
  readonly ofPanel: boolean;
}

export interface SentOrder {
  readonly id: string;
  readonly serverId: string;
  readonly act: RuleAct;
}

export interface Run {
  readonly id: string;
  readonly ruleId: string;
  readonly serverId: string;
  readonly cause: RuleCause;
  readonly isDry: boolean;
  /** The agreement under which the run began. */
  readonly agreedAt: number | null;
  /** Beginning, as a wall-clock time. */
  readonly at: number;
  /** Place in the program. */
  readonly next: number;
  /**
   * `ready` = continues at once; `sent` = waits for the answer to an order; `looking` = waits for what Perch finds
   * about an order of an earlier run of Perch; `paused` = a delay or a wait; `turn` = waits for its turn at the panel.
   */
  readonly phase: 'ready' | 'sent' | 'looking' | 'paused' | 'turn';
  /** End of the time for an answer or a pause. */
  readonly until: number;
  /** The order that has left, or is about to. */
  readonly order: SentOrder | null;
  /** Id of the last backup that this run began. */
  readonly backup: string | null;
  /** The step in turn that is under way; null = none. */
  readonly turn: RunTurn | null;
  /** Backups that have ended while this run was under way. */
  readonly ended: readonly EndedBackup[];
  /** Power signals of this run by server. */
  readonly signals: Readonly<Record<string, RunSignal>>;
  /** How the run ends after the answer to its order; null = it continues. */
  readonly ending: RunEnd | null;
  readonly seen: readonly SeenValue[];
  readonly steps: readonly StepTrace[];
}

export type RunFact =
  /** `backup` = id of the backup that the order began. */
  | {
      readonly kind: 'answered';
      readonly order: string;
      readonly problem: Problem | null;
      readonly backup?: string;
    }
  /** The order did not leave, see `mayLeave` and `whyNoLonger`, which says why. */
  | { readonly kind: 'withheld'; readonly order: string; readonly why?: 'condition' | 'unknown' }
  /** Evidence about an order of an earlier run of Perch. Not found never means "not sent". */
  | {
      readonly kind: 'looked';
      readonly order: string;
      readonly isFound: boolean;
      readonly backup?: string;
    }
  | { readonly kind: 'state'; readonly serverId: string; readonly state: PowerState }
  | { readonly kind: 'line'; readonly serverId: string; readonly text: string }
  /** The answer to a question about players; `order` names the wait that asks. */
  | ({ readonly kind: 'counted'; readonly order: string } & PlayerAnswer)
  | ({ readonly kind: 'backup' } & EndedBackup)
  /** The panel has named a backup that the run knows by another id. */
  | { readonly kind: 'named'; readonly backup: string; readonly id: string }
  /** The run that waits for its turn at the panel has the turn now. */
  | { readonly kind: 'turn'; readonly run: string }
  /** Time has passed. */
  | { readonly kind: 'time' };

/** Exactly one of the fields is null. */
export interface PlayerAnswer {
  readonly count: number | null;
  readonly problem: Problem | null;
}

export type RuleOrder =
  /**
   * The driver writes the state to the disk, asks `mayLeave`, and sends. It reports `answered` or `withheld` in any case,
   * `answered` with a problem if the disk refuses.
   */
  | ({ readonly kind: 'act' } & SentOrder)
  /** The driver looks whether the order was carried out, and reports `looked`. */
  | ({ readonly kind: 'look-up' } & SentOrder)
  /** The run waits for its turn at the panel of the server, after the delay; null = as soon as possible. */
  | {
      readonly kind: 'turn';
      readonly run: string;
      readonly serverId: string;
      readonly delay: TurnDelay | null;
    }
  /**
   * The driver asks the game how many players are on, and reports `counted`. `mayCommand` = the state of the server is read
   * before, and a game that is known by its console is asked by a command.
   */
  | { readonly kind: 'ask'; readonly id: string; readonly serverId: string; readonly mayCommand: boolean }
  /**
   * The complete trace of a cause, for the history. `mustReport` = the person must know how the run ended. Comes again after
   * a restart of Perch unless the driver reported `stored`; the id of the record stays the same.
   */
  | { readonly kind: 'record'; readonly record: RunRecord; readonly mustReport: boolean }
  /** Planned times were missed. */
  | { readonly kind: 'missed'; readonly times: readonly number[] }
  /** The rule is switched off: by a step, or after failed runs. */
  | { readonly kind: 'switch-off'; readonly why: OffBy };

/** A run after a fact; `end` null = under way. */
export interface RunMove {
  readonly run: Run;
  readonly end: RunEnd | null;
  readonly orders: readonly RuleOrder[];
}

export function newRun(
  fields: Pick<Run, 'id' | 'ruleId' | 'serverId' | 'cause' | 'isDry' | 'agreedAt' | 'at' | 'seen'>,
): Run {
  return {
    ...fields,
    next: 0,
    phase: 'ready',
    until: 0,
    order: null,
    backup: null,
    turn: null,
    ended: [],
    signals: {},
    ending: null,
    steps: [],
  };
}

export function recordOf(run: Run, end: RunEnd, endedAt: number): RunRecord {
  const { id, ruleId, serverId, cause, isDry, agreedAt, at } = run;
  return {
    id,
    ruleId,
    serverId,
    cause,
    isDry,
    agreedAt,
    at,
    endedAt,
    end,
    seen: [...run.seen],
    steps: [...run.steps],
  };
}
