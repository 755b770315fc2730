import type { HandlerInput, HandlerOutput } from '../../../bridge/schema/contract.js';
import { undoVerb } from '../../../bridge/players/player-verbs.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

type Order = Omit<HandlerInput<'players.act'>, 'serverId'>;

/** An order that was sent, with the console's answer. */
export interface Acted extends HandlerOutput<'players.act'> {
  readonly order: Order;
}

/** Orders about players of one server: the order under way, and the result of the last order. */
export class PlayerAct {
  readonly task = new Task();
  last = $state.raw<Acted | null>(null);

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    /** The lists may have changed. */
    private readonly onacted: () => void,
  ) {}

  /** Resolves with true if the command was sent. One order at a time. */
  async send(order: Order): Promise<boolean> {
    if (this.task.isRunning) return false;
    this.last = null;
    const answer = await this.task.run(() =>
      this.client.call('players.act', { serverId: this.serverId, ...order }),
    );
    if (answer === null) return false;
    this.last = { ...answer.value, order };
    this.onacted();
    return true;
  }

  /**
   * The order that takes the last order back; null = none. Only after a confirmed order: a player may have been an
   * operator before an order without an answer, and undoing the order would take that away.
   */
  get undo(): Order | null {
    if (this.last?.outcome !== 'done') return null;
    const verb = undoVerb[this.last.order.verb];
    return verb === null ? null : { verb, player: this.last.order.player };
  }

  dismiss(): void {
    this.last = null;
    this.task.problem = null;
  }
}
