import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { QueryFaults } from '../games/query/queried-game.js';
import {
  NodeDown,
  type Signal,
  type SocketFaults,
  type State,
  type TokenSubject,
  type Usage,
  type WingsNode,
  type WingsNodeDeps,
} from './api.js';
import type { BackupCalls } from './backups/api.js';
import type { FileCalls } from './files/api.js';
import type { SftpControl } from './sftp/api.js';
import { ChildProcessHost, type GameHost } from './game-host.js';
import { NodeLife, nodeRefusal, type NodeParts } from './node-life.js';
import type { LinkSubject } from './link-subject.js';
import { signLink } from './links.js';
import type { Server } from './server.js';
import { signToken, type TokenIssue } from './token.js';
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

class LoopbackNode implements WingsNode {
  readonly #parts: NodeParts;
  readonly #known = new Set<string>();
  #port: number;
  #life: NodeLife | null = null;

  constructor(
    private readonly deps: WingsNodeDeps,
    { host, tuning, now = Date.now }: WingsNodeSubstitutes,
  ) {
    this.#port = deps.port;
    this.#parts = {
      host: host ?? new ChildProcessHost(deps.gameFile ?? join(import.meta.dirname, 'game.mjs')),
      tuning: { ...WINGS_TUNING, ...tuning },
      now,
    };
  }

  get socketBase(): string {
    return `ws://127.0.0.1:${this.#port}`;
  }

  get backups(): BackupCalls {
    return this.#alive().backups;
  }

  get files(): FileCalls {
    return this.#alive().files;
  }

  get sftp(): SftpControl {
    const { sftp } = this.#alive();
    if (sftp === null) throw new NodeDown(`${this.deps.name} has no SFTP server`);
    return sftp;
  }

  async start(): Promise<void> {
    if (this.#life !== null) return;
    const { panel, name, log } = this.deps;
    const life = new NodeLife(this.deps, this.#parts);
    this.#port = await life.open(this.#port);
    this.#life = life;
    log(`${name}: listening at ${this.socketBase}`);
    for (const uuid of this.#known) {
      const server = life.adopt(uuid);
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
    await life.close();
    this.deps.log(`${this.deps.name}: stopped`);
  }

  adopt(uuid: string): void {
    this.#known.add(uuid);
    this.#life?.adopt(uuid);
  }

  remove(uuid: string): void {
    const life = this.#alive();
    const server = life.remove(uuid);
    life.sftp?.cut(uuid);
    this.#known.delete(uuid);
    void server
      .dispose()
      .then(() => rm(life.folderOf(uuid), { recursive: true, force: true }))
      .catch(() => this.deps.log(`${this.deps.name}: ${uuid}: its folder could not be removed`));
  }

  power(uuid: string, signal: Signal, by?: string): void {
    const server = this.#server(uuid);
    const isStart = signal === 'start' || signal === 'restart';
    if (isStart && this.#alive().isSuspended(uuid)) {
      throw nodeRefusal(400, 'Cannot start or restart a server that is suspended.');
    }
    this.#act(server, signal, by);
  }

  command(uuid: string, command: string, by?: string): void {
    if (!this.#server(uuid).command(command, by)) {
      throw nodeRefusal(502, 'Cannot send commands to a stopped server instance.');
    }
  }

  reinstall(uuid: string): void {
    const server = this.#server(uuid);
    if (server.isBusy || server.isInstalling) {
      throw nodeRefusal(409, 'Cannot execute server reinstall event while another power action is running.');
    }
    this.#install(server);
  }

  install(uuid: string): void {
    this.#install(this.#server(uuid));
  }

  usage(uuid: string): Usage {
    return this.#server(uuid).usage();
  }

  state(uuid: string): State {
    return this.#server(uuid).state;
  }

  sync(uuid: string): void {
    const life = this.#alive();
    const server = life.server(uuid);
    if (!life.isSuspended(uuid)) return;
    this.#act(server, 'stop');
    life.sockets.get(uuid)?.suspended();
    if (this.deps.dialect.suspensionEndsSockets) life.sftp?.cut(uuid);
  }

  issueToken(subject: TokenSubject): Promise<string> {
    return signToken(subject, { ...this.#issue(), lifetimeSeconds: this.deps.tokenLifetimeSeconds });
  }

  issueLink(subject: LinkSubject): Promise<string> {
    return signLink(subject, this.#issue());
  }

  revoke(userUuid: string, serverUuid: string): void {
    const { rules, sockets, sftp } = this.#alive();
    rules.revoke(userUuid, serverUuid);
    sockets.get(serverUuid)?.revoked(userUuid);
    if (this.deps.dialect.revocationEnds !== 'nobody') sftp?.revoked(userUuid, serverUuid);
  }

  disturb(faults: Partial<SocketFaults>): void {
    this.#alive().gate.disturb(faults);
  }

  disturbQueries(uuid: string, faults: QueryFaults): void {
    this.#server(uuid).disturbQueries(faults);
  }

  closeSockets(uuid: string | null, code: number, reason: string): void {
    for (const [own, sockets] of this.#alive().sockets) {
      if (uuid === null || own === uuid) sockets.close(code, reason);
    }
  }

  #alive(): NodeLife {
    if (this.#life === null) throw new NodeDown(`${this.deps.name} is down`);
    return this.#life;
  }

  #server(uuid: string): Server {
    return this.#alive().server(uuid);
  }

  #issue(): Omit<TokenIssue, 'lifetimeSeconds'> {
    return {
      key: this.deps.tokenKey,
      panelUrl: this.deps.panel.url,
      nodeUrl: `http://127.0.0.1:${this.#port}`,
      now: this.#parts.now(),
      tokens: this.deps.dialect.tokens,
    };
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
