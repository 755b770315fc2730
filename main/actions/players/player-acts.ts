/**
 * Acts on players by console commands: kick, ban, message and the others.
 *
 * The command takes the way of a typed command. The console's next lines tell its result; the event log keeps both.
 */
import type { HandlerInput, HandlerOutput } from '../../../bridge/schema/contract.js';
import type { Actor } from '../../../bridge/schema/event-actor.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { newProblem, PerchError, toProblem } from '../../../bridge/errors.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import type { Game } from '../../../bridge/panel/games.js';
import { longestPlayer, longestText } from '../../../bridge/players/player-verbs.js';
import { mayMeanOther, type PlainName } from '../../../bridge/players/plain-name.js';
import { verbAnswer } from '../../../bridge/players/verb-answer.js';
import { playerCommand, type NoCommand, type PlayerOrder } from '../../../bridge/players/verb-command.js';
import { sentence } from '../../../messages/messages.js';
import type { Clock } from '../../base/ports.js';
import type { ReportedFact } from '../../base/server-fact.js';
import type { Consoles } from '../../fleet/api.js';
import { demand, serverOf, type ServerDeps } from '../deps.js';
import { AnswerWatch } from './answer-watch.js';
import type { ConsoleTurns } from './console-turns.js';

export interface PlayerActsDeps extends ServerDeps {
  readonly clock: Clock;
  readonly consoles: Pick<Consoles, 'watch'>;
  readonly settings: { readonly current: Pick<Settings, 'playerVerbs'> };
  /** Players on a server, as last named by the game; null = unknown. */
  readonly namesOf: (serverId: string) => readonly PlainName[] | null;
  readonly facts: { emit(fact: ReportedFact): void };
  readonly turns: Pick<ConsoleTurns, 'run'>;
  /** Sends a command that the user did not type; rejects with `PerchError`. */
  sendCommand(serverId: string, command: string): Promise<unknown>;
}

const me: Actor = { kind: 'me', bulk: false };

export class PlayerActs {
  constructor(private readonly deps: PlayerActsDeps) {}

  /** Rejects with `PerchError` if no command was sent, or if its arrival is uncertain. */
  async act(input: HandlerInput<'players.act'>, by: Actor = me): Promise<HandlerOutput<'players.act'>> {
    return this.deps.turns.run(input.serverId, () => this.#act(input, by));
  }

  async #act(
    { serverId, verb, player, text = '' }: HandlerInput<'players.act'>,
    by: Actor,
  ): Promise<HandlerOutput<'players.act'>> {
    const { server } = serverOf(this.deps, serverId);
    // Before the console opens, because an open console costs a session.
    demand(server, 'control.console');
    const order = { verb, player, text };
    const game = server.game ?? null;
    const command = this.#command(serverId, order, game);
    const answers = new AnswerWatch(this.deps, {
      serverId,
      game,
      read: (line) => verbAnswer(line, order, game),
    });
    try {
      await answers.ready();
      await this.deps.sendCommand(serverId, command);
      const answer = await answers.next();
      this.#tell(serverId, order, by, answer);
      return answer;
    } catch (error) {
      if (toProblem(error).maybeDone === true)
        this.#tell(serverId, order, by, { outcome: 'no-answer', line: null });
      throw error;
    } finally {
      answers.stop();
    }
  }

  #command(serverId: string, order: PlayerOrder, game: Game | null): string {
    const own = this.deps.settings.current.playerVerbs[serverId];
    const made = playerCommand(order, game, own);
    if ('command' in made) {
      const names = this.deps.namesOf(serverId) ?? [];
      if (mayMeanOther(order.player, names)) throw new PerchError(alteredName(order.player));
      return made.command;
    }
    throw new PerchError(noCommand(made.why, order.player));
  }

  #tell(
    serverId: string,
    { verb, player, text = '' }: PlayerOrder,
    by: Actor,
    { outcome, line }: HandlerOutput<'players.act'>,
  ): void {
    const said = oneLine(text, longestText);
    const about = { verb, player: oneLine(player, longestPlayer), outcome, by };
    this.deps.facts.emit({
      serverId,
      fact: {
        kind: 'player-act',
        ...about,
        // A message is private, so the log keeps the fact and not the text.
        ...(said === '' || verb === 'message' ? {} : { text: said }),
        ...(line === null || verb === 'message' ? {} : { line }),
      },
    });
  }
}

/** The problem of a shown name that may differ from the name in the game. */
function alteredName(player: string) {
  return newProblem(
    'invalid',
    sentence('actions.player-altered', { name: oneLine(player, longestPlayer) }),
    sentence('actions.player-unsafe-name-next'),
  );
}

function noCommand(why: NoCommand, player: string) {
  const name = oneLine(player, longestPlayer);
  switch (why) {
    case 'no-verb':
      return newProblem(
        'invalid',
        sentence('actions.player-no-verb'),
        sentence('actions.player-no-verb-next'),
      );
    case 'no-text':
      return newProblem('invalid', sentence('actions.player-no-text'));
    case 'unsafe-name':
      return newProblem(
        'invalid',
        sentence('actions.player-unsafe-name', { name }),
        sentence('actions.player-unsafe-name-next'),
      );
    case 'steam-text-id':
      return newProblem(
        'invalid',
        sentence('actions.player-steam-text-id', { name }),
        sentence('actions.player-steam-text-id-next'),
      );
    case 'steam-id':
      return newProblem(
        'invalid',
        sentence('actions.player-steam-id', { name }),
        sentence('actions.player-steam-id-next'),
      );
  }
}
