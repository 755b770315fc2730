/** Listener for the command line: a local socket or pipe that only this user can open. Removed when Perch quits. */
import { chmod, lstat, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressFile, remoteFolder } from '../../bridge/remote/remote-address.js';

/** Longest path of a socket, in bytes. The system's limits are 104 on macOS and 108 on Linux, with the final zero. */
const longestPath = 100;

export interface SocketPlace {
  readonly platform: NodeJS.Platform;
  readonly dataFolder: string;
}

export interface DoorDeps extends SocketPlace {
  /** The user's numeric id; null = the system has none (Windows). */
  readonly user: number | null;
  /** Random letters and digits that nobody can guess. */
  readonly chance: () => string;
  readonly onConnection: (socket: Socket) => void;
  readonly onError: (error: Error) => void;
}

export class CommandListener {
  readonly #open = new Set<Socket>();
  #server: Server | null = null;
  /** Temporary folder for the socket, if the path in the data folder is too long. */
  #ownFolder: string | null = null;

  constructor(private readonly deps: DoorDeps) {}

  /** Starts listening. Rejects if the folder is open to other users, or if listening fails. */
  async open(): Promise<void> {
    const { dataFolder, user } = this.deps;
    const folder = remoteFolder(dataFolder);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (user !== null) await keepOthersOut(folder, user);
    const address = await this.#listen();
    // Write the address after the listener is ready, so that a client that reads the file can connect.
    await writeFile(addressFile(dataFolder), address, { mode: 0o600 });
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    await rm(addressFile(this.deps.dataFolder), { force: true });
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#open) socket.destroy();
    await closed;
    if (this.#ownFolder !== null) await rm(this.#ownFolder, { recursive: true, force: true });
  }

  async #listen(): Promise<string> {
    const address = await this.#address();
    const server = createServer((socket) => this.#connected(socket));
    server.on('error', (error) => this.deps.onError(error));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, () => {
        server.off('error', reject);
        resolve();
      });
    });
    if (this.deps.platform !== 'win32') await chmod(address, 0o600);
    this.#server = server;
    return address;
  }

  async #address(): Promise<string> {
    const { platform, dataFolder, chance } = this.deps;
    // Any user can list the names of pipes. The rights of the pipe keep other users out (PLATFORM "Security" 10).
    if (platform === 'win32') return `\\\\.\\pipe\\perch-${chance()}`;
    const own = join(remoteFolder(dataFolder), 'perch.sock');
    if (Buffer.byteLength(own) <= longestPath) {
      // Each data folder has only one Perch, so an existing socket is left over from a crash.
      await rm(own, { force: true });
      return own;
    }
    // `mkdtemp` gives the folder a random name and mode 0700.
    this.#ownFolder = await mkdtemp(join(tmpdir(), 'perch-'));
    return join(this.#ownFolder, 'perch.sock');
  }

  #connected(socket: Socket): void {
    this.#open.add(socket);
    socket.on('close', () => this.#open.delete(socket));
    socket.on('error', () => socket.destroy());
    this.deps.onConnection(socket);
  }
}

/**
 * Makes sure that only this user can open the folder.
 *
 * Node cannot tell which user connects to a socket, so the folder's mode protects the socket. Throws if the path is no
 * folder of this user, and leaves such a path unchanged.
 */
async function keepOthersOut(folder: string, user: number): Promise<void> {
  const modeIfOwn = async (): Promise<number | null> => {
    const found = await lstat(folder);
    return found.isDirectory() && found.uid === user ? found.mode : null;
  };
  if (((await modeIfOwn()) ?? 0) & 0o077) await chmod(folder, 0o700);
  const mode = await modeIfOwn();
  if (mode === null || (mode & 0o077) !== 0) throw new Error(`${folder} is not a folder of this user alone`);
}
