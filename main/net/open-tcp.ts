import { connect, type Socket } from 'node:net';
import { closedAddress, isClosedAddress } from './closed-addresses.js';

/** How long a connection may be silent before the system asks whether it still stands. */
const keepAliveMs = 60_000;

/**
 * A connection as the system makes it. Rejects with the system's own error, when `signal` says that it is enough, or where
 * the address, or the one that the name has, is a closed one.
 */
export function openTcp(place: { host: string; port: number }, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (isClosedAddress(place.host)) throw closedAddress();
    const socket = connect({ host: place.host, port: place.port, signal, noDelay: true });
    socket.setKeepAlive(true, keepAliveMs);
    // It stays: an error before somebody else listens would end the process.
    socket.on('error', reject);
    // Before anything goes there, and for each address of a name; a name that nobody has comes with none.
    socket.on('lookup', (_error, address?: string) => {
      if (address !== undefined && isClosedAddress(address)) socket.destroy(closedAddress());
    });
    socket.once('connect', () => resolve(socket));
  });
}
