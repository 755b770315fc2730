/**
 * Interfaces of everything that modules without Electron get from outside, beside those of `network-ports.ts`.
 * Implementations: `clock.ts`, `log.ts`, `vault.ts`; tests pass their own.
 */
import type { View } from '../../bridge/schema/view.js';
import type { ChannelPost, ChannelRecord } from '../../bridge/schema/alert-channels.js';
import type { EditedRecord } from '../../bridge/schema/edited-files.js';
import type { KnownServer } from '../../bridge/schema/known-server.js';
import type { PinnedHost, SftpKey } from '../../bridge/schema/sftp.js';
import type { QuietRecord } from '../../bridge/schema/quiet-backups.js';
import type { KeptRule } from '../../bridge/schema/rule-runs.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { TransferRecord } from '../../bridge/schema/transfers.js';
import type { TrustedCertificate, TrustedNode } from './network-ports.js';

/** The only source of the current time and of timers (STATE "Time"). */
export interface Clock {
  /**
   * Monotonic time: ms since the epoch at the start of Perch, counted on since then, including sleep. Nobody can set
   * it, so differences are right. All times inside Perch are of this kind.
   */
  now(): number;
  /**
   * Wall-clock time in ms since the epoch. May jump, so never use it for differences. For times of day shown to the
   * user, stored times and absolute times from other systems.
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

/** Uniform in [0, 1), for jitter. */
export type Random = () => number;

/** Why the keychain failed: locked, missing, or without an answer. */
export type KeychainFailureKind = 'locked' | 'unavailable' | 'silent';

export class KeychainFailure extends Error {
  constructor(
    readonly kind: KeychainFailureKind,
    options?: { cause?: unknown },
  ) {
    super(kind, options);
    this.name = 'KeychainFailure';
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
  /** Makes the system ask the user to unlock the keychain, and waits. Absent if the system asks automatically. */
  unlock?(): Promise<void>;
  /** Calls `changed` after the keychain was unlocked or started. Absent if the system does not report it. */
  listen?(changed: () => void): void;
}

/** Restores the previous secret unless a newer secret was stored since. Rejects as `Vault.store` does. */
export type PutBack = () => Promise<void>;

/** Owner and destination of a secret. A secret for another destination is never handed out. */
export type SecretOf = Pick<AccountRecord, 'id' | 'keyStorage' | 'awaitsKey'> & { readonly goesTo: string };

/**
 * Storage of API keys and of the proxy's password.
 * A secret can't be read out: a function gets the secret, and the secret lasts no longer than that call. Each secret is
 * bound to the destination it was entered for, whatever Perch's files say later.
 */
export interface Vault {
  /**
   * Rejects with `keychain-unavailable`, `keychain-locked` or `keychain-silent`; then nothing is stored and an older
   * key stays. A key in memory leaves the keychain unchanged.
   */
  store(secret: Omit<SecretOf, 'awaitsKey'>, key: string): Promise<PutBack>;
  /**
   * Calls `run` with the key. For keys in memory, does not ask the keychain. Rejects with `unauthorized` without a key,
   * or with a key for another destination only.
   */
  use<T>(secret: SecretOf, run: (key: string) => Promise<T>): Promise<T>;
  /** `keychain` = removes the stored key only; a key in memory stays. */
  forget(accountId: string, where?: 'everywhere' | 'keychain'): Promise<void>;
  /** Makes the system ask for the password of a locked keychain. Does not wait. */
  unlock(): void;
}

/** The system's clipboard. It is read and written on request only, and never watched. */
export interface CopiedText {
  /** Empty if the clipboard holds no text, or no window of Perch has the focus. */
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

/** Stored record of an account: all fields except the key. */
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
  /** Perch's SFTP key of the account; missing = SFTP is not set up. */
  sftp?: StoredSftpKey | undefined;
  /** A replacement of the key that has begun; missing once nothing of the replacement can be left at the panel. */
  keyRenewal?: KeyRenewal | undefined;
  /** Keys of nodes that Perch has met over SFTP. */
  sftpHosts?: readonly PinnedHost[] | undefined;
}

/** A replacement of an account's API key. Identifiers are public; no field is a secret. */
interface KeyRenewal {
  /** Description of the new key at the panel, which no other key has. */
  name: string;
  /** Identifier of the key in use before. */
  old: string;
  /** Wall-clock time in ms. */
  at: number;
}

/** An SFTP key without its private part. */
interface StoredSftpKey extends SftpKey {
  /** Line of an `authorized_keys` file. */
  publicKey: string;
  /** True until the panel has answered that it took the key. */
  isPending?: boolean | undefined;
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

/** Servers as the last run knew them. Neither call rejects, because the data only serves the first moments of a run. */
export interface LastKnown {
  load(): Promise<readonly KnownServer[]>;
  save(servers: readonly KnownServer[]): Promise<void>;
}

/** Records of quiet backups, kept across restarts. */
export interface QuietStore {
  /** Never rejects. */
  load(): Promise<readonly QuietRecord[]>;
  /** Resolves when the records are on disk. Rejects with `PerchError`. */
  save(records: readonly QuietRecord[]): Promise<void>;
}

/** The queue of transfers, kept across restarts. */
export interface TransferStore {
  /** Oldest first. Never rejects. */
  load(): Promise<readonly TransferRecord[]>;
  /** Resolves when the records are on disk. Rejects with `PerchError`. */
  save(records: readonly TransferRecord[]): Promise<void>;
}

/** Messages that wait for channels, kept across restarts. */
export interface ChannelStore {
  /** Never rejects. */
  load(): Promise<KeptChannels>;
  /** Resolves when all data is on disk. Rejects with `PerchError`. */
  save(kept: KeptChannels): Promise<void>;
}

interface KeptChannels {
  /** Oldest first. */
  readonly posts: readonly ChannelPost[];
  readonly channels: readonly ChannelRecord[];
}

/** The user's rules, kept across restarts. */
export interface RuleStore {
  /** Whether a newer Perch wrote the rules. Then `load` has none of them, and `save` rejects. */
  readonly isNewer: boolean;
  /** Never rejects. */
  load(): Promise<readonly Rule[]>;
  /** Resolves when the rules are on disk. Rejects with `PerchError`. */
  save(rules: readonly Rule[]): Promise<void>;
}

/** The state of the runs of rules, kept across restarts. */
export interface RuleRunStore {
  /** True after `load` if a newer Perch wrote the file: no rule runs, and nothing is saved. */
  readonly isNewer: boolean;
  /** Never rejects. */
  load(): Promise<readonly KeptRule[]>;
  /** Resolves when the state is on disk. Rejects with `PerchError`. */
  save(rules: readonly KeptRule[]): Promise<void>;
}

/** Files that a person edits in other programs, kept across restarts. */
export interface EditedStore {
  /** Never rejects. */
  load(): Promise<readonly EditedRecord[]>;
  /** Resolves when the records are on disk. Rejects with `PerchError`. */
  save(records: readonly EditedRecord[]): Promise<void>;
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
