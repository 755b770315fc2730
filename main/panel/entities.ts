/** What a panel tells, in domain words. */
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

/** A server as the panel describes it: no live state (PROTOCOL D14). */
export interface PanelServer {
  uuid: string;
  identifier: string;
  name: string;
  /** The name as the panel has it, where `name` is another one: made fit to be shown, or in the place of none. */
  rawName?: string;
  description: string;
  node: string;
  isOwner: boolean;
  condition: Condition;
  limits: Limits;
  allocations: Allocation[];
  sftp: { host: string; port: number } | null;
  dockerImage: string;
  /** null where nothing tells. */
  game: Game | null;
  /** The egg was named, so that this is no guess. */
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

/** What somebody did, as the panel has written it down (PROTOCOL 2.14): a power action, a schedule run by hand, a backup deleted. */
export type PanelActivity = PowerActivity | ScheduleActivity | DeletionActivity;

interface WrittenDown {
  /** By the clock of whoever wrote it: the panel or the node. */
  at: number;
  /** The user; null where the panel names none. */
  by: string | null;
}

export interface PowerActivity extends WrittenDown {
  signal: PowerSignal;
}

interface ScheduleActivity extends WrittenDown {
  /** The name of the schedule. */
  schedule: string;
}

interface DeletionActivity extends WrittenDown {
  deletes: 'backup';
}

/** What came of changing a variable; `commands` null where the panel does not tell them (PROTOCOL D21). */
export interface ChangedVariable {
  variable: StartupVariable;
  commands: Pick<Startup, 'command' | 'template'> | null;
}
