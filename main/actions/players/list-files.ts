/**
 * The files in which games keep their lists of players, and how an entry reads (PLAYERS-VERBS "Lists"). Pure.
 * Everything in a file is hostile: names may hold anything, and a file may hold 100,000 entries.
 */
import type { ListedPlayer, PlayerListKind } from '../../../bridge/schema/player-verbs.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { plainName, type PlainName } from '../../../bridge/players/plain-name.js';
import type { Game } from '../../../bridge/panel/games.js';
import { longestPlayer } from '../../../bridge/players/player-verbs.js';
import { parseJson } from '../../base/json.js';

export interface ListFile {
  readonly kind: PlayerListKind;
  readonly path: string;
}

/** Most entries that a window gets. */
export const mostEntries = 1000;

const minecraft: readonly ListFile[] = [
  { kind: 'whitelist', path: '/whitelist.json' },
  { kind: 'bans', path: '/banned-players.json' },
  { kind: 'ip-bans', path: '/banned-ips.json' },
  { kind: 'ops', path: '/ops.json' },
];
/** Without Bedrock's operators, which are numbers without names in `permissions.json`. */
const bedrock: readonly ListFile[] = [{ kind: 'whitelist', path: '/allowlist.json' }];

export function listFiles(game: Game | null | undefined): readonly ListFile[] {
  if (game === 'minecraft') return minecraft;
  return game === 'bedrock' ? bedrock : [];
}

/** The entries of a file, sorted by name; null = the text is no list. */
export function listEntries(text: string): { entries: ListedPlayer[]; total: number } | null {
  // A game that was just installed leaves an empty file.
  if (text.trim() === '') return { entries: [], total: 0 };
  const found = parseJson(text.replace(/^\ufeff/, ''));
  if (!Array.isArray(found)) return null;
  const named = found.flatMap((one: unknown) => namedOf(one) ?? []);
  const shown = firstOf(named).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return { entries: shown.map(entryOf), total: named.length };
}

/** An entry of the file with its name. */
interface Named extends PlainName {
  readonly one: object;
}

/** The first entries by the character codes of their names: an order by language takes a second for 100,000 names. */
function firstOf(named: readonly Named[]): readonly Named[] {
  if (named.length <= mostEntries) return named;
  const keys = named.map((entry) => ({ key: entry.name.toLowerCase(), entry }));
  keys.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return keys.slice(0, mostEntries).map(({ entry }) => entry);
}

function namedOf(one: unknown): Named | null {
  if (typeof one !== 'object' || one === null) return null;
  for (const key of ['name', 'ip', 'uuid']) {
    const value: unknown = Object.hasOwn(one, key) ? Reflect.get(one, key) : null;
    const plain = typeof value === 'string' ? plainName(value) : null;
    if (plain !== null) return { ...plain, one };
  }
  return null;
}

function entryOf({ one, ...plain }: Named): ListedPlayer {
  const fields = new Map<string, unknown>(Object.entries(one));
  return {
    ...plain,
    reason: field(fields, 'reason', 200),
    by: field(fields, 'source', longestPlayer),
    at: timeOf(field(fields, 'created', 40)),
    until: timeOf(field(fields, 'expires', 40)),
  };
}

function field(fields: ReadonlyMap<string, unknown>, name: string, most: number): string | null {
  const value = fields.get(name);
  const text = typeof value === 'string' ? oneLine(value, most) : '';
  return text === '' ? null : text;
}

/** Minecraft writes `2026-11-29 12:00:00 +0000`, and `forever` for a ban without an end. */
function timeOf(text: string | null): number | null {
  const found = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(text ?? '');
  if (found === null) return null;
  const [, day = '', time = '', hours = '', minutes = ''] = found;
  const at = Date.parse(`${day}T${time}${hours}:${minutes}`);
  return Number.isNaN(at) ? null : at;
}
