import { createServer, type Socket } from 'node:net';
import type { Connection, SFTPWrapper } from 'ssh2';
import type { PanelLink, WingsDialect } from '../api.js';
import type { SftpControl, SftpEntry, SftpFaults, SftpLogin, SftpState } from './api.js';
import { SftpConnection } from './connection.js';
import { DiskRoom } from './disk-room.js';
import { fingerprintOf, HostKey } from './host-key.js';
import { SftpSession } from './session.js';
import { SessionFiles } from './session-files.js';
import { ssh } from './ssh.js';
import { Throughput } from './throughput.js';

/** A server, as far as SFTP is concerned. */
interface SftpServed {
  readonly isInstalling: boolean;
  measureDisk(): Promise<number>;
}

export interface SftpServerDeps {
  panel: Pick<PanelLink, 'signIn' | 'spec' | 'acted'>;
  dialect: Pick<WingsDialect, 'sftp' | 'failsForMissingFiles'>;
  /** null = the node does not have the server. */
  server: (uuid: string) => SftpServed | null;
  folderOf: (serverUuid: string) => string;
  /** File of the host key. */
  keyFile: string;
  now: () => number;
}

/** A connection that was taken, with the way to cut it. */
interface Taken {
  connection: SftpConnection;
  cut: () => void;
}

const calm: SftpFaults = {
  rate: null,
  cutAt: null,
  refusesKeys: false,
  readOnly: false,
  isSilent: false,
  isMute: false,
};

/** The SFTP server of a node, on loopback (PROTOCOL 2.19). The SSH library is read with the first connection. */
export class SftpServer implements SftpControl {
  readonly #listener = createServer((socket) => void this.#take(socket));
  readonly #key: HostKey;
  readonly #sockets = new Set<Socket>();
  readonly #taken = new Set<Taken>();
  #faults = calm;
  #unanswered = 0;

  constructor(private readonly deps: SftpServerDeps) {
    this.#key = new HostKey(deps.keyFile);
  }

  /** Listens on this port; rejects if another program has it. */
  async open(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#listener.once('error', reject);
      this.#listener.listen({ host: '127.0.0.1', port }, resolve);
    });
  }

  /** Cuts the connections and no longer listens. */
  async close(): Promise<void> {
    if (!this.#listener.listening) return;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  disturb(faults: Partial<SftpFaults>): void {
    this.#faults = { ...this.#faults, ...faults };
  }

  async look(): Promise<SftpState> {
    const { utils } = await ssh();
    const parsed = utils.parseKey(await this.#key.pem());
    if (parsed instanceof Error) throw parsed;
    const users = [...this.#taken].filter(({ connection }) => connection.entry !== null);
    return {
      hostKey: `SHA256:${fingerprintOf(parsed.getPublicSSH())}`,
      users: users.map(({ connection }) => connection.user),
      unanswered: this.#unanswered,
    };
  }

  async changeHostKey(): Promise<SftpState> {
    await this.#key.change();
    return this.look();
  }

  cut(serverUuid: string | null): number {
    return this.#cutWhere((entry) => serverUuid === null || entry?.serverUuid === serverUuid);
  }

  /** The panel has withdrawn rights of this user on this server. */
  revoked(userUuid: string, serverUuid: string): void {
    this.#cutWhere((entry) => entry?.serverUuid === serverUuid && entry.userUuid === userUuid);
  }

  #cutWhere(isMeant: (entry: SftpEntry | null) => boolean): number {
    const meant = [...this.#taken].filter(({ connection }) => isMeant(connection.entry));
    for (const { cut } of meant) cut();
    return meant.length;
  }

  async #take(socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    // As Go does; otherwise each small answer waits for the system's delayed acknowledgement.
    socket.setNoDelay(true);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => socket.destroy());
    if (this.#faults.isSilent) return;
    const { Server } = await ssh();
    const hostKeys = [await this.#key.pem()];
    new Server({ hostKeys, ident: 'Go' }, (client) => this.#serve(client, socket)).injectSocket(socket);
  }

  #serve(client: Connection, socket: Socket): void {
    const connection = new SftpConnection({
      client,
      address: socket.remoteAddress ?? '',
      faults: () => this.#faults,
      signIn: (login) => this.#signIn(login),
      entered: (entry, accept) => this.#enter(entry, accept, () => socket.destroy()),
    });
    const taken = { connection, cut: () => void socket.destroy() };
    this.#taken.add(taken);
    client.on('error', () => socket.destroy());
    client.on('close', () => {
      this.#taken.delete(taken);
      // So that the panel soon reports the new size.
      const { entry } = connection;
      if (entry !== null) void this.deps.server(entry.serverUuid)?.measureDisk();
    });
  }

  #swallows(): boolean {
    if (this.#faults.isMute) this.#unanswered += 1;
    return this.#faults.isMute;
  }

  /** The panel's answer; null also for a server of another node. */
  #signIn(login: SftpLogin): SftpEntry | null {
    const entry = this.deps.panel.signIn(login);
    return entry === null || this.deps.server(entry.serverUuid) === null ? null : entry;
  }

  #enter({ userUuid, serverUuid, permissions }: SftpEntry, accept: () => SFTPWrapper, cut: () => void): void {
    const { panel, dialect, server, folderOf, now } = this.deps;
    const spec = () => panel.spec(serverUuid);
    const isClosed = (): boolean =>
      spec()?.suspended !== false ||
      (dialect.sftp.closedWhileInstalling && server(serverUuid)?.isInstalling !== false);
    const room = new DiskRoom(
      () => (spec()?.diskMb ?? 0) * 1024 * 1024,
      async () => (await server(serverUuid)?.measureDisk()) ?? 0,
    );
    const files = new SessionFiles({
      folder: folderOf(serverUuid),
      can: (permission) => !isClosed() && (permissions.includes('*') || permissions.includes(permission)),
      isReadOnly: () => this.#faults.readOnly,
      deniedFiles: () => (dialect.sftp.deniesFiles ? (spec()?.deniedFiles ?? []) : []),
      failsForMissingFiles: dialect.failsForMissingFiles,
      room,
      did: (event, changed) =>
        panel.acted({ serverUuid, userUuid, event, properties: { files: changed, count: changed.length } }),
    });
    const throughput = new Throughput(() => this.#faults, cut, now);
    new SftpSession({
      stream: accept(),
      files,
      swallows: () => this.#swallows(),
      pass: (bytes) => throughput.pass(bytes),
      grow: (bytes) => room.grow(bytes),
    });
  }
}
