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
  /** Files that were sent. */
  sent = 0;

  constructor(private readonly server: FakeServerFiles) {}

  doorOf(clock: Clock): SftpDoor {
    return {
      isOn: () => this.isOn,
      use: (_serverId, run) => run(this.#files(clock)),
      write: writeParts,
      read: readParts,
    };
  }

  #files(clock: Clock): RemoteFiles {
    const { files, folders } = this.server;
    const pause = (): Promise<void> => new Promise((resolve) => clock.after(10, resolve));
    const other = (): Promise<never> => Promise.reject(new Error('no upload does that'));
    return {
      look: async (path) => {
        await pause();
        const content = files.get(path);
        return content === undefined ? null : { kind: 'file', bytes: content.length };
      },
      makeFolder: async (path) => {
        await pause();
        for (let folder = path; folder !== '/'; folder = folderOf(folder)) folders.add(folder);
      },
      create: async (path) => {
        await pause();
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
        const grown = new Uint8Array(Math.max(files.get(path)?.length ?? 0, at + part.length));
        grown.set(files.get(path) ?? []);
        grown.set(part, at);
        files.set(path, grown);
      },
      close: async (path) => {
        await pause();
        if (this.faults[0] !== 'short') return;
        this.faults.shift();
        files.set(path, (files.get(path) ?? new Uint8Array()).subarray(0, -1));
      },
      list: other,
      open: other,
      read: other,
      rename: other,
      remove: other,
      removeFolder: other,
    };
  }
}

const problem = (id: 'sftp.cut'): PerchError =>
  new PerchError(newProblem('node-unreachable', sentence(id, { host: 'node.example.com:2022' })));
const full = (): PerchError => new PerchError(newProblem('conflict', sentence('transfers.server-full')));
