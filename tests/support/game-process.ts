import { readdirSync, readlinkSync } from 'node:fs';

/**
 * The process of a demo server, looked up in the operating system: its working folder is the server's own. null
 * where no such process lives. Linux only.
 */
export function gamePid(serverUuid: string): number | null {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readlinkSync(`/proc/${pid}/cwd`).includes(serverUuid)) return Number(pid);
    } catch {
      // Ended meanwhile, or a kernel thread.
    }
  }
  return null;
}
