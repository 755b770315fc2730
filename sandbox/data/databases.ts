/** Database of a server, as the panel stores it (PROTOCOL 2.22). */
export interface Database {
  /** Counts over the whole panel. */
  id: number;
  serverUuid: string;
  host: { address: string; port: number };
  /** With the prefix of the server: `s32_main`. */
  name: string;
  username: string;
  password: string;
  /** From where the user may connect; `%` = from anywhere. */
  remote: string;
  /** 0 = no limit. */
  maxConnections: number;
}
