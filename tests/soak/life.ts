import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { Dice } from './dice.js';
import type { ModelServer } from './model/model-server.js';
import type { SoakWorld } from './soak-world.js';

export interface LifeDeps {
  world: SoakWorld;
  dice: Dice;
  /** A new server appears. */
  came(server: ModelServer): void;
  event(text: string, about: string): void;
  /** Runs a function after this many ms. */
  after(ms: number, run: () => void): void;
}

/** Maximum surplus of new servers over removed ones. */
const mostMore = 3;

/** Changes of servers without Perch; each call makes one. */
export class Life {
  readonly #deps: LifeDeps;
  readonly #most: number;

  constructor(deps: LifeDeps) {
    this.#deps = deps;
    this.#most = deps.world.servers.length + mostMore;
  }

  happen(): void {
    const { dice } = this.#deps;
    const draw = dice.next();
    if (draw < 0.4) this.#ofSome((server) => this.#crash(server));
    else if (draw < 0.8) this.#ofSome((server) => this.#signal(server));
    else if (draw < 0.84) this.#ofSome((server) => this.#deps.world.panelOf(server).othersLook(server));
    else if (draw < 0.88) this.#ofSome((server) => this.#closeForAWhile(server, 'suspended'));
    else if (draw < 0.92) this.#ofSome((server) => this.#closeForAWhile(server, 'installing'));
    else if (draw < 0.95) this.#ofSome((server) => server.rename(`Renamed ${dice.between(1, 9999)}`));
    else if (draw < 0.98) this.#come();
    else if (draw < 0.99) this.#ofSome((server) => this.#fillDisk(server));
    else this.#ofSome((server) => this.#go(server));
  }

  #ofSome(run: (server: ModelServer) => void): void {
    const listed = this.#deps.world.servers.filter(({ isListed }) => isListed);
    run(this.#deps.dice.pick(listed));
  }

  #crash(server: ModelServer): void {
    const { world, event } = this.#deps;
    const before = server.process.state;
    server.process.crash();
    if (server.process.state !== before) event(`crashes (${server.process.telling})`, world.idOf(server));
  }

  #signal(server: ModelServer): void {
    if (server.condition !== 'normal') return;
    const { dice, event, world } = this.#deps;
    const isOff = server.process.state === 'offline';
    const signal = isOff ? 'start' : dice.pick<PowerSignal>(['stop', 'stop', 'restart', 'kill']);
    if (server.process.signal(signal, 'somebody') === 'done')
      event(`somebody: ${signal}`, world.idOf(server));
  }

  #closeForAWhile(server: ModelServer, condition: 'suspended' | 'installing'): void {
    if (server.condition !== 'normal') return;
    const { dice, event, world, after } = this.#deps;
    const id = world.idOf(server);
    event(condition, id);
    if (condition === 'installing') server.process.signal('kill', 'host');
    server.setCondition(condition);
    if (condition === 'suspended') server.node.suspended(server);
    else server.node.changed(server, 'install started');
    after(dice.between(5000, 60_000), () => {
      server.setCondition('normal');
      event(`no longer ${condition}`, id);
      if (condition === 'installing') server.node.changed(server, 'install completed');
    });
  }

  #fillDisk(server: ModelServer): void {
    const { dice, event, world, after } = this.#deps;
    if (server.fullDisk.now) return;
    const id = world.idOf(server);
    event('disk nearly full', id);
    server.setFullDisk(true);
    after(dice.between(20_000, 240_000), () => {
      server.setFullDisk(false);
      event('disk tidied up', id);
    });
  }

  #come(): void {
    const { world, dice, came, event } = this.#deps;
    const panel = dice.pick(world.panels);
    if (world.servers.filter(({ isListed }) => isListed).length >= this.#most) return;
    const server = world.newServer(panel, true);
    came(server);
    event('comes', world.idOf(server));
  }

  #go(server: ModelServer): void {
    const { world, event } = this.#deps;
    const { listed } = world.panelOf(server);
    if (listed.length < 3) return;
    event('goes', world.idOf(server));
    server.process.signal('kill', 'host');
    server.setListed(false);
    server.node.deleted(server);
  }
}
