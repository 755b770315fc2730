import type { WebSocket } from 'ws';
import { encodeFrame, type Outbound } from './frames.js';

/** Unsent bytes above which a reader counts as slow. */
const BUSY_BYTES = 1024 * 1024;
/** Number of messages kept for a slow reader; the oldest are dropped (PROTOCOL 4.12). */
const KEPT: Partial<Record<Outbound['event'], number>> = { 'console output': 8, 'install output': 4 };

/** Outgoing frames of one websocket. A slow reader loses console lines and all other events of that time. */
export class Outbox {
  #kept: Outbound[] = [];

  constructor(private readonly socket: WebSocket) {}

  send(message: Outbound): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.#kept.length === 0 && this.socket.bufferedAmount < BUSY_BYTES) return this.#write(message);
    const most = KEPT[message.event];
    if (most === undefined) return;
    this.#kept.push(message);
    const same = this.#kept.filter(({ event }) => event === message.event);
    if (same.length > most) this.#kept.splice(this.#kept.indexOf(same[0] ?? message), 1);
  }

  #write(message: Outbound): void {
    this.socket.send(encodeFrame(message), () => this.#drain());
  }

  #drain(): void {
    while (this.socket.readyState === this.socket.OPEN && this.socket.bufferedAmount < BUSY_BYTES) {
      const message = this.#kept.shift();
      if (message === undefined) return;
      this.#write(message);
    }
  }
}
