/**
 * The files in which games keep their lists of players, and how an entry reads (PLAYERS-VERBS "Lists"). Pure.
 * Everything in a file is hostile: names may hold anything, and a file may hold 100,000 entries.
 */
import type { ListedPlayer, PlayerListKind } from '../../../bridge/schema/player-verbs.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import type { Game } from '../../../bridge/panel/games.js';

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
/** Operators of Bedrock are numbers without names in `permissions.json`, so they are left out. */
const bedrock: readonly ListFile[] = [{ kind: 'whitelist', path: '/allowlist.json' }];

export function listFiles(game: Game | null | undefined): readonly ListFile[] {
  if (game === 'minecraft') return minecraft;
  return game === 'bedrock' ? bedrock : [];
}

/** The entries of a file, sorted by name; null = the text is no list. */
export function listEntries(text: string): { entries: ListedPlayer[]; total: number } | null {
  // A game that was just installed leaves an empty file.
  if (text.trim() === '') return { entries: [], total: 0 };
  const found = parsed(text);
  if (!Array.isArray(found)) return null;
  const entries = found.flatMap((one: unknown) => entryOf(one) ?? []);
  entries.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { entries: entries.slice(0, mostEntries), total: entries.length };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
}

function entryOf(one: unknown): ListedPlayer | null {
  if (typeof one !== 'object' || one === null) return null;
  const fields = new Map<string, unknown>(Object.entries(one));
  const name = field(fields, 'name', 64) ?? field(fields, 'ip', 64) ?? field(fields, 'uuid', 36);
  if (name === null) return null;
  return {
    name,
    reason: field(fields, 'reason', 200),
    by: field(fields, 'source', 64),
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
