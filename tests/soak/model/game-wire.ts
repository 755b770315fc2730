import {
  QueryFailure,
  type Datagrams,
  type QueryPlace,
  type QueryWire,
} from '../../../main/base/query-ports.js';
import type { Dice } from '../dice.js';
import type { SoakTime } from '../soak-time.js';
import type { ModelServer } from './model-server.js';
import type { SoakNetwork } from './network.js';

export interface GameWireDeps {
  readonly time: SoakTime;
  readonly dice: Dice;
  readonly network: SoakNetwork;
  readonly servers: () => readonly ModelServer[];
  /** Perch begins a question to the game of this server. */
  readonly asked: (server: ModelServer) => void;
}

const from = '192.0.2.1:40000';

/** UDP from this computer to the games; the model's games need no TCP. */
export class GameWire implements QueryWire {
  /** Number of open sockets. */
  open = 0;

  constructor(private readonly deps: GameWireDeps) {}

  datagrams(place: QueryPlace, signal: AbortSignal): Promise<Datagrams> {
    const server = this.#serverAt(place);
    if (server !== null) this.deps.asked(server);
    this.open += 1;
    return Promise.resolve(
      new GameLink(this.deps, server, isRoute(server, place), signal, () => (this.open -= 1)),
    );
  }

  stream(): Promise<never> {
    return Promise.reject(new QueryFailure('closed', 'no TCP in the model'));
  }

  get(): Promise<never> {
    return this.stream();
  }

  addressOf({ host }: QueryPlace): Promise<string> {
    return Promise.resolve(host);
  }

  minecraftService(): Promise<null> {
    return Promise.resolve(null);
  }

  networkChanged(): void {
    // The model's names need no look-up.
  }

  /** Ports are unique, so the port identifies the asked server. */
  #serverAt({ port }: QueryPlace): ModelServer | null {
    return this.deps.servers().find(({ game, isListed }) => isListed && game.port === port) ?? null;
  }
}

/** Whether a datagram to this host reaches the game, or the stranger in its place. */
function isRoute(server: ModelServer | null, { host }: QueryPlace): boolean {
  if (server === null) return false;
  const { site, alias, address } = server.game;
  if (site === 'node' || site === 'stranger') return host === server.node.host;
  return host === alias || host === address;
}

class GameLink implements Datagrams {
  readonly #arrived: Uint8Array[] = [];
  readonly #latencyMs: number;
  #failure: QueryFailure | null = null;
  #wake: () => void = () => undefined;

  constructor(
    private readonly deps: GameWireDeps,
    private readonly server: ModelServer | null,
    private readonly isRoute: boolean,
    signal: AbortSignal,
    closed: () => void,
  ) {
    this.#latencyMs = deps.dice.between(3, 120);
    const close = (): void => {
      closed();
      this.#fail('silent');
    };
    if (signal.aborted) close();
    else signal.addEventListener('abort', close, { once: true });
  }

  send(question: Uint8Array): void {
    if (this.server === null || !this.isRoute) return;
    const { node, game, process } = this.server;
    this.#carry(() => {
      const isOwn = game.site !== 'stranger';
      if (isOwn && process.state === 'offline') return this.#carry(() => this.#fail('refused'));
      // A game that starts or stops answers nobody.
      if (isOwn && process.state !== 'running') return;
      if (node.isMute) return;
      for (const answer of game.answers(question, from)) this.#carry(() => this.#arrive(answer));
    });
  }

  async receive(): Promise<Uint8Array> {
    for (;;) {
      const datagram = this.#arrived.shift();
      if (datagram !== undefined) return datagram;
      if (this.#failure !== null) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** One way of a datagram, which may get lost. */
  #carry(arrive: () => void): void {
    const { time, dice, network } = this.deps;
    const isLost = (): boolean => !network.isUp || this.server?.game.blocked.now === true;
    if (isLost() || dice.chance(this.server?.game.loss ?? 0)) return;
    time.after(this.#latencyMs, () => {
      if (!isLost()) arrive();
    });
  }

  #arrive(datagram: Uint8Array): void {
    this.#arrived.push(datagram);
    this.#wake();
  }

  #fail(kind: 'silent' | 'refused'): void {
    this.#failure ??= new QueryFailure(kind);
    this.#wake();
  }
}
