/** What the rest of main sees of a panel: typed answers in domain words, problems as `PerchError`. */
import type {
  Allocation,
  Condition,
  Limits,
  Naming,
  PermissionGroup,
  PowerSignal,
  PowerState,
  Startup,
  StartupVariable,
  Usage,
} from '../../bridge/domain.js';

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
  naming: Naming;
  invocation: string;
  eggFeatures: string[];
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

/** What came of changing a variable; `commands` null where the panel does not tell them (PROTOCOL D21). */
export interface ChangedVariable {
  variable: StartupVariable;
  commands: Pick<Startup, 'command' | 'template'> | null;
}

export interface CallOptions {
  /** Default 20 s; a panel needs up to 15 s to tell that its node is silent (PROTOCOL 3.2). */
  timeoutMs?: number;
}

/**
 * One account of one panel. Reads are repeated at most once after a connection that broke; writes never
 * (PROTOCOL trap 18). Every method rejects with `PerchError` and nothing else.
 */
export interface PanelApi {
  /** The origin for the websocket's Origin header: scheme, host and non-default port (PROTOCOL 4.1). */
  readonly origin: string;
  /** Calls per minute that the panel allows this user, from its headers; null before any answer named it (PROTOCOL 3.4). */
  rateLimit?(): number | null;
  account(options?: CallOptions): Promise<PanelUser>;
  permissions(): Promise<PermissionGroup[]>;
  /** All pages. `scope` `admin-all` only does something for root admins (PROTOCOL 2.1). */
  servers(options?: { scope?: 'mine' | 'admin-all' }): Promise<PanelServer[]>;
  server(identifier: string): Promise<PanelServer>;
  resources(identifier: string): Promise<PanelResources>;
  socketTicket(identifier: string): Promise<SocketTicket>;
  power(identifier: string, signal: PowerSignal): Promise<void>;
  command(identifier: string, command: string): Promise<void>;
  /** Without a description the old one stays. */
  rename(identifier: string, input: { name: string; description?: string }): Promise<void>;
  /** Where `Naming.description` is `apart` (PROTOCOL 8.3.4). */
  describe(identifier: string, description: string): Promise<void>;
  reinstall(identifier: string): Promise<void>;
  setDockerImage(identifier: string, image: string): Promise<void>;
  startup(identifier: string, currentImage?: string): Promise<Startup>;
  setVariable(identifier: string, key: string, value: string): Promise<ChangedVariable>;
  close(): Promise<void>;
}
