import type { Dice } from './dice.js';
import type { ModelServer } from './model/model-server.js';
import type { SoakWorld } from './soak-world.js';

export interface GameLifeDeps {
  readonly world: SoakWorld;
  readonly dice: Dice;
  event(text: string, about: string): void;
  /** Runs a function after this many ms. */
  after(ms: number, run: () => void): void;
}

/** Players who come and go, and the ways to the games; each call makes one change. */
export class GameLife {
  constructor(private readonly deps: GameLifeDeps) {}

  /** Players are on before the history begins. */
  begin(): void {
    const { world, dice } = this.deps;
    for (const server of world.servers)
      for (let count = dice.between(0, 3); count > 0; count--) this.#move(server, 1);
  }

  happen(): void {
    const { dice, world } = this.deps;
    const draw = dice.next();
    const server = dice.pick(world.servers);
    if (draw < 0.9) this.#move(server, dice.pick([1, -1, -1, 0, 1]));
    else if (draw < 0.93) this.#block([server], dice.between(10_000, 400_000));
    else if (draw < 0.94) this.#blockNode(server);
    else if (draw < 0.97) this.#lose(server);
  }

  #move({ game, process }: ModelServer, by: 1 | -1 | 0): void {
    if (process.state === 'running') game.move(by);
  }

  #blockNode({ node }: ModelServer): void {
    const { world, dice } = this.deps;
    this.#block(
      world.servers.filter((one) => one.node === node),
      dice.between(60_000, 300_000),
    );
  }

  #block(servers: readonly ModelServer[], ms: number): void {
    const { world, event, after } = this.deps;
    for (const server of servers) {
      if (server.game.blocked.now) continue;
      server.game.block(true);
      event('game blocked', world.idOf(server));
      after(ms, () => {
        server.game.block(false);
        event('game no longer blocked', world.idOf(server));
      });
    }
  }

  #lose({ game }: ModelServer): void {
    const { dice, after } = this.deps;
    game.loss = dice.pick([0.1, 0.3, 0.5]);
    after(dice.between(10_000, 120_000), () => (game.loss = 0));
  }
}
