/**
 * What the palette offers. Pure, and blind to what changes by itself: an order that
 * followed the states would move Kill under a pointer that was on Stop.
 */
import type { View } from '../../../bridge/contract.js';
import type { PowerSignal, Settings } from '../../../bridge/domain.js';
import { settingsRows, settingsSections, type SettingsSection } from '../../../bridge/settings-sections.js';
import { say } from '../../../words/words.js';
import type { ServerText } from '../../search/server-text.js';

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
  /** What it is found by besides its label. */
  readonly words?: string;
}

export interface PaletteWorld {
  /** In the order in which equals are shown. */
  readonly servers: readonly ServerText[];
  /** Account id -> what the person calls the panel. */
  readonly panels: ReadonlyMap<string, string>;
  /** The server that the window shows: its verbs come first, without its name typed. */
  readonly shownId: string | null;
}

export interface Verb {
  readonly id: 'start' | 'stop' | 'restart' | 'startup' | 'settings' | 'copy' | 'open' | 'kill';
  readonly icon: EntryIcon;
  choice(serverId: string): PaletteChoice;
}

const power = (signal: PowerSignal, icon: EntryIcon): Verb => ({
  id: signal,
  icon,
  choice: (serverId) => ({ kind: 'power', signal, serverId }),
});

/** Kill stands apart from Stop, at the end. */
export const verbs: readonly Verb[] = [
  power('start', 'play'),
  power('stop', 'stop'),
  power('restart', 'restart'),
  {
    id: 'startup',
    icon: 'power',
    choice: (serverId) => ({ kind: 'go', view: { kind: 'server', serverId, tab: 'startup' } }),
  },
  {
    id: 'settings',
    icon: 'settings',
    choice: (serverId) => ({ kind: 'go', view: { kind: 'server', serverId, tab: 'settings' } }),
  },
  { id: 'copy', icon: 'copy', choice: (serverId) => ({ kind: 'copy-address', serverId }) },
  { id: 'open', icon: 'external', choice: (serverId) => ({ kind: 'open-panel', serverId }) },
  power('kill', 'kill'),
];

/** What is done, and to which server, as the language orders them. */
export function verbLabel({ id }: Verb, server: string): string {
  return say(`palette.${id}`, { server });
}

/** What has to do with no server. */
export function commonEntries(): readonly PaletteEntry[] {
  return [
    place('servers', { kind: 'fleet' }),
    place('settings', { kind: 'settings' }),
    place('plus', { kind: 'onboarding' }),
    theme('system'),
    theme('light'),
    theme('dark'),
  ];
}

/** Each section of the settings: found only, for there are many. */
export function sectionEntries(): readonly PaletteEntry[] {
  return settingsSections.map((section) => ({
    id: `section ${section}`,
    label: say('palette.go-section', { section: say(`settings.section-${section}`) }),
    hint: 'Perch',
    icon: 'settings',
    markOf: null,
    choice: { kind: 'go', view: { kind: 'settings', section } },
    words: sectionWords(section),
  }));
}

function sectionWords(section: SettingsSection): string {
  const rows = Object.entries(settingsRows).flatMap(([name, all]) => (name === section ? all : []));
  return [say(`settings.find-${section}`), ...rows.map((row) => say(`settings.find-row-${row}`))].join('\n');
}

function place(icon: EntryIcon, view: { kind: 'fleet' | 'settings' | 'onboarding' }): PaletteEntry {
  const label = say(`palette.go-${view.kind}`);
  return { id: `go ${view.kind}`, label, hint: 'Perch', icon, markOf: null, choice: { kind: 'go', view } };
}

function theme(name: Settings['theme']): PaletteEntry {
  const label = say(`palette.theme-${name}`);
  const choice: PaletteChoice = { kind: 'theme', theme: name };
  return { id: `theme ${name}`, label, hint: 'Perch', icon: 'eye', markOf: null, choice };
}

/** What is likely to be wanted before anything is typed. */
export function likelyEntries(world: PaletteWorld): PaletteEntry[] {
  const shown = world.servers.find(({ id }) => id === world.shownId);
  const others = world.servers.filter(({ id }) => id !== world.shownId);
  return [
    ...(shown === undefined ? [] : verbs.map((verb) => verbEntry(verb, shown, world))),
    ...others.slice(0, 30).map((server) => serverEntry(server, world)),
    ...commonEntries(),
  ];
}

export function serverEntry({ id, accountId, title }: ServerText, { panels }: PaletteWorld): PaletteEntry {
  return {
    id: `server ${id}`,
    label: title,
    hint: panels.get(accountId) ?? '',
    icon: 'servers',
    markOf: id,
    choice: { kind: 'go', view: { kind: 'server', serverId: id } },
  };
}

export function verbEntry(
  verb: Verb,
  { id, accountId, title }: ServerText,
  { panels }: PaletteWorld,
): PaletteEntry {
  return {
    id: `${verb.id} ${id}`,
    label: verbLabel(verb, title),
    hint: panels.get(accountId) ?? '',
    icon: verb.icon,
    markOf: null,
    choice: verb.choice(id),
  };
}
