import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { patienceMs, type GamePlace } from './counted.js';

/** Sends a datagram; resolves with the next received datagram. */
export type Exchange = (request: Buffer) => Promise<Buffer>;

/** Runs a conversation over UDP; null = an answer did not come in time, or could not be read. */
export async function overUdp<T>(
  { host, port }: GamePlace,
  talk: (exchange: Exchange) => Promise<T>,
): Promise<T | null> {
  const socket = createSocket('udp4');
  try {
    return await talk(async (request) => {
      const answer = once(socket, 'message', { signal: AbortSignal.timeout(patienceMs) });
      socket.send(request, port, host);
      const [message] = (await answer) as [Buffer];
      return message;
    });
  } catch {
    return null;
  } finally {
    socket.close();
  }
}
