import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PerchError } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';

/** Newest files that stay. */
const mostFiles = 20;

/** The folder `kept-logs` in the data folder: lines of consoles that a rule kept, the newest 20 files. */
export class KeptLogsFolder {
  readonly #root: string;

  constructor(dataFolder: string) {
    this.#root = join(dataFolder, 'kept-logs');
  }

  /**
   * Writes the lines under a name that begins with the time, and removes the oldest files. `serverId` ends with the UUID
   * of the server. Resolves with the path. Rejects with `PerchError`.
   */
  async write(serverId: string, wall: number, lines: readonly string[]): Promise<string> {
    const time = new Date(wall).toISOString().replaceAll(':', '-');
    const uuid = serverId.slice(serverId.indexOf('/') + 1).replaceAll(/[^\w-]/gu, '');
    const name = `${time} ${uuid}.log`;
    const path = join(this.#root, name);
    try {
      await mkdir(this.#root, { recursive: true, mode: 0o700 });
      await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 });
      // A clock that was set back gives the new file the oldest name.
      const others = (await readdir(this.#root)).filter((one) => one.endsWith('.log') && one !== name).sort();
      for (const one of others.slice(0, 1 - mostFiles)) await rm(join(this.#root, one), { force: true });
      return path;
    } catch (error) {
      const message = sentence('disk.log-unwritten');
      throw new PerchError(
        { code: 'internal', message, next: sentence('disk.write-next') },
        { cause: error },
      );
    }
  }
}
