/**
 * Interfaces for queries: questions that Perch sends from this computer to a game server over the game's own protocol.
 * Implementation: `query-wire.ts` of main/net; tests pass their own.
 */
import type { QueryFailureKind } from '../../bridge/panel/query-protocols.js';

/** The place to ask: a name or IP address, and a port. */
export interface QueryPlace {
  readonly host: string;
  readonly port: number;
  /**
   * True if the place may be this computer. Otherwise loopback is `closed`, also behind a name and in any notation,
   * because a program of the user would answer instead of the game.
   */
  readonly mayBeHere?: boolean;
}

/** No usable answer to a query. The message is for the log and holds no text of the other side. */
export class QueryFailure extends Error {
  constructor(
    readonly kind: QueryFailureKind,
    message: string = kind,
  ) {
    super(message);
    this.name = 'QueryFailure';
  }
}

/** UDP to one address and port; datagrams from elsewhere are dropped. */
export interface Datagrams {
  send(bytes: Uint8Array): void;
  /**
   * The next datagram. Rejects with `QueryFailure`: `refused`, `silent` after the end of the signal, `nonsense` beyond
   * the limit of datagrams and bytes.
   */
  receive(): Promise<Uint8Array>;
}

/** A TCP connection. */
export interface ByteStream {
  send(bytes: Uint8Array): void;
  /**
   * The next bytes; null at the end of the connection. Rejects with `QueryFailure`: `silent` after a reset or the end of
   * the signal, `nonsense` beyond the limit of bytes.
   */
  receive(): Promise<Uint8Array | null>;
}

/**
 * The network for queries. Everything that it opens closes when `signal` is aborted. All methods reject with
 * `QueryFailure`.
 */
export interface QueryWire {
  datagrams(place: QueryPlace, signal: AbortSignal): Promise<Datagrams>;
  stream(place: QueryPlace, signal: AbortSignal): Promise<ByteStream>;
  /** The body of the answer to an HTTP GET without TLS, as text. Any status but 200 is `nonsense`. */
  get(place: QueryPlace, path: string, signal: AbortSignal): Promise<string>;
  /** The address to which datagrams go; null for an unknown name, or if a proxy does the look-ups. Never rejects. */
  addressOf(place: QueryPlace): Promise<string | null>;
  /**
   * The place to which the SRV record `_minecraft._tcp` of a name sends Minecraft's players; null without this record,
   * or if a proxy does the look-ups.
   */
  minecraftService(host: string): Promise<QueryPlace | null>;
  /** The computer changed its network or was asleep: names and proxies are looked up again. */
  networkChanged(): void;
}
