/**
 * Connections to the SFTP of servers: at most one for each server, shared by all work on it, closed after a minute
 * without work. Use:
 *
 *   await connections.use(serverId, (files) => ..., signal)   connects if needed; the connection stays open meanwhile
 *   connections.recheck()                                       after a change of accounts: ends connections without a key
 */
import { sftpLogin } from '../../bridge/panel/sftp-login.js';
import { newProblem, PerchError } from '../../bridge/errors.js';
import type { Server } from '../../bridge/schema/domain.js';
import { sentence } from '../../messages/messages.js';
import type { Clock } from '../base/ports.js';
import { CancelledWork } from './cancelled-work.js';
import type { HostKeys, SftpBook } from './host-keys.js';
import type { SftpKeys } from './sftp-keys.js';
import { connectionProblem } from './sftp-problems.js';
import type { SftpFiles } from './sftp-files.js';
import { openSession, type SshSession } from './ssh-session.js';

export interface ConnectionsDeps {
  readonly clock: Pick<Clock, 'after'>;
  readonly book: SftpBook;
  readonly keys: Pick<SftpKeys, 'signerOf'>;
  readonly hosts: Pick<HostKeys, 'judge'>;
  /** The server, after its state and the permission for SFTP were checked. Throws `PerchError`. */
  readonly serverOf: (serverId: string) => Server;
  /** Panel user of an account; null while unknown. */
  readonly userOf: (accountId: string) => string | null;
  /** Connects to a host and port, as in an address. Rejects with `HttpFailure`. */
  readonly dial: (place: string) => Promise<NodeJS.ReadWriteStream>;
}

interface Entry {
  readonly accountId: string;
  /** Fingerprint of the key with which the connection logs in. */
  readonly key: string | undefined;
  readonly login: Login;
  readonly opened: Promise<SshSession>;
  /** Rejects when the connection ends while it is still being opened. */
  readonly over: Promise<never>;
  readonly end: () => void;
  session: SshSession | null;
  uses: number;
  stopIdle: () => void;
}

interface Login {
  /** Host and port, as in an address. */
  readonly host: string;
  readonly username: string;
}

/** Ms without work after which a connection closes. */
const idleMs = 60_000;

export class SftpConnections {
  readonly #open = new Map<string, Entry>();

  constructor(private readonly deps: ConnectionsDeps) {}

  /**
   * Rejects with `PerchError` if there is no connection, and as `run` does. An abort ends the wait for the connection.
   * `run` then ends on its own, and a node without an answer for 3 s loses the connection.
   */
  async use<T>(serverId: string, run: (files: SftpFiles) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const entry = this.#entryOf(serverId);
    entry.uses += 1;
    entry.stopIdle();
    const work = new CancelledWork(signal);
    try {
      const session = await Promise.race([work.aborted, entry.over, entry.opened]);
      work.hurries(session);
      return await run(session.files);
    } finally {
      work.over();
      entry.uses -= 1;
      if (entry.uses === 0) this.#rest(serverId, entry);
    }
  }

  /** Host and port of a server's SFTP. Throws `PerchError`. */
  hostOf(serverId: string): string {
    return this.#loginOf(serverId).login.host;
  }

  /** Ends the connections of accounts that are gone, or have another key. */
  recheck(): void {
    for (const [serverId, entry] of this.#open) {
      if (this.#keyOf(entry.accountId) !== entry.key) this.#end(serverId, entry);
    }
  }

  stop(): void {
    for (const [serverId, entry] of this.#open) this.#end(serverId, entry);
  }

  #entryOf(serverId: string): Entry {
    const { accountId, login } = this.#loginOf(serverId);
    const { host } = login;
    const known = this.#open.get(serverId);
    if (known !== undefined && isOf(known, login)) return known;
    // The server is on another node now, or its account has another user.
    if (known !== undefined) this.#end(serverId, known);
    const signer = this.deps.keys.signerOf(accountId);
    const forget = (): void => {
      if (this.#open.get(serverId) === entry) this.#open.delete(serverId);
    };
    let end = (): void => undefined;
    const over = new Promise<never>((_resolve, reject) => {
      end = () => reject(new PerchError(connectionProblem(null, host)));
    });
    over.catch(() => undefined);
    const entry: Entry = {
      over,
      end,
      accountId,
      key: this.#keyOf(accountId),
      login,
      opened: this.deps
        .dial(host)
        .catch((error: unknown) => {
          throw new PerchError(connectionProblem(error, host), { cause: error });
        })
        .then((stream) =>
          openSession(
            stream,
            {
              ...signer,
              ...login,
              judge: (shown) => this.deps.hosts.judge(accountId, host, shown),
            },
            { clock: this.deps.clock, closed: forget },
          ),
        ),
      session: null,
      uses: 0,
      stopIdle: () => undefined,
    };
    this.#open.set(serverId, entry);
    entry.opened.then((session) => (entry.session = session), forget);
    return entry;
  }

  #loginOf(serverId: string): { readonly accountId: string; readonly login: Login } {
    const server = this.deps.serverOf(serverId);
    const login = sftpLogin(server, this.deps.userOf(server.accountId));
    if (login === null || login.user === null || !URL.canParse(login.address)) {
      throw new PerchError(newProblem('conflict', sentence('sftp.no-address')));
    }
    const { host } = new URL(login.address);
    return { accountId: server.accountId, login: { host, username: login.user } };
  }

  #rest(serverId: string, entry: Entry): void {
    entry.stopIdle = this.deps.clock.after(idleMs, () => this.#end(serverId, entry));
  }

  #end(serverId: string, entry: Entry): void {
    entry.stopIdle();
    if (this.#open.get(serverId) === entry) this.#open.delete(serverId);
    entry.end();
    entry.opened.then(
      (session) => session.close(),
      () => undefined,
    );
  }

  #keyOf(accountId: string): string | undefined {
    return this.deps.book.find(accountId)?.sftp?.fingerprint;
  }
}

/** Whether work with this login may continue over a connection. */
function isOf({ session, login }: Entry, { host, username }: Login): boolean {
  return session?.isClosed !== true && login.host === host && login.username === username;
}
