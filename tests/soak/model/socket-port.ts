import type { OpenSocket, Socket, SocketEvents } from '../../../main/base/network-ports.js';
import type { Dice } from '../dice.js';
import type { SoakTime } from '../soak-time.js';
import type { ModelNode } from './model-node.js';
import type { ModelServer } from './model-server.js';
import type { SoakNetwork } from './network.js';
import { Wire } from './wire.js';

export interface SocketPortDeps {
  time: SoakTime;
  dice: Dice;
  network: SoakNetwork;
  /** Node and server of an address; null = none. */
  find(url: URL): { node: ModelNode; server: ModelServer | null; origin: string } | null;
}

/** Websockets from Perch to the nodes, and the number of open ones. */
export class SocketPort {
  readonly #deps: SocketPortDeps;
  /** Sockets that Perch opened and neither closed nor saw closed. */
  readonly #open = new Set<object>();

  constructor(deps: SocketPortDeps) {
    this.#deps = deps;
  }

  get open(): number {
    return this.#open.size;
  }

  readonly openSocket: OpenSocket = (url, headers, events) => {
    const found = this.#deps.find(new URL(url));
    const link = new SocketLink(this.#deps, events, () => this.#open.delete(link));
    this.#open.add(link);
    if (found === null) link.fails('ENOTFOUND');
    else link.opens(found.node, found.server, headers['Origin'] === found.origin);
    return link.port;
  };
}

/** Time until an unanswered connection attempt fails. */
const connectMs = 130_000;

class SocketLink {
  readonly port: Socket;
  readonly #deps: SocketPortDeps;
  readonly #events: SocketEvents;
  readonly #over: () => void;
  readonly #latencyMs: number;
  #wire: Wire | null = null;
  #node: { receive(text: string): void; end(): void } | null = null;
  #unlisten: () => void = () => undefined;
  #isOver = false;

  constructor(deps: SocketPortDeps, events: SocketEvents, over: () => void) {
    this.#deps = deps;
    this.#events = events;
    this.#over = over;
    this.#latencyMs = deps.dice.between(3, 60);
    this.port = {
      send: (text) => this.#wire?.carry(() => this.#node?.receive(text)),
      ping: (mark) => this.#wire?.carry(() => this.#wire?.carry(() => !this.#isOver && events.pong(mark))),
      setPaused: () => undefined,
      close: () => this.#close(),
      reset: () => this.#reset(),
    };
  }

  /** The connection attempt fails; `reason` is the system's error code. */
  fails(reason: string): void {
    this.#deps.time.after(this.#latencyMs, () => this.#closed(1006, reason));
  }

  opens(node: ModelNode, server: ModelServer | null, isAllowed: boolean): void {
    const { time, network } = this.#deps;
    if (network.state === 'unplugged') return this.fails('ENETUNREACH');
    if (!network.isUp || node.isMute) {
      time.after(connectMs, () => this.#closed(1006, 'ETIMEDOUT'));
      return;
    }
    if (!node.isUp) return this.fails('ECONNREFUSED');
    if (node.fault?.kind === 'certificate') return this.fails('DEPTH_ZERO_SELF_SIGNED_CERT');
    time.after(2 * this.#latencyMs, () => this.#answered(node, server, isAllowed));
  }

  #answered(node: ModelNode, server: ModelServer | null, isAllowed: boolean): void {
    if (this.#isOver) return;
    const { fault } = node;
    if (fault?.kind === 'handshake') return this.#refused(fault.status);
    if (server === null || !server.isListed) return this.#refused(404);
    if (!isAllowed) return this.#refused(403);
    const isClosed = server.condition === 'suspended' && node.dialect.suspensionEndsSockets;
    this.#connect(node, server);
    if (fault?.kind === 'closes') this.#closedByNode(fault.code, '');
    else if (isClosed) this.#closedByNode(4409, 'server is suspended');
  }

  #connect(node: ModelNode, server: ModelServer): void {
    const { time, network } = this.#deps;
    const wire = new Wire(time, this.#latencyMs, () => !network.isUp || node.isMute);
    this.#wire = wire;
    this.#node = node.connect(server, {
      send: (text) => wire.carry(() => !this.#isOver && this.#events.message(text)),
      close: (code, reason) => this.#closedByNode(code, reason),
    });
    this.#unlisten = network.onMended(() => wire.flush());
    this.#events.open();
  }

  #closedByNode(code: number, reason: string): void {
    this.#wire?.carry(() => this.#closed(code, reason));
  }

  /** Perch closes cleanly: sent messages are delivered before the node sees the close. */
  #close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#over();
    const end = (): void => {
      this.#node?.end();
      this.#unlisten();
    };
    if (this.#wire === null) end();
    else this.#wire.carry(end);
  }

  /** Perch drops its undelivered messages. */
  #reset(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#over();
    this.#wire?.reset();
    this.#node?.end();
    this.#unlisten();
  }

  #refused(status: number): void {
    this.#events.refused(status, { 'x-request-id': 'model' });
    this.#closed(1006, '');
  }

  #closed(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#over();
    this.#node?.end();
    this.#unlisten();
    this.#wire?.reset();
    this.#events.closed(code, reason);
  }
}
