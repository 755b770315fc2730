/** Palette entries from the menus of a server, a group and Perch. Pure. */
import { settingLines } from '../settings/setting-lines.js';
import { say } from '../../../messages/messages.js';
import type { ServerText } from '../../search/server-text.js';
import type { MenuLeaf } from './menu-leaves.js';
import { otherWords } from './menu-words.js';
import type { MenuOf, PaletteEntry, PaletteWorld } from './palette-entry.js';

/** Items of a server's menu for which the palette has its own entries. */
export const twins: Readonly<Record<string, string>> = {
  'menu-open': 'server',
  'menu-start': 'start',
  'menu-restart': 'restart',
  'menu-stop': 'stop',
  'menu-kill': 'kill',
  'menu-copy': 'copy',
  'menu-open-panel': 'open',
};

/** Menu items of a server without an entry of their own. */
export function leavesOfServer(serverId: string, world: PaletteWorld): MenuLeaf[] {
  return world.menuOf({ kind: 'server', serverId }).filter(({ id }) => !(id in twins));
}

export function serverLeafEntry(
  leaf: MenuLeaf,
  { id, title }: ServerText,
  world: PaletteWorld,
): PaletteEntry {
  return leafEntry(leaf, { kind: 'server', serverId: id }, { name: title, hint: world.besideOf(id) });
}

/** Actions on each group and its servers. */
export function groupMenuEntries(world: PaletteWorld): PaletteEntry[] {
  return world.sections.flatMap(({ groupId, title }) => {
    if (groupId === null) return [];
    const of: MenuOf = { kind: 'group', groupId };
    return world.menuOf(of).map((leaf) => leafEntry(leaf, of, { name: title, hint: '' }));
  });
}

export function perchEntries(world: PaletteWorld): PaletteEntry[] {
  const of: MenuOf = { kind: 'perch' };
  return world.menuOf(of).map((leaf) => leafEntry(leaf, of, { name: '', hint: 'Perch' }));
}

/** One entry per setting, which opens the setting's section. */
export function settingEntries(): PaletteEntry[] {
  return settingLines.map(({ section, label }) => ({
    id: `setting ${label}`,
    label: say('palette.go-setting', { section: say(`settings.section-${section}`), setting: say(label) }),
    hint: 'Perch',
    icon: 'settings',
    choice: { kind: 'go', view: { kind: 'settings', section } },
  }));
}

function leafEntry(
  { id, label, icon, isChecked }: MenuLeaf,
  menu: MenuOf,
  { name, hint }: { name: string; hint: string },
): PaletteEntry {
  const whose = menu.kind === 'server' ? menu.serverId : menu.kind === 'group' ? menu.groupId : 'perch';
  return {
    id: `${menu.kind} ${whose} ${id}`,
    label: name === '' ? label : say('palette.of', { action: label, name }),
    short: label,
    hint,
    icon,
    isChecked,
    choice: { kind: 'menu', menu, item: id },
    words: otherWords(id),
  };
}
