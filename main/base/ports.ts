import type { CertificateFacts, RefusedCertificate } from '../../bridge/schema/certificate.js';
import type { View } from '../../bridge/schema/view.js';
import type { LastRun, Server } from '../../bridge/schema/domain.js';
import type { OwnProxy, ProxySetting, WayTaken } from '../../bridge/schema/proxy.js';

/**
 * What the modules without Electron are given from outside. Real implementations: `http.ts`, `socket.ts`, `clock.ts`,
 * `log.ts`, `vault.ts`; tests pass their own.
 */

/** The only source of "now" and of timers (ARCHITECTURE "Time"). */
export interface Clock {
  /**
   * Milliseconds since the epoch as they were when Perch started, counted on since, sleep included: nobody can set it,
   * so differences are true. Every stamp inside Perch is one of these.
   */
  now(): number;
  /**
   * What the system calls the time now; it may jump. For what a person reads as a time of day, what is kept from one
   * run to the next, and what others name in absolute time. Never for differences.
   */
  wall(): number;
  /** Calls once after `ms`, sleep included; returns the function that cancels. */
  after(ms: number, run: () => void): () => void;
}

export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** The one logger. Fields are redacted by the implementation; callers still never pass keys or tokens. */
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
  /** Whole request, connection included. */
  timeoutMs: number;
  /** A longer body ends the request with `HttpFailure` kind `too-large`. */
  maxBytes: number;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** Why no answer came at all. */
export type HttpFailureKind =
  'timeout' | 'unreachable' | 'unknown-host' | 'tls-untrusted' | 'too-large' | 'reset';

/** What is known beyond the kind: it decides which sentence a person reads. */
export type HttpFailureReason =
  /** Another certificate than the pinned one. */
  | 'certificate-changed'
  /** Out of its dates: pinning it would not help. */
  | 'certificate-expired'
  /** Made out for other names than the one that was asked for. */
  | 'certificate-name'
  /** `https://` where the port speaks plain text. */
  | 'no-tls'
  /** `http://` where the port speaks TLS alone. */
  | 'tls-only'
  /** The port speaks something else than HTTP. */
  | 'not-http'
  /** The proxy on the way: not reached, wants a login, does not take the one it got, or does not let us through. */
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

/** Why there is no connection, or no answer; of websockets too. */
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

/** One panel's way to the network. Never follows a redirect, keeps no cookies, sends no Origin (PROTOCOL 1.4). */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** A certificate that the person agreed to, pinned to one panel or node (PLATFORM, "Security"). */
export interface TrustedCertificate {
  pem: string;
  fingerprint: string;
  /** When that was, by `Clock.wall`; files of older versions have none. */
  agreedAt?: number | undefined;
}

/** The same for a node, whose certificate is another one than its panel's. */
interface TrustedNode extends TrustedCertificate {
  /** As in an address: with the port where that is not 443. */
  host: string;
}

/** A certificate as a host presents it, whoever signed it. */
export interface PresentedCertificate {
  pem: string;
  facts: CertificateFacts;
}

/** What counts for one host beside the word of an authority. */
export interface Trust {
  /** What the person agreed to, as of now; null where that is nothing. */
  agreed(): TrustedCertificate | null;
  /** An authority vouches for the host by now. */
  outgrown(): void;
}

export interface Proxies {
  /** Those for an address, in the words of a PAC file: `PROXY proxy.example.com:3128; DIRECT`. Never rejects. */
  resolve(url: string): Promise<string>;
  /** Another network, or the same after sleep: what was known may not hold. */
  forget(): void;
}

/** Which proxy the person wants, and its password. */
export interface ProxyPreference {
  readonly current: ProxySetting;
  /**
   * Of this very own proxy, also after another one was chosen; null where there is none or the keychain does not give
   * it. Never rejects.
   */
  password(own: OwnProxy): Promise<string | null>;
}

export interface SocketEvents {
  open(): void;
  /** Text of one frame; binary frames arrive decoded as UTF-8. */
  message(text: string): void;
  /** The answer to the ping with this mark; 0 where it answers none of ours. */
  pong(mark: number): void;
  /** The handshake was answered with something other than 101. */
  refused(status: number): void;
  /** Comes once, also after `refused` and after a connection that never opened (code 1006), with the cause then. */
  closed(code: number, reason: string, failure?: HttpFailure): void;
}

export interface Socket {
  send(text: string): void;
  /** `mark` comes back with the answer: the other side has read everything that was sent before. */
  ping(mark: number): void;
  /** Stops (or resumes) reading from the network: back-pressure. */
  setPaused(paused: boolean): void;
  /** Ends it in order: what was sent still arrives. */
  close(): void;
  /** Ends it at once, and takes back what has not left this computer: nothing of it arrives later. */
  reset(): void;
}

export type OpenSocket = (url: string, headers: Record<string, string>, events: SocketEvents) => Socket;

/** Uniform in [0, 1), for jitter. */
export type Random = () => number;

/** Makes connections to panels and nodes, through the proxy that counts for each. */
export interface Network {
  http(trust: Trust): Http;
  /** Websockets to nodes; `trustOf` is asked with the host of each. */
  sockets(trustOf: (host: string) => Trust): OpenSocket;
  /** Connects without any request and returns the certificate that is presented, so that it can be shown and pinned. */
  certificateOf(url: string): Promise<PresentedCertificate>;
  /**
   * Which way leads to this panel or node: what a connection to the address would try now, in this order. `url` = the
   * panel's address or a node's (`https:`, `wss:`, ...); its path does not matter. For whoever tells a person, so the
   * names hold no login. Never rejects.
   */
  wayTo(url: string): Promise<WayTaken[]>;
  /** The computer is on another network, or was asleep: proxies are asked for anew. */
  changed(): void;
  /** The person wants another proxy: what is connected by the old one ends in order, so that it is made anew. */
  rerouted(): void;
}

/** Why the keychain did not do what was asked: it is locked, there is none, or it does not answer. */
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
 * The keychain of this machine. Calls may hang for as long as they like, because the vault limits them; what they reject
 * with is a `KeychainFailure`, or the system's own words.
 */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  /** Has the system ask the person to unlock it, where it is locked, and waits. Absent where the system does so by itself. */
  unlock?(): Promise<void>;
  /** Calls `changed` when it may answer again: it was unlocked, or started. Absent where the system does not tell. */
  listen?(changed: () => void): void;
}

/** Puts back what was kept before, where nothing newer was stored since. Rejects as `Vault.store` does. */
export type PutBack = () => Promise<void>;

/** Whose secret it is, and where it goes: a secret that was kept for another place is never handed out. */
export type SecretOf = Pick<AccountRecord, 'id' | 'keyStorage' | 'awaitsKey'> & { readonly goesTo: string };

/**
 * API keys, and the password of a proxy. There is no way to read one out: it is handed to a function and lives no longer
 * than that call. Each is bound to the one place that it was entered for, whatever the files of Perch say later.
 */
export interface Vault {
  /**
   * Rejects with `keychain-unavailable`, `keychain-locked` or `keychain-silent`; then nothing is stored, and an older
   * key stays. One that is kept in memory leaves the keychain as it is.
   */
  store(secret: Omit<SecretOf, 'awaitsKey'>, key: string): Promise<PutBack>;
  /**
   * A key that was kept in memory is never looked for in the keychain; without one, or with one for another place, it
   * rejects with `unauthorized`.
   */
  use<T>(secret: SecretOf, run: (key: string) => Promise<T>): Promise<T>;
  /** `keychain` = only what lies there; the key in memory goes on. */
  forget(accountId: string, where?: 'everywhere' | 'keychain'): Promise<void>;
  /** The person wants to go on: has the system ask for the keychain's password where it is locked. Does not wait. */
  unlock(): void;
}

/** What the person copied last, in whatever program. Nobody watches it: it is read when it is asked for. */
export interface CopiedText {
  /** Empty where it is no text, or no window of Perch is in front. */
  read(): Promise<string>;
}

/** What is kept of an account on disk: everything but the key. */
export interface AccountRecord {
  id: string;
  label: string;
  panelUrl: string;
  /** Whose key it is, in the panel's words: tells a new key of the same user from another user's. */
  username?: string | undefined;
  keyStorage: 'keychain' | 'memory';
  isDemo: boolean;
  /** It came by an import, without a key: whoever's key comes first takes it. */
  awaitsKey?: boolean | undefined;
  /** An administrator wants every server of the panel, not the own and shared ones alone (PROTOCOL 2.1). */
  allServers?: boolean | undefined;
  /** When the person agreed that tokens cross the network unencrypted, to nodes without a certificate (`Clock.wall`). */
  unencryptedSince?: number | undefined;
  trusted: TrustedCertificate | null;
  trustedNodes: readonly TrustedNode[];
}

export interface AccountRecords {
  load(): Promise<AccountRecord[]>;
  save(records: readonly AccountRecord[]): Promise<void>;
}

/** What was sent to the console of each server, across restarts. */
export interface CommandHistories {
  /** Oldest first. */
  of(serverId: string): Promise<readonly string[]>;
  /** Remembers a command that was sent; a repetition of the newest changes nothing. Never rejects. */
  add(serverId: string, command: string): void;
  /** Rejects with `PerchError` where it can't be written. */
  forget(serverId: string): Promise<void>;
  /** Forgets one command of a server, each time that it was sent. Rejects as `forget` does. */
  forgetCommand(serverId: string, command: string): Promise<void>;
  /** Forgets every server of an account that was removed. */
  forgetAccount(accountId: string): Promise<void>;
}

/** What is kept of a server from one run to the next; every time in it is one of `Clock.wall`. */
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

/** What the last run knew of the servers. Neither rejects: it is a help for the first moments, and nothing else. */
export interface LastKnown {
  load(): Promise<readonly KnownServer[]>;
  save(servers: readonly KnownServer[]): Promise<void>;
}

/** The main window as it was left. */
export interface KeptWindow {
  /** Not those of a window that fills the screen; null where it was never opened. */
  bounds: { x: number; y: number; width: number; height: number } | null;
  isMaximized: boolean;
  view: View | null;
}

/** Neither rejects: a window that opens elsewhere is no harm. */
export interface WindowStore {
  load(): Promise<KeptWindow | null>;
  save(kept: KeptWindow): Promise<void>;
}

/** The one way from main to the sandbox: starts it as a process of its own. */
export interface DemoSandbox {
  start(): Promise<{ panelUrl: string; key: string }>;
  stop(): Promise<void>;
}
