import type { PowerSignal, Server } from '../../bridge/domain.js';
import { powerBlock } from '../../bridge/permissions.js';
import type { ConsoleListener } from '../../main/fleet/api.js';
import type { Dice } from './dice.js';
import type { Recorder } from './recorder.js';
import type { SoakedPerch } from './soaked-perch.js';

const deaf: ConsoleListener = {
  snapshot: () => undefined,
  lines: () => undefined,
  link: () => undefined,
  reset: () => undefined,
};

/** Somebody who uses Perch: one thing each time. */
export class Person {
  readonly #perch: SoakedPerch;
  readonly #dice: Dice;
  readonly #recorder: Recorder;
  readonly #consoles: (() => void)[] = [];
  #commands = 0;

  constructor(perch: SoakedPerch, dice: Dice, recorder: Recorder) {
    this.#perch = perch;
    this.#dice = dice;
    this.#recorder = recorder;
  }

  act(): void {
    const draw = this.#dice.next();
    if (draw < 0.45) this.#signal();
    else if (draw < 0.7) this.#command();
    else if (draw < 0.82) this.#openConsole();
    else if (draw < 0.9) this.#consoles.shift()?.();
    else if (draw < 0.94) this.#retry();
    else this.#bulk();
  }

  /** Everything is closed. */
  leave(): void {
    for (const close of this.#consoles.splice(0)) close();
  }

  #signal(): void {
    const server = this.#someServer();
    if (server === null) return;
    const signals = (['start', 'stop', 'restart', 'kill'] as const).filter(
      (one) => powerBlock(one, server) === null,
    );
    if (signals.length === 0) return;
    this.#perch.sendPower(server.id, this.#dice.pick<PowerSignal>(signals)).catch(() => undefined);
  }

  #command(): void {
    const server = this.#someServer();
    if (server?.power !== 'running') return;
    const command = `say ${++this.#commands}`;
    const click = this.#recorder.clicked(server.id, { command });
    const sent = this.#perch.actions['command.send']({ serverId: server.id, command });
    sent.catch((error: unknown) => this.#recorder.refused(click, error));
  }

  #openConsole(): void {
    const server = this.#someServer();
    if (server === null) return;
    this.#recorder.asked('open console', server.id);
    this.#consoles.push(this.#perch.fleet.consoles.watch(server.id, deaf));
  }

  #retry(): void {
    const server = this.#someServer();
    if (server === null) return;
    const { actions } = this.#perch;
    if (this.#dice.chance(0.5)) {
      this.#recorder.asked('retry', server.id);
      actions['server.retry']({ serverId: server.id }).catch(() => undefined);
    } else {
      this.#recorder.event('click retry', server.accountId);
      actions['accounts.retry']({ accountId: server.accountId }).catch(() => undefined);
    }
  }

  #bulk(): void {
    const signal = this.#dice.pick<PowerSignal>(['stop', 'start', 'restart']);
    const ids = [...this.#perch.store.state.servers.keys()].filter(() => this.#dice.chance(0.2));
    if (ids.length === 0) return;
    try {
      this.#perch.bulk.start(ids, signal);
      this.#recorder.event(`bulk ${signal} of ${ids.length}`, null);
    } catch {
      this.#perch.bulk.cancel();
    }
  }

  #someServer(): Server | null {
    const servers = [...this.#perch.store.state.servers.values()];
    return servers.length === 0 ? null : this.#dice.pick(servers);
  }
}
