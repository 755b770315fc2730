import { PerchError, newProblem } from '../../bridge/errors.js';
import { folderOf, lastPart } from '../../bridge/files/file-paths.js';
import { sentence } from '../../messages/messages.js';
import type { Clock } from '../../main/base/ports.js';
import { readParts, writeParts } from '../../main/sftp/file-parts.js';
import type { RemoteFiles } from '../../main/sftp/sftp-files.js';
import type { SftpDoor } from '../../main/transfers/sftp-upload.js';
import type { FakeServerFiles } from './fake-server-files.js';

/** What happens to the next write over SFTP; `short` = the node loses the end of the next file. */
type SftpFault = 'cut' | 'full' | 'short';

/** SFTP onto the files of a fake server. */
export class FakeSftp {
  isOn = false;
  readonly faults: SftpFault[] = [];
  /** Ms until a connection is there, and until a file is open. */
  connectMs = 0;
  createMs = 10;
  /** Files that were sent. */
  sent = 0;

  constructor(private readonly server: FakeServerFiles) {}

  doorOf(clock: Clock): SftpDoor {
    return {
      isOn: () => this.isOn,
      use: async (_serverId, run, signal) => {
        if (this.connectMs > 0) await afterOrAborted(clock, this.connectMs, signal);
        return run(this.#files(clock));
      },
      write: writeParts,
      read: readParts,
    };
  }

  #files(clock: Clock): RemoteFiles {
    const { files, folders } = this.server;
    const pause = (): Promise<void> => after(clock, 10);
    const other = (): Promise<never> => Promise.reject(new Error('no upload does that'));
    return {
      look: async (path) => {
        await pause();
        const content = files.get(path);
        if (content !== undefined) return { kind: 'file', bytes: content.length };
        return folders.has(path) ? { kind: 'folder', bytes: 0 } : null;
      },
      makeFolder: async (path) => {
        await pause();
        for (let folder = path; folder !== '/'; folder = folderOf(folder)) folders.add(folder);
      },
      create: async (path) => {
        await after(clock, this.createMs);
        this.sent += 1;
        this.server.names.push(lastPart(path));
        files.set(path, new Uint8Array());
        return Buffer.from(path);
      },
      write: async (path, _file, part, at) => {
        await pause();
        const fault = this.faults[0] === 'short' ? undefined : this.faults.shift();
        if (fault === 'cut') throw problem('sftp.cut');
        if (fault === 'full') throw full();
        const before = files.get(path);
        // A file that was removed while it is open gets no name again.
        if (before === undefined) return;
        const grown = new Uint8Array(Math.max(before.length, at + part.length));
        grown.set(before);
        grown.set(part, at);
        files.set(path, grown);
      },
      close: async (path) => {
        await pause();
        if (this.faults[0] !== 'short') return;
        this.faults.shift();
        files.set(path, (files.get(path) ?? new Uint8Array()).subarray(0, -1));
      },
      async *list(path) {
        await pause();
        const all = [
          ...[...folders].filter((each) => each !== '/').map((each) => [each, 'folder', 0] as const),
          ...[...files].map(([each, { length }]) => [each, 'file', length] as const),
        ];
        for (const [each, kind, bytes] of all) {
          if (folderOf(each) === path) yield { name: lastPart(each), kind, bytes };
        }
      },
      open: other,
      read: other,
      rename: async (from, to) => {
        await pause();
        const moved = (path: string): string | null =>
          path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : null;
        for (const folder of [...folders]) {
          const now = moved(folder);
          if (now !== null && folders.delete(folder)) folders.add(now);
        }
        for (const [path, content] of [...files]) {
          const now = moved(path);
          if (now !== null && files.delete(path)) files.set(now, content);
        }
      },
      remove: async (path) => {
        await pause();
        files.delete(path);
      },
      removeFolder: async (path) => {
        await pause();
        for (const each of [...folders, ...files.keys()]) {
          if (each !== path && !each.startsWith(`${path}/`)) continue;
          folders.delete(each);
          files.delete(each);
        }
      },
    };
  }
}

const after = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve));
const afterOrAborted = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    clock.after(ms, resolve);
  });
const problem = (id: 'sftp.cut'): PerchError =>
  new PerchError(newProblem('node-unreachable', sentence(id, { host: 'node.example.com:2022' })));
const full = (): PerchError => new PerchError(newProblem('conflict', sentence('transfers.server-full')));
