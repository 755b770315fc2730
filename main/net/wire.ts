import type { Socket } from 'node:net';

/**
 * The TCP connection below a websocket, which can be reset. Only a plain socket can, and one that is merely destroyed
 * leaves the system to deliver what was queued, up to minutes later.
 */
export class Wire {
  /** null until it stands; where nothing was sent, nothing is queued. */
  plain: Socket | null = null;

  reset(): void {
    this.plain?.resetAndDestroy();
  }
}
