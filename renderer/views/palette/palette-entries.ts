/**
 * What the palette offers, and which of it a search finds. Pure, and blind to what changes by itself: an order that
 * followed the states would move Kill under a pointer that was on Stop.
 */
import type { View } from '../../../bridge/contract.js';
import type { PowerSignal, Settings } from '../../../bridge/domain.js';

/** What choosing an entry does. */
export type PaletteChoice =
  | { readonly kind: 'go'; readonly view: View }
  | { readonly kind: 'power'; readonly signal: PowerSignal; readonly serverId: string }
  | { readonly kind: 'copy-address'; readonly serverId: string }
  | { readonly kind: 'open-panel'; readonly serverId: string }
  | { readonly kind: 'theme'; readonly theme: Settings['theme'] };

/** Names of `ui/icon.svelte`. */
type EntryIcon =
  | 'copy'
  | 'external'
  | 'eye'
  | 'kill'
  | 'play'
  | 'plus'
  | 'power'
  | 'restart'
  | 'servers'
  | 'settings'
  | 'stop';

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  /** Where it belongs: the panel of a server, or Perch. */
  readonly hint: string;
  readonly icon: EntryIcon;
  /** The server whose mark stands before the label instead of the icon. */
  readonly markOf: string | null;
  readonly choice: PaletteChoice;
}

/** What the palette needs of a server. */
export interface PaletteServer {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
}

export interface PaletteWorld {
  /** In the order in which equals are shown. */
  readonly servers: readonly PaletteServer[];
  /** Account id -> what the person calls the panel. */
  readonly panels: ReadonlyMap<string, string>;
  /** The server that the window shows: its verbs come first, without its name typed. */
  readonly shownId: string | null;
}

/** More is not read by anybody. */
const most = 60;

interface Verb {
  readonly id: string;
  /** Before the server's name. */
  readonly words: string;
  readonly icon: EntryIcon;
  choice(serverId: string): PaletteChoice;
}

const power = (signal: PowerSignal, words: string, icon: EntryIcon): Verb => ({
  id: signal,
  words,
  icon,
  choice: (serverId) => ({ kind: 'power', signal, serverId }),
});

/** Kill stands apart from Stop, at the end. */
const verbs: readonly Verb[] = [
  power('start', 'Start', 'play'),
  power('stop', 'Stop', 'stop'),
  power('restart', 'Restart', 'restart'),
  {
    id: 'startup',
    words: 'Startup of',
    icon: 'power',
    choice: (serverId) => ({ kind: 'go', view: { kind: 'server', serverId, tab: 'startup' } }),
  },
  {
    id: 'settings',
    words: 'Settings of',
    icon: 'settings',
    choice: (serverId) => ({ kind: 'go', view: { kind: 'server', serverId, tab: 'settings' } }),
  },
  {
    id: 'copy',
    words: 'Copy address of',
    icon: 'copy',
    choice: (serverId) => ({ kind: 'copy-address', serverId }),
  },
  {
    id: 'open',
    words: 'Open in the panel:',
    icon: 'external',
    choice: (serverId) => ({ kind: 'open-panel', serverId }),
  },
  power('kill', 'Kill', 'kill'),
];

const common: readonly PaletteEntry[] = [
  place('All servers', 'servers', { kind: 'fleet' }),
  place('Settings', 'settings', { kind: 'settings' }),
  place('Add panel', 'plus', { kind: 'onboarding' }),
  theme('Theme: as the system', 'system'),
  theme('Theme: light', 'light'),
  theme('Theme: dark', 'dark'),
];

function place(label: string, icon: EntryIcon, view: View): PaletteEntry {
  return { id: `go ${view.kind}`, label, hint: 'Perch', icon, markOf: null, choice: { kind: 'go', view } };
}

function theme(label: string, name: Settings['theme']): PaletteEntry {
  const choice: PaletteChoice = { kind: 'theme', theme: name };
  return { id: `theme ${name}`, label, hint: 'Perch', icon: 'eye', markOf: null, choice };
}

/** The entries that a search finds, the best first; without a search, what is likely to be wanted. */
export function findEntries(world: PaletteWorld, search: string): PaletteEntry[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return withoutSearch(world).slice(0, most);
  // Made only of what is shown in the end: with a thousand servers there are ten thousand things to do.
  const found: { rank: number; make: () => PaletteEntry }[] = [];
  const asked = verbs.filter((verb) => words.some((word) => isMeant(verb, word)));
  for (const server of world.servers) {
    const name = server.name.toLowerCase();
    const panel = (world.panels.get(server.accountId) ?? '').toLowerCase();
    const rank = rankOf(name, panel, words);
    if (rank !== null) found.push({ rank: rank + serverBonus, make: () => serverEntry(server, world) });
    for (const verb of server.id === world.shownId ? verbs : asked) {
      const own = rankOf(`${verb.words.toLowerCase()} ${name}`, panel, words);
      if (own !== null) found.push({ rank: own, make: () => verbEntry(verb, server, world) });
    }
  }
  for (const entry of common) {
    const rank = rankOf(entry.label.toLowerCase(), 'perch', words);
    if (rank !== null) found.push({ rank, make: () => entry });
  }
  // Of equals the one named first stays first.
  return found
    .sort((one, other) => other.rank - one.rank)
    .slice(0, most)
    .map(({ make }) => make());
}

/** A verb is asked for by the beginning of one of its words. */
function isMeant({ words }: Verb, typed: string): boolean {
  return words
    .toLowerCase()
    .split(' ')
    .some((word) => word.startsWith(typed));
}

function withoutSearch(world: PaletteWorld): PaletteEntry[] {
  const shown = world.servers.find(({ id }) => id === world.shownId);
  const others = world.servers.filter(({ id }) => id !== world.shownId);
  return [
    ...(shown === undefined ? [] : verbs.map((verb) => verbEntry(verb, shown, world))),
    ...others.slice(0, 30).map((server) => serverEntry(server, world)),
    ...common,
  ];
}

function serverEntry({ id, accountId, name }: PaletteServer, { panels }: PaletteWorld): PaletteEntry {
  return {
    id: `server ${id}`,
    label: name,
    hint: panels.get(accountId) ?? '',
    icon: 'servers',
    markOf: id,
    choice: { kind: 'go', view: { kind: 'server', serverId: id } },
  };
}

function verbEntry(
  verb: Verb,
  { id, accountId, name }: PaletteServer,
  { panels }: PaletteWorld,
): PaletteEntry {
  return {
    id: `${verb.id} ${id}`,
    label: `${verb.words} ${name}`,
    hint: panels.get(accountId) ?? '',
    icon: verb.icon,
    markOf: null,
    choice: verb.choice(id),
  };
}

/** A server itself is before its verbs, unless the verb is what the label begins with. */
const serverBonus = 4;

/**
 * Every word must be found, in the label or (for less) in the hint: at the beginning of the label is best, then at the
 * beginning of a word, then anywhere. A label that is typed out is before those that only hold it. null = not found.
 */
function rankOf(label: string, hint: string, words: readonly string[]): number | null {
  let rank = label === words.join(' ') ? 1 : 0;
  for (const word of words) {
    const at = label.indexOf(word);
    if (at === 0) rank += 8;
    else if (at > 0 && /[^\p{L}\p{N}]/u.test(label.charAt(at - 1))) rank += 5;
    else if (at > 0) rank += 2;
    else if (hint.includes(word)) rank += 1;
    else return null;
  }
  return rank;
}
