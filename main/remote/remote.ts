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

/**
 * Opens the listener. Resolves with null if that fails: Perch then runs without a command line, and the log says why.
 */
export async function openListener(deps: RemoteDeps): Promise<CommandListener | null> {
  const { messages, language, versions } = deps;
  const handlers = createRemoteHandlers(deps);
  const listener = new CommandListener({
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
  try {
    await listener.open();
    messages.info('remote.listening');
    return listener;
  } catch (error) {
    messages.error('remote.not-listening', { message: String(error) });
    await listener.close();
    return null;
  }
}
