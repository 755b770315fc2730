import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readyLine } from '../tests/support/ready-line.mjs';
import { root } from './programs.mjs';

/** Twice the limit of a real panel: the whole fleet is known in two minutes, and polls are twice as frequent. */
const clientLimit = 1440;

/**
 * @typedef {object} Servers
 * @property {string} panel
 * @property {string} key
 * @property {string} password of the same user, for SFTP
 * @property {string} folder of the sandbox's world and its servers' files
 * @property {readonly { uuid: string, name: string }[]} servers
 * @property {number} visible
 * @property {(order: object) => Promise<unknown>} control sends an order of `sandbox/panel/orders.ts`
 * @property {(uuid: string, command: string) => Promise<void>} command sends a console command through the panel, as another client
 * @property {() => Promise<Map<string, Truth>>} look the true state of each server by UUID
 * @property {() => Promise<number>} live number of servers with a live state once all are watched
 * @property {() => Promise<void>} stop
 *
 * @typedef {{ status: string | null, state: string }} Truth `status` = null if the server may run
 */

/**
 * Starts the sandbox with this number of servers besides the demo's.
 *
 * @param {number} count
 * @param {{ limit?: number, flags?: readonly string[] }} [options] calls a minute; further flags of the sandbox
 * @returns {Promise<Servers>}
 */
export async function startServers(count, { limit = clientLimit, flags = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'perch-bench-'));
  const child = spawn(
    process.execPath,
    [
      join(root, 'out/sandbox/index.mjs'),
      ...['--port', '0', '--data', folder, '--with-parent'],
      ...['--servers', String(count), '--client-limit', String(limit), '--control', ...flags],
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = once(child, 'exit');
  const { panel, keys, passwords, servers } = JSON.parse(await readyLine(child, 'The sandbox'));
  /** @param {object} order */
  const control = async (order) => {
    const answer = await fetch(`${panel}/sandbox/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
    const { ok, result, error } = await answer.json();
    if (!ok) throw new Error(`The sandbox took no order: ${error}`);
    return result;
  };
  const look = async () => {
    /** @type {Map<string, Truth>} */
    const known = new Map();
    for (const { uuid } of servers)
      known.set(uuid, /** @type {Truth} */ (await control({ do: 'look', server: uuid })));
    return known;
  };
  return {
    panel,
    key: keys.owner,
    password: passwords.owner,
    folder,
    servers,
    // One of the demo's servers is visible to the host only.
    visible: servers.length - 1,
    control,
    look,
    // One of the demo's servers is visible to the host only, and the node of another server is down.
    live: async () => [...(await look()).values()].filter(({ status }) => status === null).length - 2,
    command: async (uuid, command) => {
      const { status } = await fetch(`${panel}/api/client/servers/${uuid}/command`, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${keys.owner}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ command }),
      });
      if (status !== 204) throw new Error(`The panel answered ${status} to the command "${command}".`);
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
