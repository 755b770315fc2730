import type { PowerState } from '../../../bridge/schema/domain.js';
import { daemonLine } from '../../../sandbox/wings/daemon-lines.js';
import type { WingsDialect } from '../../../sandbox/wings/api.js';
import type { SoakTime } from '../soak-time.js';
import type { ModelServer } from './model-server.js';
import { NodeConnection, type NodeOrders } from './node-connection.js';
import type { TokenClaims } from './token.js';

/** Fault of a node; null = none. */
export type NodeFault =
  /** The node accepts nothing: new connections are refused, open ones break. */
  | { kind: 'down' }
  /** The connection is cut without notice. */
  | { kind: 'mute' }
  /** The handshake gets this status. */
  | { kind: 'handshake'; status: number }
  /** Sockets are closed with this code right after they open. */
  | { kind: 'closes'; code: number }
  /** Every token counts as revoked. */
  | { kind: 'denies' }
  /** The certificate is wrong. */
  | { kind: 'certificate' };

/** A node's record of an open socket. */
export interface NodeSocket {
  readonly connection: NodeConnection;
  /** Closes the socket from the node's side; 1006 = without a close frame. */
  close(code: number, reason: string): void;
}

export interface ModelNodeDeps {
  time: SoakTime;
  dialect: WingsDialect;
  orders: NodeOrders;
  statsEveryMs: number;
  /** True if each usage frame comes with a console line. */
  isTalkative: boolean;
  /** Offset of the node's clock, in ms. */
  skewMs: number;
}

export class ModelNode {
  readonly host: string;
  fault: NodeFault | null = null;
  readonly #deps: ModelNodeDeps;
  readonly #sockets = new Map<ModelServer, Set<NodeSocket>>();
  /** Tokens issued before this time are refused. */
  #deniedBefore = 0;
  #ticking = new Set<ModelServer>();

  constructor(host: string, deps: ModelNodeDeps) {
    this.host = host;
    this.#deps = deps;
  }

  get dialect(): WingsDialect {
    return this.#deps.dialect;
  }

  get isUp(): boolean {
    return this.fault?.kind !== 'down';
  }

  get isMute(): boolean {
    return this.fault?.kind === 'mute';
  }

  get allSockets(): NodeSocket[] {
    return [...this.#sockets.values()].flatMap((sockets) => [...sockets]);
  }

  connect(
    server: ModelServer,
    wire: { send(text: string): void; close(code: number, reason: string): void },
  ): { receive(text: string): void; end(): void } {
    const connection = new NodeConnection({
      time: this.#deps.time,
      server,
      orders: this.#deps.orders,
      seconds: () => Math.floor((this.#deps.time.trueWall + this.#deps.skewMs) / 1000),
      objection: (claims) => this.#objection(claims),
      send: wire.send,
    });
    const socket: NodeSocket = {
      connection,
      close: (code, reason) => {
        end();
        wire.close(code, reason);
      },
    };
    const end = (): void => {
      connection.end();
      this.#of(server).delete(socket);
    };
    this.#of(server).add(socket);
    this.#tick(server);
    return { receive: (text) => connection.receive(text), end };
  }

  status(server: ModelServer, state: PowerState): void {
    this.#tell(server, 'status', state);
    if (state === 'offline') for (const { connection } of this.#of(server)) connection.stats();
    else this.#tick(server);
  }

  daemonLine(server: ModelServer, text: string): void {
    this.#tell(server, 'console output', daemonLine(this.dialect.appName, text));
  }

  /** The panel notified the node of a change of the server. */
  changed(server: ModelServer, event: 'install started' | 'install completed'): void {
    this.#tell(server, event, '');
  }

  /** Newer nodes close the sockets of a suspended server (PROTOCOL 4.9). */
  suspended(server: ModelServer): void {
    server.process.signal('kill', 'host');
    if (!this.dialect.suspensionEndsSockets) return;
    for (const socket of [...this.#of(server)]) socket.close(1006, '');
  }

  deleted(server: ModelServer): void {
    const isCut = this.dialect.deletionClose === 'cut';
    this.#tell(server, 'deleted', 'null');
    for (const socket of [...this.#of(server)])
      socket.close(isCut ? 1006 : 1001, isCut ? '' : 'server deleted');
  }

  /** The server was deleted and has no sockets left. */
  forget(server: ModelServer): void {
    if (this.#of(server).size === 0) this.#sockets.delete(server);
  }

  /** Revokes all tokens, as after a restart of the node or a change of permissions. */
  denyAll(): void {
    this.#deniedBefore = Math.floor(this.#deps.time.trueWall / 1000) + 1;
  }

  closeAll(code: number): void {
    for (const socket of this.allSockets) socket.close(code, '');
  }

  #objection(claims: TokenClaims): string | null {
    if (this.fault?.kind === 'denies' || claims.iat < this.#deniedBefore)
      return 'jwt: created too far in past (denylist)';
    return null;
  }

  #tell(server: ModelServer, event: string, ...args: string[]): void {
    for (const { connection } of this.#of(server)) connection.tell(event, ...args);
  }

  /**
   * Real nodes send usage every second. This model sends it a little less often, which is far cheaper and still not
   * silence (`end-rules.ts`).
   */
  #tick(server: ModelServer): void {
    if (this.#ticking.has(server)) return;
    this.#ticking.add(server);
    this.#deps.time.after(this.#deps.statsEveryMs, () => {
      this.#ticking.delete(server);
      if (server.process.state === 'offline' || this.#of(server).size === 0) return;
      for (const { connection } of this.#of(server)) connection.stats();
      if (this.#deps.isTalkative)
        this.#tell(server, 'console output', `${this.host} saves at ${this.#deps.time.now}`);
      this.#tick(server);
    });
  }

  #of(server: ModelServer): Set<NodeSocket> {
    const known = this.#sockets.get(server);
    if (known !== undefined) return known;
    const sockets = new Set<NodeSocket>();
    this.#sockets.set(server, sockets);
    return sockets;
  }
}
