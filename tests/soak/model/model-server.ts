import type { Condition } from '../../../bridge/schema/domain.js';
import type { SoakTime } from '../soak-time.js';
import { Timeline } from '../timeline.js';
import type { GameProcess } from './game-process.js';
import type { ModelGame } from './model-game.js';
import type { ModelNode } from './model-node.js';

/** Disk limit of each server, in MiB. */
export const diskLimitMib = 1000;
const fullDiskBytes = 0.97 * diskLimitMib * 1024 * 1024;

/** The panel's record of a server, beside its process. */
export class ModelServer {
  readonly conditions: Timeline<Condition>;
  readonly names: Timeline<string>;
  readonly listed: Timeline<boolean>;
  readonly fullDisk = new Timeline(0, false);
  readonly node: ModelNode;
  readonly process: GameProcess;
  readonly game: ModelGame;
  readonly #time: SoakTime;

  constructor(
    readonly uuid: string,
    readonly isOwner: boolean,
    deps: {
      time: SoakTime;
      node: ModelNode;
      process: GameProcess;
      game: ModelGame;
      name: string;
      isListed: boolean;
    },
  ) {
    this.#time = deps.time;
    this.node = deps.node;
    this.process = deps.process;
    this.game = deps.game;
    this.conditions = new Timeline<Condition>(0, 'normal');
    this.names = new Timeline(0, deps.name);
    this.listed = new Timeline(0, deps.isListed);
  }

  get identifier(): string {
    return this.uuid.slice(0, 8);
  }

  get condition(): Condition {
    return this.conditions.now;
  }

  get isListed(): boolean {
    return this.listed.now;
  }

  setCondition(condition: Condition): void {
    this.conditions.set(this.#time.now, condition);
  }

  rename(name: string): void {
    this.names.set(this.#time.now, name);
  }

  get diskBytes(): number {
    return this.fullDisk.now ? fullDiskBytes : 1_000_000;
  }

  /** Fills or frees the server's disk. */
  setFullDisk(isFull: boolean): void {
    this.fullDisk.set(this.#time.now, isFull);
  }

  forgetPast(): void {
    const { conditions, names, listed, fullDisk, process, game } = this;
    for (const past of [conditions, names, listed, fullDisk, process, game]) past.forgetPast();
  }

  setListed(isListed: boolean): void {
    this.listed.set(this.#time.now, isListed);
  }
}
