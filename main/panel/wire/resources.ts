import * as z from 'zod';
import type { PowerState, Usage } from '../../../bridge/schema/domain.js';
import { amount, enveloped, flag } from './fields.js';

/**
 * State words of panels -> power state.
 * Wings has four states; `stopped` replaces a missing state (PROTOCOL 2.3); the others are container states, which
 * Pelican sends too (PROTOCOL 8.4.8). Pelican's `missing` is not in the table, because it means that the node does not
 * answer.
 */
const powerOf: Record<string, PowerState> = {
  offline: 'offline',
  starting: 'starting',
  running: 'running',
  stopping: 'stopping',
  stopped: 'offline',
  created: 'offline',
  exited: 'offline',
  dead: 'offline',
  paused: 'running',
  restarting: 'starting',
  removing: 'stopping',
};

const numbers = z
  .looseObject({
    memory_bytes: amount(0),
    memory_limit_bytes: amount(0),
    cpu_absolute: amount(0),
    disk_bytes: amount(0),
    network_rx_bytes: amount(0),
    network_tx_bytes: amount(0),
    uptime: amount(0),
  })
  .nullish();

/** Schema of `/resources`. `power` null = the panel could not reach the node. */
export const resourcesAnswer = enveloped({
  current_state: z.string().nullish(),
  is_suspended: flag,
  resources: numbers,
}).transform(({ current_state, is_suspended, resources }, context) => {
  const word = current_state ?? 'stopped';
  const power = Object.hasOwn(powerOf, word) ? powerOf[word] : undefined;
  // Neither a state nor usage: nothing in the answer says that the server is off.
  const isEmpty = !current_state && !resources;
  if (isEmpty || (power === undefined && word !== 'missing')) {
    const path = ['attributes', 'current_state'];
    context.issues.push({ code: 'custom', message: 'unknown state', input: word, path });
    return z.NEVER;
  }
  return { power: power ?? null, isSuspended: is_suspended, usage: usageOf(resources) };
});

function usageOf(resources: z.output<typeof numbers>): Omit<Usage, 'at'> {
  return {
    cpuPercent: resources?.cpu_absolute ?? 0,
    memoryBytes: resources?.memory_bytes ?? 0,
    memoryLimitBytes: resources?.memory_limit_bytes || null,
    diskBytes: resources?.disk_bytes ?? 0,
    networkRxBytes: resources?.network_rx_bytes ?? 0,
    networkTxBytes: resources?.network_tx_bytes ?? 0,
    uptimeMs: resources?.uptime ?? 0,
  };
}
