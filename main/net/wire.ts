import type { Socket } from 'node:net';

/**
 * The TCP connection below a websocket, so that the connection can be reset.
 * Only a plain TCP socket can be reset. After a mere `destroy` the system still delivers queued data, up to minutes
 * later.
 */
export class Wire {
  /** null until the TCP connection exists. */
  plain: Socket | null = null;

  reset(): void {
    this.plain?.resetAndDestroy();
  }
}
