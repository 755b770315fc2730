/** Text of a status board. Pure. */
import { countedState, type CountedState } from '../../bridge/fleet/marks.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { StatusBoard } from '../../bridge/schema/status-board.js';
import { say } from '../../messages/messages.js';
import type { Embed } from './discord.js';
import { inMarkdown } from './plain-markup.js';
import { boardWord } from './state-times.js';

export interface BoardContent {
  readonly title: string;
  /** One line for each server, in Discord's Markdown. */
  readonly body: string;
  readonly color: number;
  /** The states alone, to tell a new state from a new number of players. */
  readonly states: string;
}

export interface BoardFacts {
  readonly board: StatusBoard;
  readonly fleet: FleetState;
  readonly groups: Settings['groups'];
  /** Since when the server has its state: wall-clock time, ms since the epoch; null = unknown. */
  since(server: Server): number | null;
}

/** Discord takes 4096 characters. The rest is for the last lines. */
const mostOfLines = 3700;

const signs: Readonly<Record<CountedState, string>> = {
  running: '🟢',
  busy: '🟡',
  installing: '🟡',
  crashed: '🔴',
  offline: '⚫',
  suspended: '⚫',
  unknown: '⚪',
  unreachable: '⚪',
  unread: '⚪',
};

const colours = { crashed: 0xe5_48_4d, running: 0x30_a4_6c, none: 0x8b_8d_98 } as const;

/** The servers of a board that Perch knows: a group in its order, others by name. */
export function boardServers({ board, fleet, groups }: Omit<BoardFacts, 'since'>): readonly Server[] {
  const { servers } = board;
  const known = (ids: readonly string[]): Server[] => ids.flatMap((id) => fleet.servers.get(id) ?? []);
  if (servers.kind === 'group')
    return known(groups.find(({ id }) => id === servers.groupId)?.serverIds ?? []);
  const chosen = servers.kind === 'all' ? [...fleet.servers.values()] : known(servers.serverIds);
  return chosen.toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

export function boardContent(facts: BoardFacts): BoardContent {
  const servers = boardServers(facts);
  const states = servers.map((server) => stateOf(server, facts));
  const lines: string[] = [];
  let letters = 0;
  for (const server of servers) {
    const line = lineOf(server, facts);
    letters += line.length + 1;
    if (letters > mostOfLines) break;
    lines.push(line);
  }
  const left = servers.length - lines.length;
  if (servers.length === 0) lines.push(say('status-board.empty'));
  if (left > 0) lines.push(say('status-board.more', { count: left }));
  const worst = states.includes('crashed') ? 'crashed' : 'none';
  return {
    title: say('status-board.heading'),
    body: lines.join('\n'),
    color: colours[worst === 'none' && states.includes('running') ? 'running' : worst],
    states: servers.map(({ id }, at) => `${id} ${states[at] ?? ''}`).join('\n'),
  };
}

/** `now` = wall-clock time at which the figures were read, ms since the epoch. */
export function boardEmbed({ title, body, color }: BoardContent, now: number): Embed {
  const last = say('status-board.last', { time: moment(now, 'R') });
  const description = `${body}\n\n${last}\n${say('status-board.while')}`;
  return { title, description, color, timestamp: new Date(now).toISOString() };
}

function stateOf(server: Server, { fleet }: Pick<BoardFacts, 'fleet'>): CountedState {
  return countedState({ ...server, pending: null }, fleet.accounts.get(server.accountId));
}

function lineOf(server: Server, facts: BoardFacts): string {
  const { board, fleet } = facts;
  const state = say(`states.${boardWord(server, fleet.accounts.get(server.accountId))}`);
  const since = facts.since(server);
  const parts = [
    since === null ? state : say('status-board.since', { state, time: moment(since, 'f') }),
    board.showsPlayers ? playersOf(server) : null,
    board.showsAddresses ? addressOf(server) : null,
  ];
  const name = inMarkdown(oneLine(server.name, 60));
  const sign = signs[stateOf(server, facts)];
  return `${sign} **${name}**: ${parts.filter((part) => part !== null).join(' · ')}`;
}

function playersOf({ power, players }: Server): string | null {
  if (power !== 'running' || players === null || players === undefined) return null;
  const { count, slots } = players;
  return slots === null
    ? say('status-board.players-count', { count })
    : say('status-board.players-of', { count, slots });
}

function addressOf({ allocations: [main] }: Server): string | null {
  if (main === undefined) return null;
  const host = main.alias ?? main.ip;
  return inMarkdown(oneLine(`${host.includes(':') ? `[${host}]` : host}:${String(main.port)}`, 120));
}

/** Discord shows such a time in the language and the zone of each reader: `R` = "3 minutes ago", `f` = with date. */
function moment(at: number, style: 'R' | 'f'): string {
  return `<t:${Math.floor(at / 1000)}:${style}>`;
}
