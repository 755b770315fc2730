import type { Measurement } from './meter.js';

/** Usage of a simulated server, from its variable `PAPER_LOAD`: `172/0.67/51/840`. */
export interface PaperLoad {
  /** Percent of one core. */
  cpuPercent: number;
  /** Used share of the server's memory limit. */
  share: number;
  /** Hours since the server's start. */
  hours: number;
  /** Bytes sent per second; a ninth of that is received. */
  bytesPerSecond: number;
}

/** null for an invalid text. */
export function readPaperLoad(text: string | undefined): PaperLoad | null {
  const parts = (text ?? '').split('/').map(Number);
  const [cpuPercent = 0, share = 0, hours = 0, bytesPerSecond = 0] = parts;
  return parts.length < 4 || parts.some(Number.isNaN) ? null : { cpuPercent, share, hours, bytesPerSecond };
}

export function paperLoad(load: PaperLoad, uptimeMs: number, memoryMb: number): Measurement {
  const breath = Math.sin(uptimeMs / 9000) + 0.5 * Math.sin(uptimeMs / 2300);
  const sent = Math.round((load.bytesPerSecond * (uptimeMs + 600 * breath)) / 1000);
  return {
    cpuPercent: Math.round(load.cpuPercent * (1 + 0.06 * breath) * 1000) / 1000,
    memoryBytes: Math.round(memoryMb * 1_048_576 * load.share * (1 + 0.004 * breath)),
    uptimeMs: uptimeMs + load.hours * 3_600_000,
    network: { rx_bytes: Math.round(sent / 9), tx_bytes: sent },
  };
}
