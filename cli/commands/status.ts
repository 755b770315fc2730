import { allowanceFacts, limitFacts } from '../../bridge/fleet/limit-facts.js';
import { duration } from '../../bridge/text/duration.js';
import { bytes, percent } from '../../bridge/text/figures.js';
import { hostAndPort } from '../../bridge/text/host-and-port.js';
import type { RemoteServer } from '../../bridge/schema/remote-entities.js';
import { say } from '../../messages/messages.js';
import { painter, stateColours, type Paint } from '../colours.js';
import { table, type Cell, type Head } from '../table.js';
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
    const { servers } = await perch.ask('status', { names, watch: false });
    show(servers);
    if (options['json'] !== true) terminal.out(detailsText(servers, terminal));
    return;
  }
  await perch.ask('status', { names, watch: true }, { onEvent: ({ servers }) => show(servers) });
};

/** On a terminal a new table replaces the previous table. */
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
  const heads: readonly Head[] = [
    'name',
    'state',
    ...(hasPlayers ? (['players'] as const) : []),
    'cpu',
    'memory',
    'disk',
    'uptime',
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

/** The panel's facts about the only server; empty for several servers. */
function detailsText(servers: readonly RemoteServer[], { hasColours }: Terminal): string {
  const [server] = servers;
  if (server?.details === undefined || servers.length > 1) return '';
  const { description, number, sftp, image, egg, features, limits } = server.details;
  const paint = painter(hasColours);
  const facts = [
    { name: say('server-settings.description'), text: description },
    { name: say('fleet.column-panel'), text: server.panel },
    { name: say('fleet.column-address'), text: server.address ?? '' },
    { name: say('server-settings.sftp'), text: sftp === null ? '' : hostAndPort(sftp.host, sftp.port) },
    { name: say('server-settings.short-id'), text: server.id },
    { name: say('server-settings.uuid'), text: server.uuid },
    { name: say('server-settings.number'), text: number === null ? '' : String(number) },
    { name: say('server-settings.node'), text: server.node },
    { name: say('server-settings.image'), text: image },
    { name: say('server-settings.egg'), text: egg ?? '' },
    { name: say('server-settings.features'), text: features.join(', ') },
    ...limitFacts(limits),
    ...allowanceFacts(limits),
  ].filter(({ text }) => text !== '');
  return `\n${facts.map(({ name, text }) => `${paint(name, 'bold')}: ${text}\n`).join('')}`;
}

function problems(servers: readonly RemoteServer[], paint: Paint): string {
  const lines = servers.flatMap(({ name, problem }) =>
    problem === null ? [] : [`${paint(name, 'bold')}: ${problem}\n`],
  );
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}
