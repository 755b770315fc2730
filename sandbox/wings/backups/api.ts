/** Backups between the sandbox's panel and its nodes (PROTOCOL 2.16). */

/** Order of the panel to make a backup. */
export interface BackupOrder {
  uuid: string;
  /** Patterns of `.gitignore`, one a line; empty = those of the server's own ignore file. */
  ignored: string;
  /** Size of the archive, which zeros fill up; null or missing = as made. */
  bytes?: number | null;
}

/** An archive that was made. */
export interface MadeBackup {
  /** Hash in hexadecimal, without the name of the algorithm. */
  checksum: string;
  bytes: number;
}

/** Faults of one server's backups, archives and downloads, for tests and manual trials, until the node goes down. */
export interface BackupFaults {
  /** Bytes of server files a second while a backup or an archive is made or restored; null = as fast as the disk. */
  rate: number | null;
  /** True if backups fail while they are made. */
  failing: boolean;
  /** True if restorations fail when the first file is written. */
  restoreFailing: boolean;
  /** A download breaks after so many bytes; null = never. */
  cutAt: number | null;
  /** Bytes a second of a download; null = as fast as the client reads. */
  downloadRate: number | null;
  /** True if the first byte of a download is wrong. */
  garbled: boolean;
  /** Status of a proxy that answers downloads instead of the node, whose link stays unused; null = none. */
  downloadStatus: number | null;
}

/** The panel's calls about backups of a node that is up. All of them throw `NodeRefusal`. */
export interface BackupCalls {
  /** Accepts the order; `BackupReports.backupEnded` reports the end. */
  make(serverUuid: string, order: BackupOrder): void;
  /** A backup that is being made loses its archive, and so ends as failed. 404 for a missing archive. */
  remove(serverUuid: string, uuid: string): Promise<void>;
  /** `truncate` = empties the server's folder first. 404 for a missing archive. */
  restore(serverUuid: string, uuid: string, truncate: boolean): Promise<void>;
  disturb(serverUuid: string, faults: Partial<BackupFaults>): void;
}

/** Reports of a node to the panel. */
export interface BackupReports {
  /** `made` = null for a backup that failed. Returns false if the panel does not wait for this backup. */
  backupEnded(uuid: string, made: MadeBackup | null): boolean;
  restorationEnded(uuid: string, succeeded: boolean): void;
}
