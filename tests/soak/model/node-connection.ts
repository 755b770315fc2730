import type { PowerSignal } from '../../../bridge/schema/domain.js';
import type { SoakTime } from '../soak-time.js';
import type { ModelServer } from './model-server.js';
import { readToken, type TokenClaims } from './token.js';

/** Handlers of a node for received messages. */
export interface NodeOrders {
  signal(server: ModelServer, signal: PowerSignal): 'done' | 'nothing' | 'busy' | 'running';
  command(server: ModelServer, command: string): boolean;
}

export interface NodeConnectionDeps {
  time: SoakTime;
  server: ModelServer;
  orders: NodeOrders;
  /** Node's clock, in seconds. */
  seconds(): number;
  /** Why a token is refused, apart from its expiry; null = valid. */
  objection(claims: TokenClaims): string | null;
  /** Sends one frame to Perch. */
  send(text: string): void;
}

const tickMs = 30_000;
const unexplained = 'an unexpected error was encountered while handling this request';

/** Node's end of one socket: tokens, and messages sent and accepted with them (PROTOCOL 4.4, 4.7, 4.8). */
export class NodeConnection {
  readonly server: ModelServer;
  readonly #deps: NodeConnectionDeps;
  #claims: TokenClaims | null = null;
  #endTicks: () => void = () => undefined;
  #isOver = false;

  constructor(deps: NodeConnectionDeps) {
    this.#deps = deps;
    this.server = deps.server;
  }

  /** The connection is lost. */
  end(): void {
    this.#isOver = true;
    this.#endTicks();
  }

  receive(text: string): void {
    if (this.#isOver) return;
    const { event, args = [] } = JSON.parse(text) as { event: string; args?: string[] };
    const text0 = args.join('');
    if (event === 'auth') return this.#auth(text0);
    const problem = this.#problem();
    if (problem !== null) return this.#raw('jwt error', problem);
    if (event === 'set state') this.#setState(text0 as PowerSignal);
    else if (event === 'send command') {
      if (this.#deps.orders.command(this.server, text0)) this.tell('console output', text0);
    } else if (event === 'send stats') this.stats();
  }

  /** Sends an event; a client without a valid token gets only `jwt error` (PROTOCOL 4.7). */
  tell(event: string, ...args: string[]): void {
    if (this.#claims === null || this.#isOver) return;
    const problem = this.#problem();
    if (problem === null) this.#raw(event, ...args);
    else this.#raw('jwt error', problem);
  }

  stats(): void {
    this.tell('stats', statsOf(this.server));
  }

  #auth(token: string): void {
    const isFirst = this.#claims === null;
    const claims = readToken(token);
    const problem = this.#problemOf(claims);
    if (problem !== null) return this.#raw('jwt error', `Error Event [${this.server.uuid}]: ${problem}`);
    this.#claims = claims;
    this.#raw('auth success');
    if (!isFirst) return;
    this.#raw('status', this.server.process.state);
    if (this.server.process.state === 'offline') this.stats();
    this.#tickLater();
  }

  #setState(signal: PowerSignal): void {
    const answer = this.#deps.orders.signal(this.server, signal);
    if (answer === 'done' || answer === 'nothing') return;
    const why =
      answer === 'busy'
        ? 'another power action is currently being processed for this server, please try again later'
        : unexplained;
    this.#raw('daemon error', `Error Event [${this.server.uuid}]: ${why}`);
  }

  #tickLater(): void {
    this.#endTicks = this.#deps.time.after(tickMs, () => {
      const left = (this.#claims?.exp ?? 0) - this.#deps.seconds();
      if (left <= 60) this.tell('token expiring');
      this.#tickLater();
    });
  }

  #problem(): string | null {
    return this.#claims === null ? 'jwt: no jwt present' : this.#problemOf(this.#claims);
  }

  #problemOf(claims: TokenClaims): string | null {
    if (this.#deps.seconds() > claims.exp) return 'jwt: exp claim is invalid';
    if (claims.server_uuid !== this.server.uuid) return 'jwt: server uuid mismatch';
    return this.#deps.objection(claims);
  }

  #raw(event: string, ...args: string[]): void {
    this.#deps.send(JSON.stringify(args.length === 0 ? { event } : { event, args }));
  }
}

function statsOf({ process, diskBytes }: ModelServer): string {
  const isUp = process.state !== 'offline';
  return JSON.stringify({
    memory_bytes: isUp ? 500_000_000 : 0,
    memory_limit_bytes: 1_000_000_000,
    cpu_absolute: isUp ? 12.5 : 0,
    network: { rx_bytes: 1000, tx_bytes: 1000 },
    uptime: process.uptimeMs,
    state: process.state,
    disk_bytes: diskBytes,
  });
}
