import { duration } from '../../bridge/text/duration.js';
import { bytes, percent } from '../../bridge/text/figures.js';
import type { RemoteServer } from '../../bridge/schema/remote-entities.js';
import { say } from '../../messages/messages.js';
import { painter, stateColours, type Paint } from '../colours.js';
import { table, type Cell } from '../table.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';
import { playersCell } from './players-cell.js';

export const status: Command = async ({ perch, args, options, terminal }) => {
  const names = [...args];
  const show = (servers: readonly RemoteServer[]): void => {
    if (options['json'] === true) printJson(terminal, { servers });
    else terminal.out(`${beginOf(terminal, options['watch'] === true)}${statusText(servers, terminal)}`);
  };
  if (options['watch'] !== true) {
    show((await perch.ask('status', { names, watch: false })).servers);
    return;
  }
  await perch.ask('status', { names, watch: true }, { onEvent: ({ servers }) => show(servers) });
};

/** On a terminal a new table replaces the previous one. */
function beginOf({ isShown }: Terminal, isWatching: boolean): string {
  if (!isWatching) return '';
  return isShown ? '\u001b[H\u001b[2J\u001b[3J' : '\n';
}

function statusText(servers: readonly RemoteServer[], { hasColours }: Terminal): string {
  const paint = painter(hasColours);
  return `${statusTable(servers, paint)}${problems(servers, paint)}`;
}

function statusTable(servers: readonly RemoteServer[], paint: Paint): string {
  // Fleets of bots have no players, so the column shows only if a number is known.
  const hasPlayers = servers.some(({ players }) => players !== null);
  const heads: Cell[] = [
    { text: say('command-line.head-name') },
    { text: say('command-line.head-state') },
    ...(hasPlayers ? [{ text: say('command-line.head-players') }] : []),
    { text: say('command-line.head-cpu'), isFigure: true },
    { text: say('command-line.head-memory'), isFigure: true },
    { text: say('command-line.head-disk'), isFigure: true },
    { text: say('command-line.head-uptime'), isFigure: true },
  ];
  const rows = servers.map(({ name, state, word, players, usage }): Cell[] => [
    { text: name },
    { text: word, colour: stateColours[state] },
    ...(hasPlayers ? [playersCell(players)] : []),
    ...(usage === null ? ['', '', '', ''] : figures(usage)).map((text) => ({ text, isFigure: true })),
  ]);
  return table(heads, rows, paint);
}

function figures(usage: NonNullable<RemoteServer['usage']>): string[] {
  const { cpuPercent, memoryBytes, memoryLimitBytes, diskBytes, uptimeMs } = usage;
  const memory = `${bytes(memoryBytes)} / ${memoryLimitBytes === null ? '∞' : bytes(memoryLimitBytes)}`;
  return [percent(cpuPercent), memory, bytes(diskBytes), uptimeMs > 0 ? duration(uptimeMs) : ''];
}

function problems(servers: readonly RemoteServer[], paint: Paint): string {
  const lines = servers.flatMap(({ name, problem }) =>
    problem === null ? [] : [`${paint(name, 'bold')}: ${problem}\n`],
  );
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}
