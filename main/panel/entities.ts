/** Data from a panel in Perch's own types. */
import type {
  Allocation,
  Condition,
  Limits,
  Naming,
  PowerSignal,
  PowerState,
  Startup,
  StartupVariable,
  Usage,
} from '../../bridge/schema/domain.js';
import type { Game } from '../../bridge/panel/games.js';

export interface PanelUser {
  username: string;
  email: string;
  isAdmin: boolean;
}

/** A server as described by the panel, without live state (PROTOCOL D14). */
export interface PanelServer {
  uuid: string;
  identifier: string;
  name: string;
  /**
   * The panel's own name, only if `name` differs: cleaned for display, or the identifier in place of an empty name.
   */
  rawName?: string;
  description: string;
  node: string;
  isOwner: boolean;
  condition: Condition;
  limits: Limits;
  allocations: Allocation[];
  sftp: { host: string; port: number } | null;
  dockerImage: string;
  /** null = unknown. */
  game: Game | null;
  /** True if the panel named the egg, so that `game` is no guess. */
  isEggNamed: boolean;
  naming: Naming;
  /** null in the list of a real panel (PROTOCOL D13). */
  permissions: string[] | null;
}

export interface PanelResources {
  power: PowerState;
  isSuspended: boolean;
  usage: Usage;
}

export interface SocketTicket {
  token: string;
  url: string;
}

/** An entry of the panel's activity log (PROTOCOL 2.14): a power action, a manual schedule run or a backup deletion. */
export type PanelActivity = PowerActivity | ScheduleActivity | DeletionActivity;

interface WrittenDown {
  /** Ms since the epoch, by the clock of the panel or node that wrote the entry. */
  at: number;
  /** Username; null if the panel names no user. */
  by: string | null;
}

export interface PowerActivity extends WrittenDown {
  signal: PowerSignal;
}

interface ScheduleActivity extends WrittenDown {
  /** Name of the schedule. */
  schedule: string;
}

interface DeletionActivity extends WrittenDown {
  deletes: 'backup';
}

/** Result of changing a startup variable. `commands` is null if the panel omits them (PROTOCOL D21). */
export interface ChangedVariable {
  variable: StartupVariable;
  commands: Pick<Startup, 'command' | 'template'> | null;
}
