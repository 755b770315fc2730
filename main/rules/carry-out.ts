/** Carries out the orders of runs through the actions of Perch, with their permissions, pacing and entries of the log. */
import type { Backup } from '../../bridge/schema/backups.js';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { FollowedBackup } from '../backups/back-up-whole.js';
import type { ReportedFact } from '../base/server-fact.js';
import type { SentOrder } from './run-state.js';

export interface CarryOutDeps {
  /** Each rejects with `PerchError`. */
  sendPower(serverId: string, signal: PowerSignal): Promise<unknown>;
  sendCommand(serverId: string, command: string): Promise<unknown>;
  warn(serverId: string, text: string): Promise<unknown>;
  /** Switches the plan of Perch's own backups of this server off. */
  pausePlan(serverId: string): Promise<unknown>;
  /** Writes the known lines of the console to a file. */
  keepLog(serverId: string): Promise<unknown>;
  /** Begins a backup by the rule of the server. */
  backUp(serverId: string, quietly: boolean): Promise<{ readonly made: Promise<Backup> }>;
  /** Follows a backup to its end. */
  whenEnded(serverId: string, backup: Backup): FollowedBackup;
  /** Resolves when no quiet backup of the server is under way; `false` = the server is not back. Never rejects. */
  isBack(serverId: string): Promise<boolean>;
  readonly facts: { emit(fact: ReportedFact): void };
  newId(): string;
  /** A quiet backup of this id has ended. */
  ended(backup: string, isGood: boolean): void;
}

export async function carryOut(
  deps: CarryOutDeps,
  { id, serverId, act }: SentOrder,
  rule: Rule,
): Promise<{ readonly backup?: string }> {
  switch (act.kind) {
    case 'power':
      await deps.sendPower(serverId, act.signal);
      return {};
    case 'command':
      await deps.sendCommand(serverId, act.command);
      return {};
    case 'warn':
      await deps.warn(serverId, act.text);
      return {};
    case 'pause-plan':
      await deps.pausePlan(serverId);
      return {};
    case 'keep-log':
      await deps.keepLog(serverId);
      return {};
    case 'notify':
      deps.facts.emit({ serverId, fact: { kind: 'rule-told', rule: rule.name, text: act.text, order: id } });
      return {};
    case 'backup': {
      const { made } = await deps.backUp(serverId, act.quietly);
      if (!act.quietly) return { backup: (await made).id };
      // A quiet backup first warns players for minutes, so the run gets a name for it now and its end later.
      const backup = deps.newId();
      void isGoodAndBack(deps, serverId, made).then((isGood) => deps.ended(backup, isGood));
      return { backup };
    }
  }
}

async function isGoodAndBack(
  { whenEnded, isBack }: CarryOutDeps,
  serverId: string,
  made: Promise<Backup>,
): Promise<boolean> {
  try {
    const end = await whenEnded(serverId, await made).ended;
    return (await isBack(serverId)) && end?.state === 'good';
  } catch {
    return false;
  }
}
