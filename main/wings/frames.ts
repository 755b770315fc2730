/** The wire format of the socket (PROTOCOL 4.3, 4.5): parsed here and nowhere else. */
import { powerStateSchema, type PowerState, type Usage } from '../../bridge/schema/domain.js';
import { parseJson } from '../base/json.js';

export interface Frame {
  event: string;
  /** Elements are text; what is structured inside them is JSON text. */
  args: string[];
}

export type Malformed = 'not-json' | 'not-a-frame' | 'stats' | 'status' | 'backup' | 'feature';
export type Parsed = { ok: true; frame: Frame } | { ok: false; malformed: Malformed };

/** A name that is longer is no event's. */
const longestName = 200;
/** Some write "no limit" as the largest int64; beyond 2^64 nothing makes sense. */
const largest = 2 ** 64;

/*
 * Read by hand and not by schemas: with a thousand servers live, this runs for every figure and every line of a
 * console, most of which nobody looks at.
 */

export function parseFrame(text: string): Parsed {
  const json = parseJson(text);
  if (json === undefined) return { ok: false, malformed: 'not-json' };
  const { event, args } = asRecord(json);
  if (typeof event !== 'string' || event === '' || event.length > longestName) return notAFrame;
  if (args === undefined || args === null) return { ok: true, frame: { event, args: [] } };
  if (!Array.isArray(args)) return notAFrame;
  const texts: string[] = [];
  for (const arg of args as unknown[]) {
    if (typeof arg !== 'string' && arg !== null) return notAFrame;
    texts.push(arg ?? '');
  }
  return { ok: true, frame: { event, args: texts } };
}

const notAFrame: Parsed = { ok: false, malformed: 'not-a-frame' };

/**
 * `power` is null where the state is a word that is no power state (Pelican knows more of them, PROTOCOL 8.4.8).
 * `memory_limit_bytes` is 0 until the first start (PROTOCOL 4.5); Pelican adds `disk_io`, forks may leave out more.
 */
export function parseStats(text: string, now: number): { usage: Usage; power: PowerState | null } | null {
  const {
    state,
    cpu_absolute: cpu,
    memory_bytes: memory,
    memory_limit_bytes: limit = 0,
    disk_bytes: disk = 0,
    uptime = 0,
    network = noTraffic,
  } = asRecord(parseJson(text));
  const { rx_bytes: received, tx_bytes: sent } = asRecord(network);
  if (typeof state !== 'string' || !isAmount(cpu) || !isAmount(memory) || !isAmount(limit)) return null;
  if (!isAmount(disk) || !isAmount(uptime) || !isAmount(received) || !isAmount(sent)) return null;
  return {
    power: parsePower(state),
    usage: {
      at: now,
      cpuPercent: cpu,
      memoryBytes: memory,
      memoryLimitBytes: limit === 0 ? null : limit,
      diskBytes: disk,
      networkRxBytes: received,
      networkTxBytes: sent,
      uptimeMs: uptime,
    },
  };
}

/** A node may send anything; what is longer is no uuid. */
const longestUuid = 64;

const noTraffic = { rx_bytes: 0, tx_bytes: 0 };

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= largest;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const powerStates: ReadonlySet<string> = new Set(powerStateSchema.options);

export function parsePower(text: string): PowerState | null {
  return powerStates.has(text) ? (text as PowerState) : null;
}

/** Whether the backup succeeded, and which one that is; null where the node tells something else. */
export function parseBackup(text: string): { isSuccessful: boolean; uuid: string | null } | null {
  const { is_successful: isSuccessful, uuid } = asRecord(parseJson(text));
  if (typeof isSuccessful !== 'boolean') return null;
  return { isSuccessful, uuid: typeof uuid === 'string' && uuid.length <= longestUuid ? uuid : null };
}

/** A line of the console that has to do with a feature of the egg (PROTOCOL 8.4.5). */
export function parseFeatureMatch(text: string): { feature: string; line: string } | null {
  const { key, line } = asRecord(parseJson(text));
  return typeof key === 'string' && typeof line === 'string' ? { feature: key, line } : null;
}

export function encodeFrame(event: string, args?: readonly string[]): string {
  return JSON.stringify(args === undefined ? { event } : { event, args });
}
