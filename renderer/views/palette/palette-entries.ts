/** Entries of the palette. Pure: `world` is a snapshot from the last typed letter. */
import type { Settings } from '../../../bridge/schema/settings.js';
import {
  settingsRows,
  settingsSections,
  type SettingsSection,
} from '../../../bridge/settings/settings-sections.js';
import { say } from '../../../messages/messages.js';
import type { ServerText } from '../../search/server-text.js';
import type { IconName } from '../../ui/drawings/icons.js';
import { firstKeyOf } from '../keys/shortcuts.js';
import { leavesOfServer, perchEntries, serverLeafEntry } from './menu-entries.js';
import type { PaletteChoice, PaletteEntry, PaletteWorld } from './palette-entry.js';
import { prefixes, prefixList } from './palette-modes.js';
import { paletteVerbs, verbLabel, verbWord, type PaletteVerb } from './palette-verbs.js';

/** Entries independent of servers. */
export function commonEntries(): readonly PaletteEntry[] {
  return [
    place('servers', { kind: 'fleet' }),
    withKey('next', common('next', 'alert', { kind: 'next' })),
    place('clock', { kind: 'events' }),
    place('rule', { kind: 'automation' }),
    place('people', { kind: 'people' }),
    withKey('settings', place('settings', { kind: 'settings' })),
    place('plus', { kind: 'onboarding' }),
    withKey('sheet', common('keys', 'info', { kind: 'keys' })),
    withKey('sidebar', common('sidebar', 'sidebar', { kind: 'sidebar' })),
    theme('system'),
    theme('light'),
    theme('dark'),
  ];
}

/** One entry per section of the settings; shown only in search results. */
export function sectionEntries(): readonly PaletteEntry[] {
  return settingsSections.map((section) => ({
    id: `section ${section}`,
    label: say('palette.go-section', { section: say(`settings.section-${section}`) }),
    hint: 'Perch',
    icon: 'settings',
    choice: { kind: 'go', view: { kind: 'settings', section } },
    words: sectionWords(section),
  }));
}

/** One entry per account, whose view is a click away from the settings; shown only in search results. */
export function accountEntries({ accounts }: Pick<PaletteWorld, 'accounts'>): readonly PaletteEntry[] {
  return accounts.map(({ id, label: panel }) => ({
    id: `account ${id}`,
    label: say('palette.go-account', { panel }),
    hint: 'Perch',
    icon: 'key',
    choice: { kind: 'go', view: { kind: 'account', accountId: id } },
    words: say('palette.find-account'),
  }));
}

function sectionWords(section: SettingsSection): string {
  const rows = Object.entries(settingsRows).flatMap(([name, all]) => (name === section ? all : []));
  return [say(`settings.find-${section}`), ...rows.map((row) => say(`settings.find-row-${row}`))].join('\n');
}

type Place = 'fleet' | 'events' | 'automation' | 'people' | 'settings' | 'onboarding';

function place(icon: IconName, view: { kind: Place }): PaletteEntry {
  return common(view.kind, icon, { kind: 'go', view });
}

/** Adds the shortcut of the same command. */
function withKey(id: Parameters<typeof firstKeyOf>[0], entry: PaletteEntry): PaletteEntry {
  return { ...entry, keys: firstKeyOf(id) };
}

function common(
  name: Place | 'next' | 'keys' | 'sidebar',
  icon: IconName,
  choice: PaletteChoice,
): PaletteEntry {
  return { id: `go ${name}`, label: say(`palette.go-${name}`), hint: 'Perch', icon, choice };
}

/** Groups and panels; choosing one shows it in the table. */
export function groupEntries({ sections }: PaletteWorld): readonly PaletteEntry[] {
  return sections.map(({ key, title, isGroup, count }) => ({
    id: `part ${key}`,
    label: title,
    hint: say('fleet.servers', { count }),
    icon: isGroup ? 'group' : 'servers',
    choice: { kind: 'go', view: { kind: 'fleet', list: key } },
  }));
}

/** Modes of the palette, and the sheet of shortcuts. */
export function helpEntries(): readonly PaletteEntry[] {
  return [
    ...prefixList.flatMap((prefix): PaletteEntry[] => {
      const mode = prefixes[prefix];
      if (mode === 'help') return [];
      const choice: PaletteChoice = { kind: 'prefix', prefix };
      const label = say(`palette.only-${mode}`);
      return [{ id: `prefix ${prefix}`, label, hint: '', icon: 'into', choice, keys: prefix }];
    }),
    { ...common('keys', 'info', { kind: 'keys' }), keys: 'F1' },
  ];
}

function theme(name: Settings['theme']): PaletteEntry {
  const label = say(`palette.theme-${name}`);
  const choice: PaletteChoice = { kind: 'theme', theme: name };
  return { id: `theme ${name}`, label, hint: 'Perch', icon: 'eye', choice };
}

/** Most servers before typing, so that the commands of Perch follow. */
const mostServers = 20;

/** Entries before typing, in parts; blocked entries come last in their part. */
export function likelyEntries(world: PaletteWorld): PaletteEntry[] {
  const shown = world.servers.find(({ id }) => id === world.shownId);
  const own = shown === undefined ? [] : paletteVerbs.map((verb) => verbEntry(verb, shown, world));
  const servers = likelyServers(world)
    .slice(0, mostServers)
    .map((server) => ({ ...paletteServerEntry(server, world), part: say('palette.mode-servers') }));
  return [
    ...(shown === undefined ? [] : inPart(inOrder(own, world), nameOf(shown, world))),
    ...servers,
    ...inPart(inOrder(commonEntries(), world), 'Perch'),
  ];
}

/** Blocked entries come last. */
function inOrder(entries: readonly PaletteEntry[], { standingOf }: PaletteWorld): PaletteEntry[] {
  const isBlocked = ({ choice }: PaletteEntry): boolean => standingOf(choice) === 'blocked';
  return [...entries.filter((entry) => !isBlocked(entry)), ...entries.filter(isBlocked)];
}

/** Entries below a heading have no hint, because the hint would repeat the heading. */
function inPart(entries: readonly PaletteEntry[], part: string): PaletteEntry[] {
  return entries.map((entry) => ({ ...entry, part, hint: '' }));
}

function nameOf({ id, title }: ServerText, world: PaletteWorld): string {
  return [title, world.besideOf(id)].filter(Boolean).join(' · ');
}

/** Actions on a server: the palette's own, then further menu items. */
export function actionsOf(server: ServerText, world: PaletteWorld): PaletteEntry[] {
  const all = [
    ...paletteVerbs.map((verb) => verbEntry(verb, server, world)),
    ...leavesOfServer(server.id, world).map((leaf) => serverLeafEntry(leaf, server, world)),
  ];
  return inOrder(all, world);
}

/** All actions available now: those of the shown server, and those of Perch itself. */
export function commandsNow(world: PaletteWorld): PaletteEntry[] {
  const shown = world.servers.filter(({ id }) => id === world.shownId);
  return [
    ...shown.flatMap((server) => inPart(actionsOf(server, world), nameOf(server, world))),
    ...inPart([...commonEntries(), ...accountEntries(world), ...perchEntries(world)], 'Perch'),
  ];
}

/** Servers except the shown one, recently opened servers first. */
export function likelyServers({ servers, shownId, recentIds }: PaletteWorld): ServerText[] {
  const others = servers.filter(({ id }) => id !== shownId);
  const byId = new Map(others.map((server) => [server.id, server]));
  const recent = new Set(recentIds.flatMap((id) => byId.get(id) ?? []));
  return [...recent, ...others.filter((server) => !recent.has(server))];
}

export function paletteServerEntry({ id, title }: ServerText, world: PaletteWorld): PaletteEntry {
  return {
    id: `server ${id}`,
    label: title,
    hint: world.besideOf(id),
    icon: 'servers',
    markOf: id,
    choice: { kind: 'go', view: { kind: 'server', serverId: id } },
  };
}

export function verbEntry(verb: PaletteVerb, { id, title }: ServerText, world: PaletteWorld): PaletteEntry {
  return {
    id: `${verb.id} ${id}`,
    label: verbLabel(verb, title),
    short: verbWord(verb),
    hint: world.besideOf(id),
    icon: verb.icon,
    choice: verb.choice(id),
  };
}
