/** Messages to all players of a server by console command. The event log keeps the text and the console's answer. */
import { newProblem, PerchError, toProblem } from '../../../bridge/errors.js';
import { broadcastAnswer } from '../../../bridge/players/broadcast-answer.js';
import { broadcastOf } from '../../../bridge/players/broadcast-order.js';
import type { HandlerInput, HandlerOutput } from '../../../bridge/schema/contract.js';
import type { Actor } from '../../../bridge/schema/event-actor.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { sentence } from '../../../messages/messages.js';
import type { Clock } from '../../base/ports.js';
import type { ReportedFact } from '../../base/server-fact.js';
import type { Consoles } from '../../fleet/api.js';
import { demandText } from '../many/message-fact.js';
import { demand, serverOf, type ServerDeps } from '../deps.js';
import { AnswerWatch } from './answer-watch.js';
import type { ConsoleTurns } from './console-turns.js';

export interface BroadcastsDeps extends ServerDeps {
  readonly clock: Clock;
  readonly consoles: Pick<Consoles, 'watch'>;
  readonly settings: { readonly current: Pick<Settings, 'restartWarning'> };
  readonly facts: { emit(fact: ReportedFact): void };
  readonly turns: Pick<ConsoleTurns, 'run'>;
  /** Sends a command that the user did not type; rejects with `PerchError`. */
  sendCommand(serverId: string, command: string): Promise<unknown>;
}

type Input = HandlerInput<'players.broadcast'>;
type Answer = HandlerOutput<'players.broadcast'>;

const me: Actor = { kind: 'me', bulk: false };

export class Broadcasts {
  constructor(private readonly deps: BroadcastsDeps) {}

  /**
   * Sends the message as one of many: opens no console, since that costs a session, and writes no event. Rejects with
   * `PerchError`.
   */
  async send(input: Input): Promise<void> {
    await this.deps.sendCommand(input.serverId, this.#order(input).command);
  }

  /** Rejects with `PerchError` if no command was sent, or if its arrival is uncertain. */
  async say(input: Input, by: Actor = me): Promise<Answer> {
    return this.deps.turns.run(input.serverId, () => this.#say(input, by));
  }

  async #say(input: Input, by: Actor): Promise<Answer> {
    const { serverId, text } = input;
    const { server } = serverOf(this.deps, serverId);
    // Before the console opens, because an open console costs a session.
    demand(server, 'control.console');
    const { command, said } = this.#order(input);
    const game = server.game ?? null;
    const answers = new AnswerWatch(this.deps, {
      serverId,
      game,
      read: (line) => broadcastAnswer(line, { said, game }),
    });
    const tell = ({ outcome, line }: Answer): void =>
      this.deps.facts.emit({
        serverId,
        fact: {
          kind: 'broadcast',
          text: demandText(text),
          serverIds: [serverId],
          failed: 0,
          outcome,
          ...(line === null ? {} : { line }),
          by,
        },
      });
    try {
      await answers.ready();
      await this.deps.sendCommand(serverId, command);
      const answer = await answers.next();
      tell(answer);
      return answer;
    } catch (error) {
      if (toProblem(error).maybeDone === true) tell({ outcome: 'no-answer', line: null });
      throw error;
    } finally {
      answers.stop();
    }
  }

  #order({ serverId, text, command }: Input): NonNullable<ReturnType<typeof broadcastOf>> {
    const { server } = serverOf(this.deps, serverId);
    demandText(text);
    const own = this.deps.settings.current.restartWarning.commands;
    const order = broadcastOf(text, server, command === undefined ? own : { [serverId]: command });
    if (order !== null) return order;
    throw new PerchError(
      newProblem('invalid', sentence('broadcast.no-command'), sentence('broadcast.no-command-next')),
    );
  }
}
