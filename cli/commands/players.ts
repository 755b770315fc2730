import { playerActHow, playerActTitle } from '../../bridge/events/player-act-words.js';
import { playerVerbs, type PlayerVerb } from '../../bridge/players/verb-names.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteOutput } from '../../bridge/schema/remote.js';
import { duration } from '../../bridge/text/duration.js';
import { say, sentence, spoken } from '../../messages/messages.js';
import { withYes } from '../ask-yes.js';
import { painter } from '../colours.js';
import { table, type Head } from '../table.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';

/** Lists who is on a server, or acts on one player. */
export const players: Command = async (task) => {
  const {
    perch,
    args: [name = '', action],
    options,
    terminal,
  } = task;
  if (action !== undefined) return act(task);
  const found = await perch.ask('players', { name });
  if (options['json'] === true) return printJson(terminal, found);
  terminal.out(`${countLine(found)}\n`);
  if (found.players === null || found.players.length === 0) return;
  if (found.ofConsole !== undefined) {
    const { isWhole } = found.ofConsole;
    terminal.out(`${say(isWhole ? 'command-line.names-console' : 'command-line.names-console-some')}\n`);
  }
  terminal.out(namesTable(found.players, terminal));
};

const act: Command = async ({
  perch,
  args: [name = '', action = '', player = '', ...words],
  options,
  terminal,
}) => {
  const verb = playerVerbs.find((one) => one === action);
  if (verb === undefined) {
    throw wrong(say('command-line.wrong-value', { value: action, choices: playerVerbs.join(', ') }));
  }
  if (player === '') throw wrong(say('command-line.missing-argument', { argument: 'PLAYER' }));
  const reason = options['reason'];
  const text = words.length > 0 ? words.join(' ') : typeof reason === 'string' ? reason : '';
  const answer = await withYes(terminal, options['yes'] === true, (isAgreed) =>
    perch.ask('actOnPlayer', { name, verb, player, text, isAgreed }),
  );
  if (options['json'] === true) printJson(terminal, answer);
  else terminal.out(`${outcomeLine(verb, player, answer)}\n`);
  if (answer.outcome === 'done' || answer.outcome === 'no-answer') return;
  throw new RemoteError(newFailure('failed', sentence('command-line.player-not-done'), null));
};

function countLine({ server, online }: RemoteOutput<'players'>): string {
  if (online === null) return `${server.name}: ${say('command-line.players-unknown')}`;
  const { count, slots, source, ageMs } = online;
  const number =
    slots === null
      ? say('command-line.players-count', { count })
      : say('command-line.players-of', { count, slots });
  const from =
    source === 'console'
      ? say('command-line.players-console')
      : say(`command-line.players-${source}`, { age: duration(ageMs) });
  return `${server.name}: ${number} (${from})`;
}

function namesTable(
  names: NonNullable<RemoteOutput<'players'>['players']>,
  { hasColours }: Terminal,
): string {
  const heads: readonly Head[] = ['player', 'on-for', 'ping'];
  const rows = names.map(({ name, sinceMs, pingMs }) => [
    { text: name },
    { text: sinceMs === null ? '' : duration(sinceMs), isFigure: true },
    { text: pingMs === null ? '' : `${Math.round(pingMs)} ms`, isFigure: true },
  ]);
  return table(heads, rows, painter(hasColours));
}

function outcomeLine(
  verb: PlayerVerb,
  player: string,
  { server, outcome, line }: RemoteOutput<'actOnPlayer'>,
): string {
  const by = { kind: 'me', bulk: false } as const;
  const what = {
    kind: 'player-act' as const,
    verb,
    player,
    outcome,
    by,
    ...(line === null ? {} : { line }),
  };
  return `${spoken(playerActTitle(what, server.name))}. ${spoken(playerActHow(what))}`;
}

function wrong(message: string): RemoteError {
  return new RemoteError({ cause: 'usage', message, next: '' });
}
