/** How the sandbox's panel and its nodes talk. A node is a Wings of its own: own port, own token key, own processes. */

export type Signal = 'start' | 'stop' | 'restart' | 'kill';
export type State = 'offline' | 'starting' | 'running' | 'stopping';

/** What a node must know to run a server; asked from the panel anew before every start, as Wings does. */
export interface ServerSpec {
  uuid: string;
  name: string;
  /** Which game the child process plays: a name of `sandbox/games/catalogue.ts`, which also has its done pattern. */
  game: string;
  environment: Record<string, string>;
  /** Rendered start command, for the log only. */
  invocation: string;
  image: string;
  /** The word that stops it, as in the egg; `^C` = SIGTERM. */
  stopValue: string;
  /** The output that turns `starting` into `running`. */
  donePattern: string;
  memoryMb: number;
  diskMb: number;
  cpuPercent: number;
  suspended: boolean;
}

export interface SocketActivity {
  serverUuid: string;
  userUuid: string;
  /** `power.stop`, `console.command` and the like. */
  event: string;
  properties: Record<string, string>;
}

/** What a node asks of the panel. */
export interface PanelLink {
  /** The address that sockets must name as Origin. */
  readonly url: string;
  /** It answers no node now (PROTOCOL 4.11.5). */
  readonly isAway: boolean;
  spec(uuid: string): ServerSpec | null;
  installationFinished(uuid: string, ok: boolean): void;
  /** Wings keeps the last known state on disk; so does the sandbox, so that servers come back after a restart. */
  stateChanged(uuid: string, state: State): void;
  /** What somebody did over a socket. Wings keeps it and sends it once a minute (PROTOCOL 2.14). */
  acted(deed: SocketActivity): void;
  /** The last state told by `stateChanged`, `offline` where there is none; asked by `WingsNode.start`. */
  rememberedState(uuid: string): State;
  /** A user's signal was carried out to its end, or a command has reached the terminal; `at` is when it came. */
  did?(uuid: string, deed: Deed, at: number): void;
}

/** What a user, named as the caller names users, has brought a server to do, and what it was until then. */
export interface Deed {
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
  /** Since the start of the process; only where the dialect has it. */
  disk_io?: DiskIo;
}

export interface DiskIo {
  read_bytes: number;
  write_bytes: number;
}

/** A request that the node refuses, with Wings's status and text; the panel dresses it (PROTOCOL 3.3). */
export class NodeRefusal extends Error {
  readonly status: number;
  readonly requestId: string;

  constructor(status: number, message: string, requestId: string) {
    super(message);
    this.name = 'NodeRefusal';
    this.status = status;
    this.requestId = requestId;
  }
}

/** The node does not answer at all. */
export class NodeDown extends Error {
  override name = 'NodeDown';
}

/** Who a socket token is for. */
export interface TokenSubject {
  serverUuid: string;
  userUuid: string;
  userId: number;
  permissions: readonly string[];
}

/** Everything the panel can do with a node. All methods throw `NodeDown` where the node is down. */
export interface WingsNode {
  /** `ws://127.0.0.1:<port>`; known also while the node is down. */
  readonly socketBase: string;
  start(): Promise<void>;
  /** Ends sockets (1006) and, with `keepStates`, processes too without changing what is remembered of them. */
  stop(): Promise<void>;
  /** Makes the server known; starts nothing. */
  adopt(uuid: string): void;
  remove(uuid: string): void;
  /** Accepted = 204 of Wings; what becomes of it shows on the socket only. `by` is told with `PanelLink.did`. */
  power(uuid: string, signal: Signal, by?: string): void;
  /** Throws `NodeRefusal` 502 where the process does not run. */
  command(uuid: string, command: string, by?: string): void;
  /** Throws `NodeRefusal` 409 while another power action runs. */
  reinstall(uuid: string): void;
  install(uuid: string): void;
  /** Writes a file of the server. Throws `NodeRefusal`, with Wings's texts. */
  writeFile(uuid: string, file: string, text: string): Promise<void>;
  usage(uuid: string): Usage;
  state(uuid: string): State;
  /** The panel signs with the node's key, so a token is issued also while the node is down. */
  issueToken(subject: TokenSubject): Promise<string>;
  /** The panel's settings of this server have changed. One that is suspended is stopped (PROTOCOL 4.9). */
  sync(uuid: string): void;
  /** Tokens of this user for this server that were issued before now are refused (PROTOCOL 4.2). */
  revoke(userUuid: string, serverUuid: string): void;
  /** For tests, until the node goes down. */
  disturb(faults: Partial<SocketFaults>): void;
  /** For tests: ends the sockets of one server, or of all; 1006 cuts them without a close frame. */
  closeSockets(uuid: string | null, code: number, reason: string): void;
}

/** What stands between clients and a node's sockets. */
export interface SocketFaults {
  /** Every handshake is refused with this status, as by a proxy; null = none. */
  handshake: number | null;
  /** Half open: sockets stay and nothing passes; what was sent meanwhile arrives at the end. */
  mute: boolean;
}

/** A bucket that holds `size` messages and gets one back every `everyMs`. */
export interface WingsBucket {
  size: number;
  everyMs: number;
}

/** Limits of newer nodes (PROTOCOL 4.10). */
export interface WingsLimits {
  socketsPerServer: number;
  /** False = only authenticated sockets count, and a socket is counted once more when it authenticates. */
  countsUnauthenticated: boolean;
  /** A longer frame closes the socket with 1009. */
  frameBytes: number;
  /** All frames of one socket together. */
  connection: WingsBucket;
  /** By event name; `*` = all others together. */
  events: Readonly<Record<string, WingsBucket>>;
}

/** What a node demands of the tokens that its panel writes (PROTOCOL 4.2). */
export interface WingsTokens {
  /** What the claim `scope` has to say; null = there is no such claim, and nobody asks for it. */
  scope: string | null;
  /** There is a claim with the number of the user in the panel. */
  numbersUsers: boolean;
  /** How `jti` is made of user and server. */
  idHash: 'md5' | 'sha256';
  /** True = a token of another server is refused at `auth`, not only at the next event. */
  comparesServer: boolean;
}

/** How the nodes of a dialect differ; `limits.ts` has one of each kind. */
export interface WingsDialect {
  /** How daemon lines name the program (`Pterodactyl`). */
  appName: string;
  /** The daemon's line before it measures the disk. */
  diskCheckLine: string;
  /** `stats` tell what was read and written. */
  diskIo: boolean;
  tokens: WingsTokens;
  /** Null = no limits at all, as up to 1.11. */
  limits: WingsLimits | null;
  /** A binary frame is read like a text frame, or ignored. */
  readsBinary: boolean;
  /** A socket that does not authenticate in time is dropped. */
  dropsUnauthenticated: boolean;
  /** What a suspension does to sockets: nothing, or it cuts them and refuses new ones with 4409 (PROTOCOL 4.9). */
  suspensionEndsSockets: boolean;
  /** Whose sockets a revocation cuts; with `nobody` the tokens turn bad and the sockets stay. */
  revocationEnds: 'nobody' | 'user' | 'everybody';
  /** How sockets of a removed server end: with 1001 "server deleted", or cut (1006 for the client). */
  deletionClose: 'going-away' | 'cut';
}

/** What `createWingsNode` (`node.ts`) is given. */
export interface WingsNodeDeps {
  /** For the log only. */
  name: string;
  /** On loopback. 0 = one is chosen at the first start and kept; a node that never starts needs a real number. */
  port: number;
  panel: PanelLink;
  dialect: WingsDialect;
  /** The secret that signs socket tokens; each node has its own. */
  tokenKey: string;
  /** 600 in a real panel; shorter ones speed the warnings up too (`token-clock.ts`). */
  tokenLifetimeSeconds: number;
  /** Holds one folder per server, named by its uuid. */
  folder: string;
  log: (line: string) => void;
  /** The bundled `sandbox/games/game.ts`; by default `out/sandbox/game.mjs` beside the running bundle. */
  gameFile?: string;
}
