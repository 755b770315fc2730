import type { State } from '../wings/api.js';

/** The records of the sandbox's panel, as they lie in the store. Sizes are in megabytes, times in ISO 8601. */

export interface User {
  id: number;
  uuid: string;
  username: string;
  email: string;
  firstName: string;
  lastName: string;
  language: string;
  rootAdmin: boolean;
  /**
   * An administrator by role, where the dialect has such: one who may look at every server in the panel's own pages, or
   * change every one as well.
   */
  role?: 'viewer' | 'editor' | null;
  createdAt: string;
}

export interface ApiKey {
  /** The whole key: 16 characters of public identifier, then 32 of secret (PROTOCOL 1.2). */
  token: string;
  userId: number;
  kind: 'client' | 'application';
  description: string;
  /** Addresses or CIDR ranges; null = from anywhere. */
  allowedIps: string[] | null;
  expiresAt: string | null;
  lastUsedAt: string | null;
  createdAt: string;
}

export interface Node {
  id: number;
  name: string;
  /** What `sftp_details.ip` shows. */
  host: string;
  sftpPort: number;
  /** Another name for it that people are shown, where the dialect has one. */
  sftpAlias?: string | null;
  maintenance: boolean;
  /** Nothing listens on it. */
  down: boolean;
  /** Its servers are played without processes (`wings/paper-host.ts`). */
  onPaper?: boolean;
  /** The port of its sockets, kept over restarts; 0 = not chosen yet. */
  port: number;
  /** Signs its socket tokens. */
  tokenKey: string;
}

export interface EggVariable {
  name: string;
  description: string;
  env: string;
  defaultValue: string;
  /** Laravel validation rules with pipes, or as the list that some panels keep (PROTOCOL 6). */
  rules: string | string[];
  /** A variable that is not viewable is not even named to its server's owner. */
  viewable: boolean;
  editable: boolean;
  /** Its place in the list where the dialect sorts; those without one come last. */
  order?: number;
}

export interface Egg {
  id: number;
  uuid: string;
  name: string;
  /** Which game the child process plays (`sandbox/games`). */
  game: string;
  features: string[] | null;
  /** Label -> image. */
  dockerImages: Record<string, string>;
  startup: string;
  /** The word that stops it; `^C` = SIGTERM. */
  stopValue: string;
  donePattern: string;
  variables: EggVariable[];
}

export interface Allocation {
  id: number;
  ip: string;
  alias: string | null;
  port: number;
  notes: string | null;
}

export interface Subuser {
  userId: number;
  permissions: string[];
  createdAt: string;
}

/** The panel's one column; not a power state. */
export type ServerStatus =
  'installing' | 'install_failed' | 'reinstall_failed' | 'suspended' | 'restoring_backup' | null;

export interface Limits {
  memory: number;
  swap: number;
  disk: number;
  io: number;
  cpu: number;
  threads: string | null;
  oomDisabled: boolean;
}

export interface Server {
  id: number;
  uuid: string;
  externalId: string | null;
  name: string;
  description: string;
  ownerId: number;
  nodeId: number;
  eggId: number;
  /** Its own start command, else the egg's. */
  startup: string | null;
  image: string;
  status: ServerStatus;
  transferring: boolean;
  /** Once installed, a failing installation leaves `reinstall_failed` rather than `install_failed`. */
  installed: boolean;
  limits: Limits;
  featureLimits: { databases: number | null; allocations: number | null; backups: number };
  allocations: Allocation[];
  /** 0 = it has no address at all. */
  primaryAllocationId: number;
  /** Values that were set, by `env`; a variable that is missing here was never set. */
  values: Record<string, string>;
  subusers: Subuser[];
  /** What its node last said of it; decides what is started again after a restart. */
  lastState: State;
}

/** Everything a panel knows; what a new store begins with. */
export interface WorldSeed {
  users: User[];
  keys: ApiKey[];
  nodes: Node[];
  eggs: Egg[];
  servers: Server[];
}

/** The 8 characters that stand for a server in addresses. */
export function shortId(server: Server): string {
  return server.uuid.slice(0, 8);
}

/** How a server is named where it is listed for people. */
export function summaryOf(server: Server): { identifier: string; uuid: string; name: string } {
  return { identifier: shortId(server), uuid: server.uuid, name: server.name };
}
