import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { closedAddress, isClosedAddress } from './closed-addresses.js';

/** Idle time in ms before the system probes the connection (TCP keep-alive). */
const keepAliveMs = 60_000;

/** Makes a socket and begins to connect it. */
export type OpenSocket = (options: TcpNetConnectOpts) => Socket;

/**
 * Opens a TCP connection.
 * Rejects with the system's error, on abort of `signal`, and if the address or an address of the name is closed.
 */
export function openTcp(
  place: { host: string; port: number },
  signal: AbortSignal,
  open: OpenSocket = connect,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (isClosedAddress(place.host)) throw closedAddress();
    const socket = open({ host: place.host, port: place.port, signal, noDelay: true });
    socket.setKeepAlive(true, keepAliveMs);
    // This listener stays: without a listener an error would end the process.
    socket.on('error', reject);
    // Runs for each address of a name before the system connects. An unknown name has no address.
    socket.on('lookup', (_error, address?: string) => {
      if (address !== undefined && isClosedAddress(address)) socket.destroy(closedAddress());
    });
    socket.once('connect', () => resolve(socket));
  });
}
