import { readFile } from 'node:fs/promises';
import type { DiskIo } from './api.js';

export const noDiskIo: DiskIo = { read_bytes: 0, write_bytes: 0 };

/** Bytes that a process has read from and written to disks, on Linux; zero elsewhere. */
export async function readDiskIo(pid: number): Promise<DiskIo> {
  // A simulated game has no process (`paper-host.ts`).
  if (pid < 0) return noDiskIo;
  const text = await readFile(`/proc/${pid}/io`, 'utf8').catch(() => '');
  const bytes = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return { read_bytes: bytes('read_bytes'), write_bytes: bytes('write_bytes') };
}
