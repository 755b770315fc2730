/** Parser and encoder of the websocket's frames (PROTOCOL 4.3, 4.5). No other file parses frames. */
import { powerStateSchema, type PowerState, type Usage } from '../../bridge/schema/domain.js';
import { parseJson } from '../base/json.js';

export interface Frame {
  event: string;
  /** Plain text; structured arguments are JSON text. */
  args: string[];
}

export type Malformed = 'not-json' | 'not-a-frame' | 'stats' | 'status' | 'backup' | 'feature';
export type Parsed = { ok: true; frame: Frame } | { ok: false; malformed: Malformed };

/** Longest accepted event name, in characters. */
const longestName = 200;
/** Largest accepted amount. Some nodes send the largest int64 for "no limit"; values above 2^64 are invalid. */
const largest = 2 ** 64;

/*
 * Checked by hand instead of by schema for speed: with a thousand live servers this runs for every usage figure and
 * console line.
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
 * `power` is null for an unknown state word (Pelican has more states, PROTOCOL 8.4.8).
 * `memory_limit_bytes` is 0 until the first start (PROTOCOL 4.5). Pelican adds `disk_io`; forks may omit fields.
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

/** Longest accepted backup uuid, in characters. */
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

/** End of a backup: result, uuid, checksum and size in bytes; null for text of another shape. */
export function parseBackup(
  text: string,
): { isSuccessful: boolean; uuid: string | null; sha1: string | null; bytes: number } | null {
  const { is_successful: isSuccessful, uuid, checksum, file_size: size } = asRecord(parseJson(text));
  if (typeof isSuccessful !== 'boolean') return null;
  return {
    isSuccessful,
    uuid: typeof uuid === 'string' && uuid.length <= longestUuid ? uuid : null,
    sha1: typeof checksum === 'string' && /^[0-9a-f]{40}$/i.test(checksum) ? checksum.toLowerCase() : null,
    bytes: isAmount(size) ? size : 0,
  };
}

/** A console line that matched a feature of the egg (PROTOCOL 8.4.5). */
export function parseFeatureMatch(text: string): { feature: string; line: string } | null {
  const { key, line } = asRecord(parseJson(text));
  return typeof key === 'string' && typeof line === 'string' ? { feature: key, line } : null;
}

export function encodeFrame(event: string, args?: readonly string[]): string {
  return JSON.stringify(args === undefined ? { event } : { event, args });
}
