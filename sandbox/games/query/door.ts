import type { QueriedGame } from './queried-game.js';

/** Answers to a datagram, in the order in which they are sent. `from` = address and port of the sender. */
export type DatagramTalk = (request: Buffer, game: QueriedGame, from: string) => readonly Buffer[];

/** Other side of a TCP connection. */
interface Caller {
  send(bytes: Buffer): void;
  hangUp(): void;
}

/** Begins a connection; returns the receiver of its bytes. */
export type StreamTalk = (caller: Caller, game: () => QueriedGame) => (chunk: Buffer) => void;

/** A port on which a game answers queries. */
export type Door =
  | { readonly transport: 'udp'; readonly port: number; readonly talk: DatagramTalk }
  | { readonly transport: 'tcp'; readonly port: number; readonly talk: StreamTalk };
