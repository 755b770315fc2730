import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  NodeDown,
  NodeRefusal,
  type Signal,
  type SocketFaults,
  type State,
  type TokenSubject,
  type Usage,
  type WingsNode,
  type WingsNodeDeps,
} from './api.js';
import type { BackupCalls, LinkSubject } from './backups/api.js';
import { Backups } from './backups/backups.js';
import { signLink } from './backups/links.js';
import { ChildProcessHost, type GameHost } from './game-host.js';
import { Gate } from './gate.js';
import { Meter, systemGauge } from './meter.js';
import { Server } from './server.js';
import { ServerSockets } from './server-sockets.js';
import { tokenClock } from './token-clock.js';
import { signToken, TokenRules, type TokenIssue } from './token.js';
import { writeServerFile } from './server-files.js';
import { WINGS_TUNING, type WingsTuning } from './tuning.js';

/** Parts that only tests replace. */
export interface WingsNodeSubstitutes {
  host?: GameHost;
  tuning?: Partial<WingsTuning>;
  now?: () => number;
}

/** A node that is down until `start`. */
export function createWingsNode(deps: WingsNodeDeps, substitutes: WingsNodeSubstitutes = {}): WingsNode {
  return new LoopbackNode(deps, substitutes);
}

/** State of a node that is up; a restart loses it, as in Wings. */
interface Life {
  gate: Gate;
  meter: Meter;
  rules: TokenRules;
  servers: Map<string, Server>;
  sockets: Map<string, ServerSockets>;
  backups: Backups;
}

class LoopbackNode implements WingsNode {
  readonly #host: GameHost;
  readonly #tuning: WingsTuning;
  readonly #now: () => number;
  readonly #known = new Set<string>();
  #port: number;
  #life: Life | null = null;

  constructor(
    private readonly deps: WingsNodeDeps,
    substitutes: WingsNodeSubstitutes,
  ) {
    this.#port = deps.port;
    this.#host =
      substitutes.host ?? new ChildProcessHost(deps.gameFile ?? join(import.meta.dirname, 'game.mjs'));
    this.#tuning = { ...WINGS_TUNING, ...substitutes.tuning };
    this.#now = substitutes.now ?? Date.now;
  }

  get socketBase(): string {
    return `ws://127.0.0.1:${this.#port}`;
  }

  get backups(): BackupCalls {
    return this.#alive().backups;
  }

  async start(): Promise<void> {
    if (this.#life !== null) return;
    const { panel, name, tokenKey, dialect, log } = this.deps;
    const servers = new Map<string, Server>();
    const sockets = new Map<string, ServerSockets>();
    const rules = new TokenRules(tokenKey, dialect.tokens, this.#now);
    const backups = this.#makeBackups(rules);
    const gate = new Gate({
      origin: () => panel.url,
      knows: (uuid) => servers.has(uuid),
      isFull: (uuid) => sockets.get(uuid)?.isFull === true,
      frameBytes: dialect.limits?.frameBytes ?? null,
      entered: (uuid, socket) => {
        const own = sockets.get(uuid);
        // The server was removed during the handshake.
        if (own === undefined) socket.close(1001, 'server deleted');
        else own.enter(socket);
      },
      serves: (request, response) => backups.serves(request, response),
    });
    this.#port = await gate.open(this.#port);
    const gauge = this.#host.gauge ?? systemGauge;
    const meter = new Meter(gauge, this.#tuning.statsEveryMs, () => servers.values(), log);
    this.#life = { gate, meter, rules, servers, sockets, backups };
    meter.start();
    log(`${name}: listening at ${this.socketBase}`);
    for (const uuid of this.#known) {
      const server = this.#makeServer(uuid);
      const before = panel.rememberedState(uuid);
      // The processes ended with the node, so servers that ran are started again (PROTOCOL 4.6).
      if (before === 'starting' || before === 'running') this.#act(server, 'start');
      else if (before !== 'offline') panel.stateChanged(uuid, 'offline');
    }
  }

  async stop(): Promise<void> {
    const life = this.#life;
    if (life === null) return;
    this.#life = null;
    life.meter.stop();
    for (const sockets of life.sockets.values()) sockets.cut();
    await Promise.all([
      life.backups.dispose(),
      ...[...life.servers.values()].map((server) => server.dispose()),
    ]);
    await life.gate.close();
    this.deps.log(`${this.deps.name}: stopped`);
  }

  adopt(uuid: string): void {
    this.#known.add(uuid);
    if (this.#life !== null && !this.#life.servers.has(uuid)) this.#makeServer(uuid);
  }

  remove(uuid: string): void {
    const { servers, sockets } = this.#alive();
    const server = this.#server(uuid);
    this.#known.delete(uuid);
    servers.delete(uuid);
    sockets.get(uuid)?.deleted();
    sockets.delete(uuid);
    const folder = this.#folderOf(uuid);
    void server
      .dispose()
      .then(() => rm(folder, { recursive: true, force: true }))
      .catch(() => this.deps.log(`${this.deps.name}: ${uuid}: its folder could not be removed`));
  }

  power(uuid: string, signal: Signal, by?: string): void {
    const server = this.#server(uuid);
    const isStart = signal === 'start' || signal === 'restart';
    if (isStart && this.#isSuspended(uuid)) {
      throw refusal(400, 'Cannot start or restart a server that is suspended.');
    }
    this.#act(server, signal, by);
  }

  command(uuid: string, command: string, by?: string): void {
    if (!this.#server(uuid).command(command, by)) {
      throw refusal(502, 'Cannot send commands to a stopped server instance.');
    }
  }

  reinstall(uuid: string): void {
    const server = this.#server(uuid);
    if (server.isBusy || server.isInstalling) {
      throw refusal(409, 'Cannot execute server reinstall event while another power action is running.');
    }
    this.#install(server);
  }

  install(uuid: string): void {
    this.#install(this.#server(uuid));
  }

  async writeFile(uuid: string, file: string, text: string): Promise<void> {
    this.#server(uuid);
    const problem = await writeServerFile(this.#folderOf(uuid), file, text);
    if (problem !== null) throw refusal(problem.status, problem.message);
  }

  usage(uuid: string): Usage {
    return this.#server(uuid).usage();
  }

  state(uuid: string): State {
    return this.#server(uuid).state;
  }

  sync(uuid: string): void {
    const server = this.#server(uuid);
    if (!this.#isSuspended(uuid)) return;
    this.#act(server, 'stop');
    this.#alive().sockets.get(uuid)?.suspended();
  }

  issueToken(subject: TokenSubject): Promise<string> {
    return signToken(subject, { ...this.#issue(), lifetimeSeconds: this.deps.tokenLifetimeSeconds });
  }

  issueBackupLink(subject: LinkSubject): Promise<string> {
    return signLink(subject, this.#issue());
  }

  revoke(userUuid: string, serverUuid: string): void {
    const { rules, sockets } = this.#alive();
    rules.revoke(userUuid, serverUuid);
    sockets.get(serverUuid)?.revoked(userUuid);
  }

  disturb(faults: Partial<SocketFaults>): void {
    this.#alive().gate.disturb(faults);
  }

  closeSockets(uuid: string | null, code: number, reason: string): void {
    for (const [own, sockets] of this.#alive().sockets) {
      if (uuid === null || own === uuid) sockets.close(code, reason);
    }
  }

  #alive(): Life {
    if (this.#life === null) throw new NodeDown(`${this.deps.name} is down`);
    return this.#life;
  }

  #server(uuid: string): Server {
    const server = this.#alive().servers.get(uuid);
    if (server === undefined) throw refusal(404, 'The requested resource does not exist on this instance.');
    return server;
  }

  #isSuspended(uuid: string): boolean {
    return this.deps.panel.spec(uuid)?.suspended === true;
  }

  #folderOf(uuid: string): string {
    return join(this.deps.folder, uuid);
  }

  #issue(): Omit<TokenIssue, 'lifetimeSeconds'> {
    return {
      key: this.deps.tokenKey,
      panelUrl: this.deps.panel.url,
      nodeUrl: `http://127.0.0.1:${this.#port}`,
      now: this.#now(),
      tokens: this.deps.dialect.tokens,
    };
  }

  #makeBackups(rules: TokenRules): Backups {
    const { panel, folder, dialect, log } = this.deps;
    return new Backups({
      panel,
      server: (uuid) => this.#server(uuid),
      folderOf: (uuid) => this.#folderOf(uuid),
      folder: join(folder, 'backups'),
      ignoreFile: dialect.ignoreFile,
      rate: this.#tuning.backupRate,
      rules,
      log,
    });
  }

  #makeServer(uuid: string): Server {
    const { panel, dialect, log, tokenLifetimeSeconds } = this.deps;
    const { rules, servers, sockets } = this.#alive();
    const now = this.#now;
    const server = new Server(uuid, this.#folderOf(uuid), {
      panel,
      host: this.#host,
      dialect,
      tuning: this.#tuning,
      now,
      log,
    });
    servers.set(uuid, server);
    const own = new ServerSockets({
      server,
      dialect,
      rules,
      clock: tokenClock(tokenLifetimeSeconds),
      authMs: this.#tuning.authMs,
      isSuspended: () => this.#isSuspended(uuid),
      now,
      acted: (activity) => panel.acted(activity),
    });
    sockets.set(uuid, own);
    void server.measureDisk();
    return server;
  }

  /** As over REST: the effect of a signal only shows on the websockets (PROTOCOL 2.5). */
  #act(server: Server, signal: Signal, by?: string): void {
    server.power(signal, by).catch((cause: unknown) => {
      this.deps.log(`${server.uuid}: ${signal} refused: ${cause instanceof Error ? cause.message : ''}`);
    });
  }

  #install(server: Server): void {
    server.install().catch((cause: unknown) => {
      this.deps.log(`${server.uuid}: ${cause instanceof Error ? cause.message : 'installation failed'}`);
    });
  }
}

function refusal(status: number, text: string): NodeRefusal {
  return new NodeRefusal(status, text, randomUUID());
}
