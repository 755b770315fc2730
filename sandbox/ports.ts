import { createServer } from 'node:net';
import type { Node } from './data/world.js';

/** The node's SFTP server is on loopback, whatever the seed says. */
export async function placeSftp(record: Node): Promise<void> {
  record.host = '127.0.0.1';
  if (record.sftpAlias !== null && record.sftpAlias !== undefined) record.sftpAlias = 'localhost';
  record.sftpPort = await freePort(record.sftpPort);
}

/**
 * The port `wanted` if nothing listens there, otherwise another port. Another program may still take the port before
 * its use.
 */
export async function freePort(wanted: number): Promise<number> {
  const probe = createServer();
  const listening = new Promise<number>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen({ host: '127.0.0.1', port: wanted }, () => {
      const address = probe.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  try {
    const port = await listening;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  } catch (error) {
    if (wanted === 0) throw error;
    return freePort(0);
  }
}
