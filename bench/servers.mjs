import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './programs.mjs';

/** Twice what a real panel allows: the whole fleet is known in two minutes, and what comes by itself comes twice as often. */
const clientLimit = 1440;

/** @typedef {{ panel: string, key: string, visible: number, stop: () => Promise<void> }} Servers */

/**
 * The sandbox with this many servers beside the demo's.
 *
 * @param {number} count
 * @returns {Promise<Servers>}
 */
export async function startServers(count) {
  const folder = mkdtempSync(join(tmpdir(), 'perch-bench-'));
  const child = spawn(
    process.execPath,
    [
      join(root, 'out/sandbox/index.mjs'),
      ...['--port', '0', '--data', folder, '--with-parent'],
      ...['--servers', String(count), '--client-limit', String(clientLimit)],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const [text] = await once(createInterface(child.stdout), 'line');
  const { panel, keys, servers } = JSON.parse(text);
  return {
    panel,
    key: keys.owner,
    // One of the demo's is the host's alone.
    visible: servers.length - 1,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
