import { totalmem } from 'node:os';
import type { State, Usage } from './api.js';

const PAGE_BYTES = 4096;

/**
 * The container's limit: the panel's MB as millions of bytes with head-room, rounded down to whole pages, or the
 * host's memory where there is no limit (PROTOCOL 4.5).
 */
export function memoryLimitBytes(memoryMb: number): number {
  if (memoryMb <= 0) return totalmem();
  const headRoom = memoryMb <= 2048 ? 1.15 : memoryMb <= 4096 ? 1.1 : 1.05;
  const bytes = Math.round(memoryMb * 1_000_000 * headRoom);
  return bytes - (bytes % PAGE_BYTES);
}

/** Usage of a server whose process does not run. */
export function idleUsage(state: State, memoryLimit: number, diskBytes: number): Usage {
  return {
    memory_bytes: 0,
    memory_limit_bytes: memoryLimit,
    cpu_absolute: 0,
    network: { rx_bytes: 0, tx_bytes: 0 },
    uptime: 0,
    state,
    disk_bytes: diskBytes,
  };
}

/** `stats` that come by themselves have their keys in order of the alphabet; those after a request do not. */
export function periodicStats(usage: Usage): string {
  const { cpu_absolute, disk_bytes, disk_io, memory_bytes, memory_limit_bytes, network, state, uptime } =
    usage;
  return JSON.stringify({
    cpu_absolute,
    disk_bytes,
    disk_io,
    memory_bytes,
    memory_limit_bytes,
    network,
    state,
    uptime,
  });
}

/** `stats` after auth and after `send stats`. */
export function askedStats(usage: Usage): string {
  const { memory_bytes, memory_limit_bytes, cpu_absolute, network, disk_io, uptime, state, disk_bytes } =
    usage;
  return JSON.stringify({
    memory_bytes,
    memory_limit_bytes,
    cpu_absolute,
    network,
    disk_io,
    uptime,
    state,
    disk_bytes,
  });
}
