/** SFTP between the sandbox's panel, its nodes and the tests (PROTOCOL 2.19). */

/** Credentials of a client, as the node passes them to the panel. */
export interface SftpLogin {
  /** `username.shortid`. */
  user: string;
  /** A password, or the fingerprint of a public key: base64 of its SHA-256, without `=`. */
  proof: { kind: 'password'; password: string } | { kind: 'public-key'; fingerprint: string };
  /** Address of the client; counts refusals. */
  address: string;
}

/** The panel's yes to a login. The permissions stay those of the login, as in Wings. */
export interface SftpEntry {
  userUuid: string;
  serverUuid: string;
  permissions: readonly string[];
}

/** Differences between the nodes of the dialects. */
export interface SftpDialect {
  /** Whether the egg's list of files that nobody may change counts. */
  deniesFiles: boolean;
  /** Whether an installing server refuses every request of an open session. */
  closedWhileInstalling: boolean;
}

/** Faults of a node's SFTP server, until they are withdrawn or the node goes down. */
export interface SftpFaults {
  /** Most bytes of files per second and connection; null = no limit. */
  rate: number | null;
  /** Each connection is cut after so many bytes of files; null = never. */
  cutAt: number | null;
  /** Refuses every public key. */
  refusesKeys: boolean;
  /** Setting of a node that lets nobody change files. */
  readOnly: boolean;
  /** Takes connections and never speaks. */
  isSilent: boolean;
  /** Answers no request of sessions, but keeps the connection alive. */
  isMute: boolean;
}

/** State of a node's SFTP server, for tests. */
export interface SftpState {
  /** Fingerprint of the host key as OpenSSH prints it: `SHA256:...`. */
  hostKey: string;
  /** User names of the connections that were let in. */
  users: readonly string[];
  /** Number of requests that got no answer (`isMute`). */
  unanswered: number;
}

/** Orders of tests to a node's SFTP server. Rejects with `NodeDown` on a node without SFTP. */
export interface SftpControl {
  disturb(faults: Partial<SftpFaults>): void;
  look(): Promise<SftpState>;
  /** Makes a new host key for the connections that follow. */
  changeHostKey(): Promise<SftpState>;
  /** Cuts the connections of one server, or of all. Returns how many. */
  cut(serverUuid: string | null): number;
}
