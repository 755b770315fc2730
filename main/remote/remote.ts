/** The local listener that the command line connects to. */
import type { Log } from '../base/ports.js';
import { ClientConnection } from './client-connection.js';
import { CommandListener, type SocketPlace } from './listener.js';
import { createRemoteHandlers, type HandlersDeps } from './handlers.js';

export interface RemoteDeps extends HandlersDeps, SocketPlace {
  readonly chance: () => string;
  /** The user's numeric id; null = the system has none (Windows). */
  readonly user: number | null;
  readonly language: () => string;
  readonly messages: Log;
  readonly versions: { readonly perch: string };
}

export class Remote {
  readonly #door: CommandListener;
  readonly #log: Log;

  constructor(deps: RemoteDeps) {
    const { messages, language, versions } = deps;
    const handlers = createRemoteHandlers(deps);
    this.#log = messages;
    this.#door = new CommandListener({
      ...deps,
      onError: (error) => messages.error('remote.door', { message: error.message }),
      onConnection: (socket) => {
        socket.setEncoding('utf8');
        const talk = new ClientConnection({
          handlers,
          version: versions.perch,
          language,
          log: messages,
          wire: {
            write: (text, written) => void socket.write(text, () => written?.()),
            end: () => void socket.end(),
          },
        });
        socket.on('data', (piece: string) => talk.read(piece));
        socket.on('close', () => talk.close());
      },
    });
  }

  /**
   * Starts the listener. Resolves with false if it fails: Perch then runs without a command line, and the log says
   * why.
   */
  async start(): Promise<boolean> {
    try {
      await this.#door.open();
      this.#log.info('remote.listening');
      return true;
    } catch (error) {
      this.#log.error('remote.not-listening', { message: String(error) });
      return false;
    }
  }

  async stop(): Promise<void> {
    await this.#door.close();
  }
}
