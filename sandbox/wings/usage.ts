import { totalmem } from 'node:os';
import type { State, Usage } from './api.js';

const PAGE_BYTES = 4096;

/**
 * Memory limit of the container: the panel's MB as millions of bytes with headroom, rounded down to whole pages;
 * without a limit, the host's memory (PROTOCOL 4.5).
 */
export function memoryLimitBytes(memoryMb: number): number {
  if (memoryMb <= 0) return totalmem();
  const headRoom = memoryMb <= 2048 ? 1.15 : memoryMb <= 4096 ? 1.1 : 1.05;
  const bytes = Math.round(memoryMb * 1_000_000 * headRoom);
  return bytes - (bytes % PAGE_BYTES);
}

/** Usage of a server without a process. */
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

/** Periodic `stats` have their keys in alphabetical order; requested `stats` do not. */
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
