import type { PowerSignal, Server } from '../../bridge/schema/domain.js';
import { powerBlock } from '../../bridge/panel/permissions.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Dice } from './dice.js';
import type { Recorder } from './recorder.js';

/** Actions of a person in Perch; a refused action rejects. */
export interface Controls {
  readonly state: FleetState;
  /** Clicks a power signal; the implementation records it. */
  power(serverId: string, signal: PowerSignal): Promise<unknown>;
  command(serverId: string, command: string): Promise<unknown>;
  /** Opens a console; returns the function that closes it. */
  openConsole(serverId: string): () => void;
  retryServer(serverId: string): Promise<unknown>;
  retryAccount(accountId: string): Promise<unknown>;
  /** Sends one signal to many servers. */
  bulk(serverIds: readonly string[], signal: PowerSignal): void;
}

/** A person who uses Perch; each call is one action. */
export class Person {
  readonly #perch: Controls;
  readonly #dice: Dice;
  readonly #recorder: Recorder;
  readonly #consoles: (() => void)[] = [];
  #commands = 0;

  constructor(perch: Controls, dice: Dice, recorder: Recorder) {
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

  /** Closes all consoles. */
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
    this.#perch.power(server.id, this.#dice.pick<PowerSignal>(signals)).catch(() => undefined);
  }

  #command(): void {
    const server = this.#someServer();
    if (server?.power !== 'running') return;
    const command = `say ${++this.#commands}`;
    const click = this.#recorder.clicked(server.id, { command });
    this.#perch.command(server.id, command).catch((error: unknown) => this.#recorder.refused(click, error));
  }

  #openConsole(): void {
    const server = this.#someServer();
    if (server === null) return;
    this.#recorder.asked('open console', server.id);
    this.#consoles.push(this.#perch.openConsole(server.id));
  }

  #retry(): void {
    const server = this.#someServer();
    if (server === null) return;
    if (this.#dice.chance(0.5)) {
      this.#recorder.asked('retry', server.id);
      this.#perch.retryServer(server.id).catch(() => undefined);
    } else {
      this.#recorder.event('click retry', server.accountId);
      this.#perch.retryAccount(server.accountId).catch(() => undefined);
    }
  }

  #bulk(): void {
    const signal = this.#dice.pick<PowerSignal>(['stop', 'start', 'restart']);
    const ids = [...this.#perch.state.servers.keys()].filter(() => this.#dice.chance(0.2));
    if (ids.length === 0) return;
    this.#recorder.event(`bulk ${signal} of ${ids.length}`, null);
    this.#perch.bulk(ids, signal);
  }

  #someServer(): Server | null {
    const servers = [...this.#perch.state.servers.values()];
    return servers.length === 0 ? null : this.#dice.pick(servers);
  }
}
