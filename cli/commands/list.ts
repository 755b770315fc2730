import type { RemoteServer } from '../../bridge/schema/remote-entities.js';
import { say } from '../../messages/messages.js';
import { painter, stateColours } from '../colours.js';
import { table, type Head } from '../table.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';
import { playersCell } from './players-cell.js';

export const list: Command = async ({ perch, options, terminal }) => {
  const { servers } = await perch.ask('list', {});
  if (options['json'] === true) printJson(terminal, { servers });
  else if (servers.length === 0) terminal.err(`${say('command-line.no-servers')}\n`);
  else terminal.out(listTable(servers, terminal));
};

function listTable(servers: readonly RemoteServer[], { hasColours }: Terminal): string {
  // Fleets of bots have no players, so the column shows only if a number is known.
  const hasPlayers = servers.some(({ players }) => players !== null);
  const heads: readonly Head[] = [
    'name',
    'state',
    ...(hasPlayers ? (['players'] as const) : []),
    'panel',
    'id',
    'address',
  ];
  const rows = servers.map(({ name, state, word, players, panel, id, address }) => [
    { text: name },
    { text: word, colour: stateColours[state] },
    ...(hasPlayers ? [playersCell(players)] : []),
    { text: panel },
    { text: id },
    { text: address ?? '' },
  ]);
  return table(heads, rows, painter(hasColours));
}
