import type { PlanMissed } from '../../bridge/schema/backup-plans.js';
import type { Actor } from '../../bridge/schema/event-actor.js';
import type { Happening } from '../../bridge/schema/events.js';
import type { QuietTrouble, WayBack } from '../../bridge/schema/quiet-backups.js';
import type { Sentence } from '../../messages/messages.js';

type PlayerAct = Omit<Extract<Happening, { kind: 'player-act' }>, 'kind'>;
type RuleFact = Extract<Happening, { kind: 'rule-run' | 'rule-told' }>;
type Broadcast = Omit<Extract<Happening, { kind: 'broadcast' }>, 'kind' | 'servers'>;

/** Fact about a server that changes neither its state nor its panel data. The node reports such a fact. */
export type ServerFact =
  /**
   * A backup has ended. `backupId` is the same for every account that gets the report; null if the node does not name
   * the backup. `isDeleted` = the panel no longer has it.
   */
  | {
      readonly kind: 'backup';
      readonly isSuccessful: boolean;
      readonly backupId: string | null;
      readonly sha1: string | null;
      readonly bytes: number;
      readonly isDeleted?: true;
    }
  /** The user deleted a backup that had ended. */
  | { readonly kind: 'backup-deleted'; readonly backupId: string }
  /**
   * Perch stopped to delete backups by a rule. `refused` = the panel refused to delete this backup; `changed` = the list
   * changed otherwise after its deletion.
   */
  | { readonly kind: 'rule-stopped'; readonly backupId: string; readonly why: 'refused' | 'changed' }
  /** A good backup could not be copied to this computer. `differs` = the file here is not the backup. */
  | { readonly kind: 'copy-failed'; readonly backupId: string; readonly differs: boolean }
  /** The server's files were backed up to this computer, where the user asked for that. */
  | { readonly kind: 'files-copied'; readonly backupId: string }
  /** A person acted on a player by a console command. */
  | ({ readonly kind: 'player-act' } & PlayerAct)
  /** A player whom the user watches came to the server. */
  | { readonly kind: 'player-joined'; readonly player: string }
  /** A message went to the players of these servers, of which the fact's server is the first. */
  | ({ readonly kind: 'broadcast'; readonly serverIds: readonly string[] } & Broadcast)
  /** A run of a rule has ended, or a step of a rule sends the user a message. */
  | RuleFact
  /** The restore of a backup has ended. The node does not report its success. */
  | { readonly kind: 'restored' }
  /**
   * Planned backups of these servers, of which the fact's server is the first, were not made. `problem` = why they were
   * refused; null = several reasons, or no refusal.
   */
  | {
      readonly kind: 'plan-missed';
      readonly why: PlanMissed;
      readonly serverIds: readonly string[];
      readonly problem: Sentence | null;
    }
  /** Schedules of the server that do not run as they should, as the panel sent them now; empty = all is well. */
  | { readonly kind: 'schedules'; readonly troubles: readonly ScheduleTrouble[] }
  /** A quiet backup of Perch had trouble. `owed` = what would bring the server back; null = the server is back. */
  | { readonly kind: 'quiet-backup'; readonly trouble: QuietTrouble; readonly owed: WayBack };

/** `stuck` = a run does not end; `overdue` = the panel has not begun the run whose time has passed. */
export interface ScheduleTrouble {
  readonly id: number;
  readonly name: string;
  readonly why: 'stuck' | 'overdue';
}

export interface ReportedFact {
  readonly serverId: string;
  readonly fact: ServerFact;
}

/** Perch acts by a rule of the user. */
export const byRule = { kind: 'me', bulk: false, rule: true } as const satisfies Actor;

/** Perch's own facts about a backup or a restoration, for the event log. */
export interface BackupOrigin {
  readonly backupId?: string;
  readonly name?: string;
  /** Beginning of the backup by the panel's clock. */
  readonly createdAt?: number;
  /** Who made, restored or deleted the backup through Perch; missing if unknown. */
  readonly by?: Actor;
  /** True if the user deletes the backup through Perch. */
  readonly isDeleted?: true;
}

/** Knowledge about backups that no node reports. */
export interface BackupOriginsPort {
  originOf(serverId: string, backupId: string): BackupOrigin;
  /** The restoration of this server that now ended, once; null = Perch did not begin it. */
  takeRestoration(serverId: string): BackupOrigin | null;
}
