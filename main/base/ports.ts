/**
 * Interfaces of everything that modules without Electron get from outside. Implementations: `http.ts`, `socket.ts`,
 * `clock.ts`, `log.ts`, `vault.ts`; tests pass their own.
 */
import type { CertificateFacts, RefusedCertificate } from '../../bridge/schema/certificate.js';
import type { View } from '../../bridge/schema/view.js';
import type { LastRun, Server } from '../../bridge/schema/domain.js';
import type { OwnProxy, ProxySetting, RouteTaken } from '../../bridge/schema/proxy.js';

/** The only source of the current time and of timers (STATE "Time"). */
export interface Clock {
  /**
   * Monotonic time: ms since the epoch at the start of Perch, counted on since then, including sleep. Nobody can set
   * it, so differences are right. All times inside Perch are of this kind.
   */
  now(): number;
  /**
   * Wall-clock time in ms since the epoch. It may jump, so it is never used for differences. It serves times of day for
   * the user, stored times and absolute times from others.
   */
  wall(): number;
  /** Calls once after `ms`, including sleep. Returns the function that cancels. */
  after(ms: number, run: () => void): () => void;
}

export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** The logger. It redacts fields; callers still never pass keys or tokens. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Limit of the whole request, connection included. */
  timeoutMs: number;
  /** A longer body ends the request with `HttpFailure` of kind `too-large`. */
  maxBytes: number;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** Reason why no answer came. */
export type HttpFailureKind =
  'timeout' | 'unreachable' | 'unknown-host' | 'tls-untrusted' | 'too-large' | 'reset';

/** Details beyond the kind, which choose the sentence for the user. */
export type HttpFailureReason =
  /** The certificate differs from the pinned one. */
  | 'certificate-changed'
  /** The certificate is expired or not valid yet; pinning would not help. */
  | 'certificate-expired'
  /** The certificate is for other host names. */
  | 'certificate-name'
  /** `https://` on a port that speaks plain text. */
  | 'no-tls'
  /** `http://` on a port that speaks only TLS. */
  | 'tls-only'
  /** The port does not speak HTTP. */
  | 'not-http'
  /** The proxy is unreachable, wants a login, refuses the login, or refuses the connection. */
  | 'proxy-down'
  | 'proxy-login'
  | 'proxy-wrong-login'
  | 'proxy-refused';

export interface FailureDetails {
  reason?: HttpFailureReason | undefined;
  /** The certificate that was refused. */
  certificate?: RefusedCertificate | undefined;
  /** Host and port of the proxy that failed. */
  proxy?: string | undefined;
}

/** Failure to connect or to get an answer, also of websockets. */
export class HttpFailure extends Error {
  readonly kind: HttpFailureKind;
  readonly reason: HttpFailureReason | undefined;
  readonly certificate: RefusedCertificate | undefined;
  readonly proxy: string | undefined;

  constructor(kind: HttpFailureKind, message: string, details: FailureDetails = {}) {
    super(message);
    this.name = 'HttpFailure';
    this.kind = kind;
    this.reason = details.reason;
    this.certificate = details.certificate;
    this.proxy = details.proxy;
  }
}

/** HTTP client for one panel. Follows no redirects, keeps no cookies, sends no Origin (PROTOCOL 1.4). */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** Certificate that the user agreed to, pinned to one panel or node (PLATFORM, "Security"). */
export interface TrustedCertificate {
  pem: string;
  fingerprint: string;
  /** Wall-clock time of the agreement; files of older versions lack it. */
  agreedAt?: number | undefined;
}

/** Pinned certificate of a node, which differs from its panel's. */
interface TrustedNode extends TrustedCertificate {
  /** Host as in an address, with the port unless it is 443. */
  host: string;
}

/** Certificate as a host presents it, whoever signed it. */
export interface PresentedCertificate {
  pem: string;
  facts: CertificateFacts;
}

/** Trust in one host beyond certificate authorities. */
export interface Trust {
  /** The certificate that the user has agreed to by now; null = none. */
  agreed(): TrustedCertificate | null;
  /** Called when an authority vouches for the host, so the pin is not needed any more. */
  outgrown(): void;
}

export interface Proxies {
  /** Proxies for an address in the format of a PAC file: `PROXY proxy.example.com:3128; DIRECT`. Never rejects. */
  resolve(url: string): Promise<string>;
  /** Drops cached answers after a change of network or a sleep. */
  forget(): void;
}

/** The user's proxy setting and its password. */
export interface ProxyPreference {
  readonly current: ProxySetting;
  /**
   * Password of this proxy, also after another was chosen; null if there is none or the keychain does not return it.
   * Never rejects.
   */
  password(own: OwnProxy): Promise<string | null>;
}

export interface SocketEvents {
  open(): void;
  /** Text of a frame; binary frames are decoded as UTF-8. */
  message(text: string): void;
  /** Answer to the ping with this mark; 0 = a pong without a ping from Perch. */
  pong(mark: number): void;
  /** The handshake was answered with a status other than 101. */
  refused(status: number): void;
  /** Called once, also after `refused` and after a connection that never opened (code 1006, with the cause). */
  closed(code: number, reason: string, failure?: HttpFailure): void;
}

export interface Socket {
  send(text: string): void;
  /** The pong carries the same `mark`. By then the other side has read everything sent before. */
  ping(mark: number): void;
  /** Stops or resumes reading from the network (back-pressure). */
  setPaused(paused: boolean): void;
  /** Closes in order: data sent before still arrives. */
  close(): void;
  /** Closes at once and discards data that has not left this computer. */
  reset(): void;
}

export type OpenSocket = (url: string, headers: Record<string, string>, events: SocketEvents) => Socket;

/** Uniform in [0, 1), for jitter. */
export type Random = () => number;

/** Connections to panels and nodes, each through the proxy that applies. */
export interface Network {
  http(trust: Trust): Http;
  /** Websockets to nodes; `trustOf` is called with the host of each. */
  sockets(trustOf: (host: string) => Trust): OpenSocket;
  /** Connects without a request and returns the presented certificate, to show and pin it. */
  certificateOf(url: string): Promise<PresentedCertificate>;
  /**
   * Routes that a connection to a panel or node would try now, in this order.
   * `url` = address of the panel or node (`https:`, `wss:`, ...); its path does not matter. The names are for the user
   * and hold no login. Never rejects.
   */
  routeTo(url: string): Promise<RouteTaken[]>;
  /** The computer changed its network or was asleep: proxies are looked up again. */
  changed(): void;
  /** The user chose another proxy: connections through the old one close in order and are made again. */
  rerouted(): void;
}

/** Why the keychain failed: it is locked, there is none, or it does not answer. */
export type KeychainFailureKind = 'locked' | 'unavailable' | 'silent';

export class KeychainFailure extends Error {
  readonly kind: KeychainFailureKind;

  constructor(kind: KeychainFailureKind, options?: { cause?: unknown }) {
    super(kind, options);
    this.name = 'KeychainFailure';
    this.kind = kind;
  }
}

/**
 * The keychain of this computer. Calls may hang forever; the vault limits their time. They reject with a
 * `KeychainFailure`, or with an error of the system.
 */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  /** Makes the system ask the user to unlock the keychain, and waits. Absent if the system asks by itself. */
  unlock?(): Promise<void>;
  /** Calls `changed` after the keychain was unlocked or started. Absent if the system does not report it. */
  listen?(changed: () => void): void;
}

/** Restores the previous secret unless a newer one was stored since. Rejects as `Vault.store` does. */
export type PutBack = () => Promise<void>;

/** Owner and destination of a secret. A secret for another destination is never handed out. */
export type SecretOf = Pick<AccountRecord, 'id' | 'keyStorage' | 'awaitsKey'> & { readonly goesTo: string };

/**
 * Storage of API keys and of the proxy's password.
 * A secret can't be read out: it is handed to a function and lives no longer than that call. Each secret is bound to
 * the destination it was entered for, whatever Perch's files say later.
 */
export interface Vault {
  /**
   * Rejects with `keychain-unavailable`, `keychain-locked` or `keychain-silent`; then nothing is stored and an older
   * key stays. A key in memory leaves the keychain unchanged.
   */
  store(secret: Omit<SecretOf, 'awaitsKey'>, key: string): Promise<PutBack>;
  /**
   * Calls `run` with the key. Keys in memory are never looked for in the keychain. Rejects with `unauthorized` if there
   * is no key, or only one for another destination.
   */
  use<T>(secret: SecretOf, run: (key: string) => Promise<T>): Promise<T>;
  /** `keychain` = removes the stored key only; a key in memory stays. */
  forget(accountId: string, where?: 'everywhere' | 'keychain'): Promise<void>;
  /** Makes the system ask for the password of a locked keychain. Does not wait. */
  unlock(): void;
}

/** The system's clipboard. It is read on request only and never watched. */
export interface CopiedText {
  /** Empty if the clipboard holds no text, or no window of Perch has the focus. */
  read(): Promise<string>;
}

/** Stored record of an account: everything but the key. */
export interface AccountRecord {
  id: string;
  label: string;
  panelUrl: string;
  /** Panel user who owns the key. It distinguishes a new key of the same user from another user's. */
  username?: string | undefined;
  keyStorage: 'keychain' | 'memory';
  isDemo: boolean;
  /** True after an import without a key: the first entered key is accepted, whoever owns it. */
  awaitsKey?: boolean | undefined;
  /** True if an administrator chose to see all servers of the panel, not only own and shared ones (PROTOCOL 2.1). */
  allServers?: boolean | undefined;
  /** Wall-clock time when the user agreed to send tokens unencrypted to nodes without a certificate. */
  unencryptedSince?: number | undefined;
  trusted: TrustedCertificate | null;
  trustedNodes: readonly TrustedNode[];
}

export interface AccountRecords {
  load(): Promise<AccountRecord[]>;
  save(records: readonly AccountRecord[]): Promise<void>;
}

/** Console commands of each server, kept across restarts. */
export interface CommandHistoryStore {
  /** Oldest first. */
  of(serverId: string): Promise<readonly string[]>;
  /** Adds a sent command; a repetition of the newest is ignored. Never rejects. */
  add(serverId: string, command: string): void;
  /** Rejects with `PerchError` if the file can't be written. */
  forget(serverId: string): Promise<void>;
  /** Removes every occurrence of a command of a server. Rejects as `forget` does. */
  forgetCommand(serverId: string, command: string): Promise<void>;
  /** Removes all servers of a removed account. */
  forgetAccount(accountId: string): Promise<void>;
}

/** Stored state of a server between runs. All times are wall-clock times. */
export type KnownServer = Pick<
  Server,
  | 'id'
  | 'accountId'
  | 'uuid'
  | 'identifier'
  | 'name'
  | 'description'
  | 'node'
  | 'isOwner'
  | 'condition'
  | 'limits'
  | 'allocations'
  | 'sftp'
  | 'dockerImage'
  | 'game'
  | 'naming'
> & { lastRun: LastRun };

/** Servers as the last run knew them. Neither call rejects, because the data only serves the first moments of a run. */
export interface LastKnown {
  load(): Promise<readonly KnownServer[]>;
  save(servers: readonly KnownServer[]): Promise<void>;
}

/** Saved state of the main window. */
export interface KeptWindow {
  /** Bounds of the window while not maximised; null = never opened. */
  bounds: { x: number; y: number; width: number; height: number } | null;
  isMaximized: boolean;
  view: View | null;
}

/** Neither call rejects: without the file the window opens at its default place. */
export interface WindowStore {
  load(): Promise<KeptWindow | null>;
  save(kept: KeptWindow): Promise<void>;
}

/** The only connection from main to the sandbox, which runs as a process of its own. */
export interface DemoSandbox {
  start(): Promise<{ panelUrl: string; key: string }>;
  stop(): Promise<void>;
}
