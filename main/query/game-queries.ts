/** Knows the protocols and ports on which games answer, and the games that hide names (QUERIES "Which port"). Pure. */
import type { Game } from '../../bridge/panel/games.js';
import type { QueryProtocolId } from '../../bridge/panel/query-protocols.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { QueryPlace } from '../base/query-ports.js';
import { hostsOf } from './query-hosts.js';

export interface QueryCandidate extends QueryPlace {
  readonly protocol: QueryProtocolId;
  /** True if a game of this kind surely answers there, so that silence means trouble. */
  readonly isCertain: boolean;
}

/** `told` = the port that the panel tells, from the startup command or a variable; a number = that much above the game's. */
type Port = 'told' | number | { readonly fixed: number };

interface Row {
  /** Matches the lower-case name of the egg, which overrules `game` for the games in `over`. */
  readonly egg?: RegExp;
  /** Games that the name of the egg overrules; a name proves nothing about other games. `source` if missing. */
  readonly over?: readonly Game[];
  readonly game?: Game;
  readonly protocol: QueryProtocolId;
  /** In the order in which they are tried. */
  readonly ports: readonly Port[];
  /** Whether the first of `ports` surely answers. */
  readonly isCertain?: boolean;
  /** The game sends no names, or invented names. */
  readonly hidesNames?: boolean;
  /** Some servers of this kind always answer that nobody is on. */
  readonly mayHidePlayers?: boolean;
}

/** A server takes the first row that fits, and the rows below it with the same `egg` or `game`. */
const rows: readonly Row[] = [
  { egg: /\bascended\b/, over: ['ark', 'source'], protocol: 'source', ports: [] },
  { egg: /\b(?:fivem|redm|five m|cfx)\b/, protocol: 'fivem', ports: [0], isCertain: true },
  {
    egg: /\bteam ?speak ?3?\b|\bts ?3\b/,
    over: ['voice'],
    protocol: 'teamspeak',
    ports: ['told', { fixed: 10_011 }],
  },
  {
    egg: /\bgeyser|\bwaterdog/,
    over: ['proxy', 'bedrock'],
    protocol: 'bedrock',
    ports: [0],
    isCertain: true,
  },
  { egg: /\bsandstorm\b/, protocol: 'source', ports: ['told', 1] },
  { egg: /\barma ?(?:2|3)\b/, protocol: 'source', ports: ['told', 1] },
  { egg: /\breforger\b/, protocol: 'source', ports: ['told', { fixed: 17_777 }] },
  { egg: /\bdayz\b|\bday z\b/, protocol: 'source', ports: ['told', { fixed: 27_016 }, 1] },
  { egg: /\bunturned\b/, protocol: 'source', ports: ['told', 0, 1] },
  { egg: /\bempyrion\b/, protocol: 'source', ports: ['told', 1] },
  {
    egg: /\benshrouded\b|\bv ?rising\b|\bbarotrauma\b|\bthe forest\b/,
    protocol: 'source',
    ports: ['told', 1],
  },
  { egg: /\bsquad\b/, protocol: 'source', ports: ['told', { fixed: 27_165 }] },
  {
    egg: /\bconan\b|\bicarus\b|\bmordhau\b|\bsoulmask\b/,
    protocol: 'source',
    ports: ['told', { fixed: 27_015 }],
  },
  { egg: /\bspace ?engineers\b|\bstarbound\b/, protocol: 'source', ports: ['told', 0] },
  { game: 'minecraft', protocol: 'minecraft-status', ports: [0], isCertain: true },
  { game: 'minecraft', protocol: 'minecraft-query', ports: ['told', 0] },
  { game: 'proxy', protocol: 'minecraft-status', ports: [0], isCertain: true },
  { game: 'bedrock', protocol: 'bedrock', ports: [0], isCertain: true },
  { game: 'source', protocol: 'source', ports: ['told', 0], isCertain: true },
  { game: 'rust', protocol: 'source', ports: ['told', 0], isCertain: true, hidesNames: true },
  { game: 'ark', protocol: 'source', ports: ['told', { fixed: 27_015 }], isCertain: true },
  { game: 'valheim', protocol: 'source', ports: ['told', 1], hidesNames: true, mayHidePlayers: true },
  { game: 'zomboid', protocol: 'source', ports: ['told', 0] },
  { game: 'seven-days', protocol: 'source', ports: ['told', 0, 1] },
];
/** A game that Perch does not know, with a port for queries: nearly always Steam's. */
const unknown: Row = { protocol: 'source', ports: ['told'], mayHidePlayers: true };
/** Games without a query, and servers that are no games. A port that the panel tells has another purpose. */
const silent: ReadonlySet<Game> = new Set([
  'terraria',
  'factorio',
  'palworld',
  'bot',
  'database',
  'web',
  'voice',
]);

/** Most places to ask for one server; a panel may tell any number of addresses. */
const mostPlaces = 8;

type Facts = Pick<Server, 'game' | 'egg' | 'queryPort' | 'allocations' | 'sftp'>;

/**
 * Places where the game may answer, in the order of the questions. Empty for a game without a query. Only ports of the
 * server's own allocations: any other port of the node belongs to another server.
 */
export function candidates(server: Facts, panelUrl: string): readonly QueryCandidate[] {
  const places = rowsOf(server).flatMap((row) => placesOf(row, server, panelUrl));
  const known = new Set<string>();
  const isNew = ({ protocol, host, port }: QueryCandidate): boolean => {
    const key = `${protocol} ${host} ${port}`;
    return !known.has(key) && known.add(key).size > 0;
  };
  return places.filter(isNew).slice(0, mostPlaces);
}

/** True if the game sends no names, or invented names. */
export function hidesNames(server: Facts): boolean {
  return rowsOf(server).some((row) => row.hidesNames === true);
}

/**
 * True if a zero of this game proves nothing until the game has once counted a player: Valheim with crossplay does not
 * count, and unknown games are unpredictable.
 */
export function mayHidePlayers(server: Facts): boolean {
  const known = rowsOf(server);
  return known.length === 0 || known.some((row) => row.mayHidePlayers === true);
}

/** True if the game names people only. Source names bots as well. */
export function namesPeople(server: Facts): boolean {
  const own = rowsOf(server);
  return own.length > 0 && own.every(({ protocol }) => protocol !== 'source');
}

function rowsOf({ game, egg }: Facts): readonly Row[] {
  const name = (egg ?? '').slice(0, 200).toLowerCase().replaceAll('_', ' ');
  const isUnknown = game === null || game === undefined;
  const named = rows.filter(
    ({ egg: pattern, over = ['source'] }) => pattern?.test(name) && (isUnknown || over.includes(game)),
  );
  if (named.length > 0) return named;
  if (isUnknown) return [unknown];
  return silent.has(game) ? [] : rows.filter((row) => row.game === game);
}

function placesOf(row: Row, server: Facts, panelUrl: string): QueryCandidate[] {
  const own = server.allocations[0]?.port;
  const ports = row.ports.flatMap((rule) => {
    if (rule === 'told') return server.queryPort ?? [];
    if (typeof rule === 'object') return rule.fixed;
    return own === undefined ? [] : own + rule;
  });
  return ports.flatMap((port, index) => {
    const isOwn = server.allocations.some((one) => one.port === port);
    if (!isOwn || !isGamePort(row.protocol, port)) return [];
    return hostsOf(server, port, panelUrl).map(({ host, isPublic, mayBeHere }) => ({
      protocol: row.protocol,
      host,
      port,
      isCertain: row.isCertain === true && index === 0 && isPublic,
      mayBeHere,
    }));
  });
}

/** Ports up to 1023 need administrator's rights and belong to other services, such as mail and remote login. */
function isGamePort(protocol: QueryProtocolId, port: number): boolean {
  return port >= 1024 || (protocol === 'fivem' && (port === 80 || port === 443));
}
