import { connect, type Socket } from 'node:net';

/** How long a connection may be silent before the system asks whether it still stands. */
const keepAliveMs = 60_000;

/** A connection as the system makes it. Rejects with the system's own error, or when `signal` says that it is enough. */
export function openTcp(place: { host: string; port: number }, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: place.host, port: place.port, signal, noDelay: true });
    socket.setKeepAlive(true, keepAliveMs);
    // It stays: an error before somebody else listens would end the process.
    socket.on('error', reject);
    socket.once('connect', () => resolve(socket));
  });
}
