import { readdirSync, readlinkSync } from 'node:fs';

/**
 * Process id of a sandbox server, found in the operating system by its working folder, which is the server's own folder
 * below `sandboxFolder`. null = no such process. Linux only.
 */
export function gamePid(sandboxFolder: string, serverUuid: string): number | null {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const folder = readlinkSync(`/proc/${pid}/cwd`);
      if (folder.startsWith(sandboxFolder) && folder.includes(serverUuid)) return Number(pid);
    } catch {
      // The process has ended, or is a kernel thread.
    }
  }
  return null;
}
