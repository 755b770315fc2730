/** The wire format of the socket (PROTOCOL 4.3, 4.5): parsed here and nowhere else. */
import * as z from 'zod';
import { powerStateSchema, type PowerState, type Usage } from '../../bridge/domain.js';
import { parseJson } from '../base/json.js';

export interface Frame {
  event: string;
  /** Elements are text; what is structured inside them is JSON text. */
  args: string[];
}

export type Malformed = 'not-json' | 'not-a-frame' | 'stats' | 'status';
export type Parsed = { ok: true; frame: Frame } | { ok: false; malformed: Malformed };

const frameSchema = z.object({
  event: z.string().min(1).max(200),
  args: z.array(z.string().nullable()).nullish(),
});

/** Some write "no limit" as the largest int64; beyond 2^64 nothing makes sense. */
const amount = z
  .number()
  .nonnegative()
  .max(2 ** 64);

/** `memory_limit_bytes` is 0 until the first start (PROTOCOL 4.5); Pelican adds `disk_io`, forks may leave out more. */
const statsSchema = z.object({
  memory_bytes: amount,
  memory_limit_bytes: amount.default(0),
  cpu_absolute: amount,
  network: z.object({ rx_bytes: amount, tx_bytes: amount }).default({ rx_bytes: 0, tx_bytes: 0 }),
  uptime: amount.default(0),
  state: z.string(),
  disk_bytes: amount.default(0),
});

export function parseFrame(text: string): Parsed {
  const json = parseJson(text);
  if (json === undefined) return { ok: false, malformed: 'not-json' };
  const parsed = frameSchema.safeParse(json);
  if (!parsed.success) return { ok: false, malformed: 'not-a-frame' };
  return {
    ok: true,
    frame: { event: parsed.data.event, args: (parsed.data.args ?? []).map((arg) => arg ?? '') },
  };
}

/** `power` is null where the state is a word that is no power state (Pelican knows more of them, PROTOCOL 8.4.8). */
export function parseStats(text: string, now: number): { usage: Usage; power: PowerState | null } | null {
  const parsed = statsSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const stats = parsed.data;
  return {
    power: parsePower(stats.state),
    usage: {
      at: now,
      cpuPercent: stats.cpu_absolute,
      memoryBytes: stats.memory_bytes,
      memoryLimitBytes: stats.memory_limit_bytes === 0 ? null : stats.memory_limit_bytes,
      diskBytes: stats.disk_bytes,
      networkRxBytes: stats.network.rx_bytes,
      networkTxBytes: stats.network.tx_bytes,
      uptimeMs: stats.uptime,
    },
  };
}

export function parsePower(text: string): PowerState | null {
  return powerStateSchema.safeParse(text).data ?? null;
}

export function encodeFrame(event: string, args?: readonly string[]): string {
  return JSON.stringify(args === undefined ? { event } : { event, args });
}
