/**
 * Interface between the sandbox's panel and its nodes. A node is a Wings with its own port, token key and processes.
 */

import type { QueryFaults } from '../games/query/queried-game.js';
import type { BackupCalls, BackupReports } from './backups/api.js';
import type { FileCalls } from './files/api.js';
import type { LinkSubject } from './link-subject.js';
import type { SftpControl, SftpDialect, SftpEntry, SftpLogin } from './sftp/api.js';

export type { QueryFaults } from '../games/query/queried-game.js';
export type { BackupFaults, BackupReports, MadeBackup } from './backups/api.js';
export type { FileEntry } from './files/api.js';
export type { LinkTarget } from './link-subject.js';
export type { SftpEntry, SftpFaults, SftpLogin, SftpState } from './sftp/api.js';

export type Signal = 'start' | 'stop' | 'restart' | 'kill';
export type State = 'offline' | 'starting' | 'running' | 'stopping';

/** Server data that a node requests from the panel before every start, as Wings does. */
export interface ServerSpec {
  uuid: string;
  name: string;
  /** Game of the child process: a name of `sandbox/games/catalogue.ts`, which also has its done pattern. */
  game: string;
  environment: Record<string, string>;
  /** Rendered start command, for the log only. */
  invocation: string;
  image: string;
  /** Command that stops the server, as in the egg; `^C` = SIGTERM. */
  stopValue: string;
  /** Output that turns `starting` into `running`. */
  donePattern: string;
  memoryMb: number;
  diskMb: number;
  /** Patterns of files that nobody may change, from the egg. */
  deniedFiles: readonly string[];
  cpuPercent: number;
  suspended: boolean;
}

export interface SocketActivity {
  serverUuid: string;
  userUuid: string;
  /** `power.stop`, `console.command` and so on. */
  event: string;
  properties: Record<string, unknown>;
}

/** Calls of a node to the panel. */
export interface PanelLink {
  readonly backups: BackupReports;
  /** Address that websockets must send as Origin. */
  readonly url: string;
  /** Whether the panel answers no node now (PROTOCOL 4.11.5). */
  readonly isAway: boolean;
  spec(uuid: string): ServerSpec | null;
  installationFinished(uuid: string, ok: boolean): void;
  /** Stores the last state, as Wings does on disk, so that servers start again after a restart. */
  stateChanged(uuid: string, state: State): void;
  /** Adds activity of a socket. Wings collects it and sends it once a minute (PROTOCOL 2.14). */
  acted(activity: SocketActivity): void;
  /** Answers a login at the node's SFTP server; null = refused (PROTOCOL 2.19.3). */
  signIn(login: SftpLogin): SftpEntry | null;
  /** The last state from `stateChanged`, `offline` by default; read by `WingsNode.start`. */
  rememberedState(uuid: string): State;
  /** A user's signal was carried out, or a command has reached the console; `at` is the time of the request. */
  did?(uuid: string, activity: Activity, at: number): void;
}

/** An action of a user on a server. `by` = user as the caller named them; `before` = power state before the action. */
export interface Activity {
  by: string;
  before: State;
  what: { signal: string } | { command: string };
}

export interface Usage {
  memory_bytes: number;
  memory_limit_bytes: number;
  cpu_absolute: number;
  network: { rx_bytes: number; tx_bytes: number };
  uptime: number;
  state: State;
  disk_bytes: number;
  /** Since the start of the process; only in dialects that have it. */
  disk_io?: DiskIo;
}

export interface DiskIo {
  read_bytes: number;
  write_bytes: number;
}

/** Refusal by the node, with Wings's status and text; the panel formats it (PROTOCOL 3.3). */
export class NodeRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly requestId: string,
  ) {
    super(message);
    this.name = 'NodeRefusal';
  }
}

/** The node does not answer. */
export class NodeDown extends Error {
  override name = 'NodeDown';
}

/** Owner of a websocket token. */
export interface TokenSubject {
  serverUuid: string;
  userUuid: string;
  userId: number;
  permissions: readonly string[];
}

/** The panel's calls to a node. All methods throw `NodeDown` if the node is down. */
export interface WingsNode {
  /** `ws://127.0.0.1:<port>`; known also while the node is down. */
  readonly socketBase: string;
  readonly backups: BackupCalls;
  readonly files: FileCalls;
  readonly sftp: SftpControl;
  start(): Promise<void>;
  /** Closes websockets (1006) and ends processes. The stored states stay as they are. */
  stop(): Promise<void>;
  /** Registers the server without starting it. */
  adopt(uuid: string): void;
  remove(uuid: string): void;
  /** Accepts a signal, as Wings's 204; its effect only shows on the websocket. `by` is passed to `PanelLink.did`. */
  power(uuid: string, signal: Signal, by?: string): void;
  /** Throws `NodeRefusal` 502 if the process does not run. */
  command(uuid: string, command: string, by?: string): void;
  /** Throws `NodeRefusal` 409 during another power action. */
  reinstall(uuid: string): void;
  install(uuid: string): void;
  usage(uuid: string): Usage;
  state(uuid: string): State;
  /** The panel signs with the node's key, so tokens are issued also while the node is down. */
  issueToken(subject: TokenSubject): Promise<string>;
  /** Token of a signed link; issued like a websocket's. */
  issueLink(subject: LinkSubject): Promise<string>;
  /** The panel's settings of the server have changed. A suspended server is stopped (PROTOCOL 4.9). */
  sync(uuid: string): void;
  /** Refuses tokens of this user for this server that were issued before now (PROTOCOL 4.2). */
  revoke(userUuid: string, serverUuid: string): void;
  /** Sets faults for tests, until the node goes down. */
  disturb(faults: Partial<SocketFaults>): void;
  /** Replaces the faults of a server's answers to queries, for tests, until the node goes down. */
  disturbQueries(uuid: string, faults: QueryFaults): void;
  /** Closes the websockets of one server, or of all, for tests; 1006 cuts them without a close frame. */
  closeSockets(uuid: string | null, code: number, reason: string): void;
}

/** Faults between clients and a node's websockets. */
export interface SocketFaults {
  /** Status of a proxy that refuses every handshake; null = none. */
  handshake: number | null;
  /** True for half-open connections: websockets stay, but nothing passes. Held data arrives at the end. */
  mute: boolean;
}

/** Token bucket for `size` messages that regains one every `everyMs`. */
export interface WingsBucket {
  size: number;
  everyMs: number;
}

/** Limits of newer nodes (PROTOCOL 4.10). */
export interface WingsLimits {
  socketsPerServer: number;
  /** false = only authenticated websockets count, checked again at authentication. */
  countsUnauthenticated: boolean;
  /** A longer frame closes the websocket with 1009. */
  frameBytes: number;
  /** All frames of one websocket together. */
  connection: WingsBucket;
  /** By event name; `*` = all others together. */
  events: Readonly<Record<string, WingsBucket>>;
}

/** Requirements of a node for the panel's tokens (PROTOCOL 4.2). */
export interface WingsTokens {
  /** Value of the claim `scope`; null = claim missing. */
  scope: string | null;
  /** Whether a claim has the user's number in the panel. */
  numbersUsers: boolean;
  /** Hash of user and server for `jti`. */
  idHash: 'md5' | 'sha256';
  /** true = a token of another server is refused at `auth`, not only at the next event. */
  comparesServer: boolean;
}

/** Differences between the nodes of the dialects; `limits.ts` has one object of each kind. */
export interface WingsDialect {
  /** Name of the program in daemon lines (`Pterodactyl`). */
  appName: string;
  /** Daemon line before the disk is measured. */
  diskCheckLine: string;
  /** File of a server with patterns of files that backups leave out. */
  ignoreFile: string;
  /** Whether deleting or compressing a missing file fails (PROTOCOL 2.17.7). */
  failsForMissingFiles: boolean;
  /** Whether a text that cannot be read fails with 404 or 400 (PROTOCOL 8.3.9). */
  tellsFailedReads: boolean;
  /** Media type of a new tar.gz in the answer of the call that made it. */
  archiveType: string;
  /** Whether a new archive takes the name and the format that were asked for. */
  namesArchives: boolean;
  /** Whether `stats` include disk reads and writes. */
  diskIo: boolean;
  sftp: SftpDialect;
  tokens: WingsTokens;
  /** null = no limits, as up to 1.11. */
  limits: WingsLimits | null;
  /** Whether a binary frame is read like a text frame; otherwise it is ignored. */
  readsBinary: boolean;
  /** Whether a websocket that does not authenticate in time is closed. */
  dropsUnauthenticated: boolean;
  /** Whether a suspension cuts websockets and refuses new ones with 4409 (PROTOCOL 4.9). */
  suspensionEndsSockets: boolean;
  /** Users whose websockets a revocation cuts; with `nobody` their tokens become invalid and the websockets stay. */
  revocationEnds: 'nobody' | 'user' | 'everybody';
  /** How websockets of a removed server end: with 1001 "server deleted", or cut (1006 for the client). */
  deletionClose: 'going-away' | 'cut';
}

/** Input of `createWingsNode` (`node.ts`). */
export interface WingsNodeDeps {
  /** For the log only. */
  name: string;
  /** On loopback. 0 = chosen at the first start and kept; a node that never starts needs a real number. */
  port: number;
  /** Port of the SFTP server, on loopback; without a number the node has none. */
  sftpPort?: number;
  panel: PanelLink;
  dialect: WingsDialect;
  /** Secret that signs websocket tokens; each node has its own. */
  tokenKey: string;
  /** 600 in a real panel. A shorter lifetime also brings the warnings earlier (`token-clock.ts`). */
  tokenLifetimeSeconds: number;
  /** Holds a folder per server, named by its UUID. */
  folder: string;
  log: (line: string) => void;
  /** The bundled `sandbox/games/game.ts`; by default `out/sandbox/game.mjs` beside the running bundle. */
  gameFile?: string;
}
