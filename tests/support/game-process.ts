import { readdirSync, readlinkSync } from 'node:fs';

/**
 * The process of a server of the sandbox whose data lie in `sandboxFolder`, looked up in the operating system: its
 * working folder is the server's own. null where no such process lives. Linux only.
 */
export function gamePid(sandboxFolder: string, serverUuid: string): number | null {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const folder = readlinkSync(`/proc/${pid}/cwd`);
      if (folder.startsWith(sandboxFolder) && folder.includes(serverUuid)) return Number(pid);
    } catch {
      // It ended meanwhile, or is a kernel thread.
    }
  }
  return null;
}
