/** Records of the panel, as stored. Sizes are in megabytes, times in ISO 8601. */
import type { State } from '../wings/api.js';
import type { Database } from './databases.js';
import type { Schedule } from './schedules.js';

export interface User {
  id: number;
  uuid: string;
  username: string;
  email: string;
  firstName: string;
  lastName: string;
  language: string;
  rootAdmin: boolean;
  /** Password of the panel, which SFTP takes as well; nobody can sign in without one. */
  password?: string;
  /**
   * Administrator by role, in dialects with roles: a viewer sees every server in the panel's own pages, an editor can
   * change every server as well.
   */
  role?: 'viewer' | 'editor' | null;
  /** Whether the user signs in with two factors; missing = no. */
  hasTwoFactor?: boolean;
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
  /** Value of `sftp_details.ip`; the sandbox sets loopback for a node with an SFTP server. */
  host: string;
  /** 0 = no choice so far. */
  sftpPort: number;
  /** Name that users see instead, in dialects that have it. */
  sftpAlias?: string | null;
  maintenance: boolean;
  /** True if no server listens on the node. */
  down: boolean;
  /** Whether the node simulates its servers without processes (`wings/paper-host.ts`). */
  onPaper?: boolean;
  /** Whether simulated servers answer queries, at addresses on loopback. */
  answersQueries?: boolean;
  /** Port of the websockets, kept across restarts; 0 = no choice so far. */
  port: number;
  /** Loopback address of the node's games; missing if the node has not run, or simulates its games. */
  gameAddress?: string;
  /** Secret that signs the websocket tokens. */
  tokenKey: string;
}

export interface EggVariable {
  name: string;
  description: string;
  env: string;
  defaultValue: string;
  /** Laravel validation rules, separated by pipes or as the list that some panels store (PROTOCOL 6). */
  rules: string | string[];
  /** False for a variable that is hidden from the server's owner entirely. */
  viewable: boolean;
  editable: boolean;
  /** Place in the list, in dialects that sort; variables without it come last. */
  order?: number;
}

export interface Egg {
  id: number;
  uuid: string;
  name: string;
  /** Game that the child process plays (`sandbox/games`). */
  game: string;
  features: string[] | null;
  /** Label -> image. */
  dockerImages: Record<string, string>;
  startup: string;
  /** Command that stops the game; `^C` = SIGTERM. */
  stopValue: string;
  donePattern: string;
  /** Patterns of files that nobody may change. */
  deniedFiles?: string[];
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

/** The panel's status column, which is not a power state. */
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
  /** Start command of the server; null = the egg's. */
  startup: string | null;
  image: string;
  status: ServerStatus;
  transferring: boolean;
  /**
   * True once the server was installed. Decides the status after a failed installation: `reinstall_failed`, otherwise
   * `install_failed`.
   */
  installed: boolean;
  limits: Limits;
  featureLimits: { databases: number | null; allocations: number | null; backups: number };
  allocations: Allocation[];
  /** 0 = the server has no address. */
  primaryAllocationId: number;
  /** Stored values by `env`; a missing variable was never set. */
  values: Record<string, string>;
  subusers: Subuser[];
  /** Last power state from the node; decides which servers start again after a restart. */
  lastState: State;
}

export interface Backup {
  uuid: string;
  serverUuid: string;
  name: string;
  /** Patterns of files that were left out. */
  ignored: string[];
  locked: boolean;
  /** True once the archive was made. */
  successful: boolean;
  /** With the name of its algorithm; null = not made. */
  checksum: string | null;
  bytes: number;
  createdAt: string;
  /** null = still being made. */
  completedAt: string | null;
  /** A deleted backup is not shown, but counts for the throttle. */
  deletedAt: string | null;
}

/** Public key of an account, with which its user signs in over SFTP. */
export interface SshKey {
  userId: number;
  name: string;
  /** base64 of the SHA-256 of the key in SSH's form, without `=`. */
  fingerprint: string;
  /** As PEM, with CRLF and without a line end after the last line. */
  publicKey: string;
  createdAt: string;
}

/** All records of a panel; the initial data of a new store. */
export interface WorldSeed {
  users: User[];
  keys: ApiKey[];
  nodes: Node[];
  eggs: Egg[];
  servers: Server[];
  /** None by default. */
  backups?: Backup[];
  /** None by default. */
  sshKeys?: SshKey[];
  /** None by default. */
  schedules?: Schedule[];
  /** None by default. */
  databases?: Database[];
}

/** The 8 characters that identify a server in addresses. */
export function shortId(server: Server): string {
  return server.uuid.slice(0, 8);
}

/** Short description of a server for lists. */
export function summaryOf(server: Server): { identifier: string; uuid: string; name: string } {
  return { identifier: shortId(server), uuid: server.uuid, name: server.name };
}
