import type { Dice } from '../../soak/dice.js';
import type { Recorder } from '../../soak/recorder.js';
import type { RealPanel, RealServer } from './real-panel.js';

export interface RealLifeDeps {
  panels: readonly RealPanel[];
  dice: Dice;
  recorder: Recorder;
  time: { readonly now: number };
  /** Runs an action after this many ms. */
  after(ms: number, run: () => Promise<void>): void;
}

/** Changes of servers without Perch; each call makes one. */
export class RealLife {
  readonly #deps: RealLifeDeps;

  constructor(deps: RealLifeDeps) {
    this.#deps = deps;
  }

  /** `changesLists` = includes changes known only from the list of servers. */
  async happen(changesLists: boolean): Promise<void> {
    const { dice } = this.#deps;
    const draw = dice.next();
    const { panel, server } = this.#any();
    if (!server.listed.now || server.conditions.now !== 'normal') return;
    if (!changesLists || draw < 0.8) {
      await panel.somebody(server, draw < 0.4 ? { command: 'crash' } : { signal: this.#signal(server) });
    } else if (draw < 0.87) await this.#suspend(panel, server);
    else if (draw < 0.94) await this.#rename(panel, server);
    else if (server.isOwn) await this.#lend(panel, server);
  }

  #any(): { panel: RealPanel; server: RealServer } {
    const panel = this.#deps.dice.pick(this.#deps.panels);
    return { panel, server: this.#deps.dice.pick(panel.servers) };
  }

  #signal({ course }: RealServer): string {
    return course.states.now === 'offline'
      ? 'start'
      : this.#deps.dice.pick(['stop', 'stop', 'restart', 'kill']);
  }

  async #suspend(panel: RealPanel, server: RealServer): Promise<void> {
    const { time, recorder, dice, after } = this.#deps;
    recorder.event('suspended', server.id);
    server.conditions.set(time.now, 'suspended');
    await panel.order({ do: 'suspend', server: server.uuid });
    after(dice.between(2000, 10_000), async () => {
      await panel.order({ do: 'unsuspend', server: server.uuid });
      server.conditions.set(time.now, 'normal');
      recorder.event('no longer suspended', server.id);
    });
  }

  async #rename(panel: RealPanel, server: RealServer): Promise<void> {
    const name = `${server.names[0] ?? ''} (${this.#deps.dice.between(1, 9999)})`;
    this.#deps.recorder.event(`is called ${name}`, server.id);
    server.names.push(name);
    await panel.order({ do: 'edit', server: server.uuid, name });
  }

  /** Gives the server to the host for a while; Perch does not see it meanwhile. */
  async #lend(panel: RealPanel, server: RealServer): Promise<void> {
    const { time, recorder, dice, after } = this.#deps;
    recorder.event('goes', server.id);
    server.listed.set(time.now, false);
    await panel.order({ do: 'owner', server: server.uuid, user: 'ada' });
    after(dice.between(2000, 10_000), async () => {
      await panel.order({ do: 'owner', server: server.uuid, user: 'olive' });
      server.listed.set(time.now, true);
      recorder.event('comes', server.id);
    });
  }
}
