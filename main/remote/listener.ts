/** The place where the command line finds Perch: made for this user alone, gone when Perch quits. */
import { chmod, lstat, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressFile, remoteFolder } from '../../bridge/remote/remote-address.js';

/** What the address of a socket may take, with the zero behind it: 104 bytes on macOS, 108 on Linux. */
const longestPath = 100;

export interface Place {
  readonly platform: NodeJS.Platform;
  readonly dataFolder: string;
}

export interface DoorDeps extends Place {
  /** This user's number; null where the system has none. */
  readonly user: number | null;
  /** Letters and digits that nobody can guess. */
  readonly chance: () => string;
  readonly onConnection: (socket: Socket) => void;
  readonly onError: (error: Error) => void;
}

export class Door {
  readonly #deps: DoorDeps;
  readonly #open = new Set<Socket>();
  #server: Server | null = null;
  /** A folder made for the socket alone. */
  #ownFolder: string | null = null;

  constructor(deps: DoorDeps) {
    this.#deps = deps;
  }

  /** Rejects where nobody else could be kept out, or nothing can be listened on. */
  async open(): Promise<void> {
    const { dataFolder, user } = this.#deps;
    const folder = remoteFolder(dataFolder);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (user !== null) await keepOthersOut(folder, user);
    const address = await this.#listen();
    // Whoever reads the file finds somebody who listens.
    await writeFile(addressFile(dataFolder), address, { mode: 0o600 });
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    await rm(addressFile(this.#deps.dataFolder), { force: true });
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#open) socket.destroy();
    await closed;
    if (this.#ownFolder !== null) await rm(this.#ownFolder, { recursive: true, force: true });
  }

  async #listen(): Promise<string> {
    const address = await this.#address();
    const server = createServer((socket) => this.#connected(socket));
    server.on('error', (error) => this.#deps.onError(error));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, () => {
        server.off('error', reject);
        resolve();
      });
    });
    if (this.#deps.platform !== 'win32') await chmod(address, 0o600);
    this.#server = server;
    return address;
  }

  async #address(): Promise<string> {
    const { platform, dataFolder, chance } = this.#deps;
    // Its name is no secret (any user may list pipes): what keeps others out are its rights (PLATFORM "Security" 10).
    if (platform === 'win32') return `\\\\.\\pipe\\perch-${chance()}`;
    const own = join(remoteFolder(dataFolder), 'perch.sock');
    if (Buffer.byteLength(own) <= longestPath) {
      // There is one Perch to a data folder, so a socket that is there belongs to one that has died.
      await rm(own, { force: true });
      return own;
    }
    // Its name is chance and its rights are 0700 from the beginning.
    this.#ownFolder = await mkdtemp(join(tmpdir(), 'perch-'));
    return join(this.#ownFolder, 'perch.sock');
  }

  #connected(socket: Socket): void {
    this.#open.add(socket);
    socket.on('close', () => this.#open.delete(socket));
    socket.on('error', () => socket.destroy());
    this.#deps.onConnection(socket);
  }
}

/** Node can't tell who connects, so the folder has to keep others out. What is not a folder of this user is not touched. */
async function keepOthersOut(folder: string, user: number): Promise<void> {
  const modeIfOwn = async (): Promise<number | null> => {
    const found = await lstat(folder);
    return found.isDirectory() && found.uid === user ? found.mode : null;
  };
  if (((await modeIfOwn()) ?? 0) & 0o077) await chmod(folder, 0o700);
  const mode = await modeIfOwn();
  if (mode === null || (mode & 0o077) !== 0) throw new Error(`${folder} is not a folder of this user alone`);
}
