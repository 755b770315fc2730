import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Node } from './data/world.js';

/** Tries to start a node on free ports. */
const mostTries = 5;
/** Tries to find a free port. */
const mostPorts = 100;
/**
 * Ports that no system gives to outgoing connections: one of these could take the port of a node that is down, and the
 * node could not come back.
 */
const [fromPort, beforePort] = [12_000, 20_000];

/** Chooses free ports for a node. Its SFTP server is on loopback, whatever the seed says. */
export async function placeNode(record: Node): Promise<void> {
  record.port = await freePort(record.port);
  if (record.onPaper === true) return;
  record.host = '127.0.0.1';
  if (record.sftpAlias !== null && record.sftpAlias !== undefined) record.sftpAlias = 'localhost';
  record.sftpPort = await freePort(record.sftpPort);
  while (record.sftpPort === record.port) record.sftpPort = await freePort(0);
}

/**
 * Repeats a start that chooses free ports and listens there, if other programs take the ports first. Rejects as `start`
 * does.
 */
export async function onFreePorts(start: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await start();
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken || tries === mostTries) throw error;
    }
  }
}

/**
 * The port `wanted` if nothing listens there, otherwise another port. Another program may still take the port before
 * its use.
 */
async function freePort(wanted: number): Promise<number> {
  for (let port = wanted === 0 ? anyPort() : wanted, tries = 1; ; port = anyPort(), tries++) {
    try {
      await listenOnce(port);
      return port;
    } catch (error) {
      if (tries === mostPorts) throw error;
    }
  }
}

const anyPort = (): number => fromPort + Math.floor(Math.random() * (beforePort - fromPort));

async function listenOnce(port: number): Promise<void> {
  const probe = createServer().listen({ host: '127.0.0.1', port });
  await once(probe, 'listening');
  await new Promise((resolve) => probe.close(resolve));
}
