import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { HttpRequest, Network } from '../../main/base/network-ports.js';
import type { AccountRecord } from '../../main/base/ports.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import type { Dice } from './dice.js';
import { GameProcess } from './model/game-process.js';
import { GameWire } from './model/game-wire.js';
import { HttpPort } from './model/http-port.js';
import { ModelGame } from './model/model-game.js';
import { ModelNode } from './model/model-node.js';
import { ModelPanel } from './model/model-panel.js';
import { ModelServer } from './model/model-server.js';
import { SoakNetwork } from './model/network.js';
import { SocketPort } from './model/socket-port.js';
import type { SoakTime } from './soak-time.js';

export interface SoakWorldDeps {
  time: SoakTime;
  dice: Dice;
  /** For the games and the ways to them. */
  gameDice: Dice;
  servers: number;
  /** Whether running servers print lines all the time. */
  isTalkative: boolean;
  /** A signal or command changed the state of a node. */
  carriedOut(server: ModelServer, what: PowerSignal | { command: string }): void;
  /** `server` = the server whose token limit it was. */
  ownRefusal(panel: string, server: ModelServer | null): void;
  strayKey(url: string): void;
  /** Perch asks the game of this server. */
  asked(server: ModelServer): void;
  event(text: string, about: string | null): void;
}

/** Three panels, one of each kind, with two nodes each, and their network. */
export class SoakWorld {
  readonly panels: readonly ModelPanel[];
  readonly network: SoakNetwork;
  readonly sockets: SocketPort;
  readonly games: GameWire;
  readonly ports: ReadonlyMap<string, HttpPort>;
  readonly #deps: SoakWorldDeps;
  #servers = 0;

  constructor(deps: SoakWorldDeps) {
    const { time, dice } = deps;
    this.#deps = deps;
    this.network = new SoakNetwork(time);
    this.games = new GameWire({
      time,
      dice: deps.gameDice,
      network: this.network,
      servers: () => this.servers,
      asked: (server) => deps.asked(server),
    });
    this.panels = ['panel-1.11', 'panel-1.12', 'pelican'].map((name) => this.#newPanel(name));
    for (let index = 0; index < deps.servers; index++) this.newServer(dice.pick(this.panels), true);
    this.ports = new Map(this.panels.map((panel) => [panel.id, this.#newPort(panel)]));
    this.sockets = new SocketPort({
      time,
      dice: dice.fork(),
      network: this.network,
      find: (url) => this.#find(url),
    });
  }

  get servers(): ModelServer[] {
    return this.panels.flatMap(({ servers }) => servers);
  }

  get nodes(): ModelNode[] {
    return this.panels.flatMap(({ nodes }) => [...nodes]);
  }

  get records(): AccountRecord[] {
    return this.panels.map(({ id, origin }) => ({
      id,
      label: id,
      panelUrl: origin,
      username: 'olive',
      keyStorage: 'keychain',
      isDemo: false,
      trusted: null,
      trustedNodes: [],
    }));
  }

  /** Network access to one panel. */
  networkOf(panelId: string): Pick<Network, 'http'> {
    return { http: () => this.portOf(panelId).client() };
  }

  portOf(panelId: string): HttpPort {
    const port = this.ports.get(panelId);
    if (port === undefined) throw new Error(`There is no panel ${panelId}.`);
    return port;
  }

  panelOf(server: ModelServer): ModelPanel {
    const panel = this.panels.find(({ servers }) => servers.includes(server));
    if (panel === undefined) throw new Error(`No panel has ${server.uuid}.`);
    return panel;
  }

  /** Server id as in Perch. */
  idOf(server: ModelServer): string {
    return `${this.panelOf(server).id}/${server.uuid}`;
  }

  newServer(panel: ModelPanel, isListed: boolean): ModelServer {
    const { time, dice } = this.#deps;
    const number = ++this.#servers;
    const node = dice.pick(panel.nodes);
    const uuid = `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    const game = new ModelGame(time, number);
    const process: GameProcess = new GameProcess({
      time,
      dice: dice.fork(),
      telling: dice.pick(['lines', 'lines', 'lines', 'disabled', 'silent']),
      status: (state) => {
        this.#deps.event(`is ${state}`, `${panel.id}/${uuid}`);
        // The players of a process end with the process.
        if (state !== 'running') game.move(0);
        node.status(server, state);
      },
      daemonLine: (text) => node.daemonLine(server, text),
    });
    const server: ModelServer = new ModelServer(uuid, dice.chance(0.7), {
      time,
      node,
      process,
      game,
      name: `Server ${number}`,
      isListed,
    });
    if (dice.chance(0.75)) process.beginRunning();
    panel.servers.push(server);
    return server;
  }

  /** Drops deleted servers and past states. */
  forgetPast(): void {
    for (const panel of this.panels) {
      for (const server of panel.servers) if (!server.isListed) server.node.forget(server);
      panel.servers.splice(0, panel.servers.length, ...panel.listed);
      for (const server of panel.servers) server.forgetPast();
    }
  }

  #newPanel(name: string): ModelPanel {
    const { time, dice, isTalkative, ownRefusal } = this.#deps;
    const dialect = dialects[name];
    if (dialect === undefined) throw new Error(`There is no dialect ${name}.`);
    const id = name.replaceAll('.', '-');
    // Small enough that tokens still work; a larger offset is the host's fault, and no client can correct it.
    const skewMs = dice.chance(0.3) ? dice.between(-20_000, 20_000) : 0;
    const orders = {
      signal: (server: ModelServer, signal: PowerSignal) => this.#signal(server, signal),
      command: (server: ModelServer, command: string) => this.#command(server, command),
    };
    const statsEveryMs = dice.between(3000, 4500);
    const nodes = [1, 2].map(
      (number) =>
        new ModelNode(`node${number}-${id}.example`, {
          time,
          dialect: dialect.wings,
          orders,
          statsEveryMs,
          isTalkative,
          skewMs: 0,
        }),
    );
    return new ModelPanel({
      time,
      id,
      dialect,
      nodes,
      orders,
      tokenSeconds: dice.chance(0.3) ? dice.between(90, 300) : 600,
      skewMs,
      ownRefusal: (server) => ownRefusal(id, server),
    });
  }

  #newPort(panel: ModelPanel): HttpPort {
    const { time, dice } = this.#deps;
    const sent = (request: HttpRequest): void => {
      const isOurs = new URL(request.url).origin === panel.origin;
      if (!isOurs && request.headers['authorization'] !== undefined) this.#deps.strayKey(request.url);
    };
    return new HttpPort({ time, dice: dice.fork(), network: this.network, panel, sent });
  }

  #signal(server: ModelServer, signal: PowerSignal): 'done' | 'nothing' | 'busy' | 'running' {
    if (server.condition !== 'normal') return 'running';
    const answer = server.process.signal(signal, 'perch');
    if (answer === 'done') this.#deps.carriedOut(server, signal);
    return answer;
  }

  #command(server: ModelServer, command: string): boolean {
    if (server.process.state === 'offline') return false;
    this.#deps.carriedOut(server, { command });
    return true;
  }

  #find(url: URL): { node: ModelNode; server: ModelServer | null; origin: string } | null {
    const panel = this.panels.find(({ nodes }) => nodes.some(({ host }) => host === url.hostname));
    const node = panel?.nodes.find(({ host }) => host === url.hostname);
    if (panel === undefined || node === undefined) return null;
    const uuid = url.pathname.split('/')[3];
    const server = panel.servers.find((one) => one.uuid === uuid && one.node === node) ?? null;
    return { node, server, origin: panel.origin };
  }
}
