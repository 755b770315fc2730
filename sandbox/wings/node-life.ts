import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { NodeRefusal, type WingsNodeDeps } from './api.js';
import { Backups } from './backups/backups.js';
import { FileLinks } from './files/file-links.js';
import { Files } from './files/files.js';
import type { GameHost } from './game-host.js';
import { Gate } from './gate.js';
import { OneTimeLinks } from './links.js';
import { Meter, systemGauge } from './meter.js';
import { Server } from './server.js';
import { ServerSockets } from './server-sockets.js';
import { SftpServer } from './sftp/sftp-server.js';
import { tokenClock } from './token-clock.js';
import { TokenRules } from './token.js';
import type { WingsTuning } from './tuning.js';

export interface NodeParts {
  host: GameHost;
  tuning: WingsTuning;
  now: () => number;
}

/** A node while it is up: its servers, their websockets, files and backups. A restart loses it, as in Wings. */
export class NodeLife {
  readonly rules: TokenRules;
  readonly gate: Gate;
  readonly backups: Backups;
  readonly files: Files;
  /** null = the node has no SFTP server. */
  readonly sftp: SftpServer | null;
  readonly sockets = new Map<string, ServerSockets>();
  readonly #servers = new Map<string, Server>();
  readonly #meter: Meter;

  constructor(
    private readonly deps: WingsNodeDeps,
    private readonly parts: NodeParts,
  ) {
    const { panel, tokenKey, dialect, log } = deps;
    const { host, tuning, now } = parts;
    this.rules = new TokenRules(tokenKey, dialect.tokens, now);
    const links = new OneTimeLinks(this.rules);
    this.backups = this.#makeBackups(links);
    this.files = this.#makeFiles();
    this.sftp = deps.sftpPort === undefined ? null : this.#makeSftp();
    const fileLinks = new FileLinks({
      links,
      files: this.files,
      server: (uuid) => this.server(uuid),
      faults: (uuid) => this.backups.faultsOf(uuid),
      panel,
    });
    this.gate = new Gate({
      origin: () => panel.url,
      knows: (uuid) => this.#servers.has(uuid),
      isFull: (uuid) => this.sockets.get(uuid)?.isFull === true,
      frameBytes: dialect.limits?.frameBytes ?? null,
      entered: (uuid, socket) => {
        const own = this.sockets.get(uuid);
        // The server was removed during the handshake.
        if (own === undefined) socket.close(1001, 'server deleted');
        else own.enter(socket);
      },
      serves: (request, response) =>
        this.backups.serves(request, response) || fileLinks.serves(request, response),
    });
    const gauge = host.gauge ?? systemGauge;
    this.#meter = new Meter(gauge, tuning.statsEveryMs, () => this.#servers.values(), log);
  }

  /** Listens; resolves with the port. Listens nowhere if one of the ports is taken. */
  async open(port: number): Promise<number> {
    const taken = await this.gate.open(port);
    try {
      await this.sftp?.open(this.deps.sftpPort ?? 0);
    } catch (error) {
      await this.gate.close();
      throw error;
    }
    this.#meter.start();
    return taken;
  }

  /** Cuts the websockets and ends the processes. */
  async close(): Promise<void> {
    this.#meter.stop();
    for (const sockets of this.sockets.values()) sockets.cut();
    const servers = [...this.#servers.values()].map((server) => server.dispose());
    await Promise.all([this.backups.dispose(), this.sftp?.close(), ...servers]);
    await this.gate.close();
  }

  /** Throws `NodeRefusal` for a server that the node does not have. */
  server(uuid: string): Server {
    const server = this.#servers.get(uuid);
    if (server === undefined)
      throw nodeRefusal(404, 'The requested resource does not exist on this instance.');
    return server;
  }

  /** The server, made if the node lacks it. */
  adopt(uuid: string): Server {
    return this.#servers.get(uuid) ?? this.#makeServer(uuid);
  }

  /** Forgets the server and ends its websockets. */
  remove(uuid: string): Server {
    const server = this.server(uuid);
    this.#servers.delete(uuid);
    this.sockets.get(uuid)?.deleted();
    this.sockets.delete(uuid);
    return server;
  }

  isSuspended(uuid: string): boolean {
    return this.deps.panel.spec(uuid)?.suspended === true;
  }

  folderOf(uuid: string): string {
    return join(this.deps.folder, uuid);
  }

  #makeBackups(links: OneTimeLinks): Backups {
    const { panel, folder, dialect, log } = this.deps;
    return new Backups({
      panel,
      server: (uuid) => this.server(uuid),
      folderOf: (uuid) => this.folderOf(uuid),
      folder: join(folder, 'backups'),
      ignoreFile: dialect.ignoreFile,
      rate: this.parts.tuning.backupRate,
      links,
      log,
    });
  }

  #makeFiles(): Files {
    return new Files({
      server: (uuid) => this.server(uuid),
      folderOf: (uuid) => this.folderOf(uuid),
      spec: (uuid) => this.deps.panel.spec(uuid),
      dialect: this.deps.dialect,
      take: (uuid, bytes) => this.backups.take(uuid, bytes),
      isFailing: (uuid) => this.backups.faultsOf(uuid).failing,
      now: this.parts.now,
    });
  }

  #makeSftp(): SftpServer {
    const { panel, dialect, folder } = this.deps;
    return new SftpServer({
      panel,
      dialect,
      server: (uuid) => this.#servers.get(uuid) ?? null,
      folderOf: (uuid) => this.folderOf(uuid),
      keyFile: join(folder, '.sftp', 'id_ed25519'),
      now: this.parts.now,
    });
  }

  #makeServer(uuid: string): Server {
    const { panel, dialect, log, tokenLifetimeSeconds } = this.deps;
    const { host, tuning, now } = this.parts;
    const server = new Server(uuid, this.folderOf(uuid), { panel, host, dialect, tuning, now, log });
    this.#servers.set(uuid, server);
    const own = new ServerSockets({
      server,
      dialect,
      rules: this.rules,
      clock: tokenClock(tokenLifetimeSeconds),
      authMs: tuning.authMs,
      isSuspended: () => this.isSuspended(uuid),
      now,
      acted: (activity) => panel.acted(activity),
    });
    this.sockets.set(uuid, own);
    void server.measureDisk();
    return server;
  }
}

/** Refusal with the text of Wings. */
export function nodeRefusal(status: number, text: string): NodeRefusal {
  return new NodeRefusal(status, text, randomUUID());
}
