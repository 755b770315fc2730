/** The sheet of shortcuts against the sources: every handled key is in the sheet or listed here with a reason. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commonEntries, helpEntries } from '../palette/palette-entries.js';
import { firstKeyOf, keysOf, sections, type Shortcut, type ShortcutId } from './shortcuts.js';

const root = resolve(import.meta.dirname, '../..');
const all: readonly (Shortcut & { readonly id: ShortcutId })[] = Object.values(sections).flat();

interface Heard {
  readonly sheet: readonly ShortcutId[];
  /** Keys that are standard for this kind of control. */
  readonly usual?: readonly string[];
}

const files: Readonly<Record<string, Heard>> = {
  'console/command/command-line.svelte': { sheet: ['sent', 'history'], usual: ['Enter', 'Escape'] },
  'console/console-pane.svelte': { sheet: ['step'] },
  'console/console-tools.ts': { sheet: ['find', 'save', 'clear', 'times', 'wrap'] },
  'console/search/search-bar.svelte': {
    sheet: ['match-next', 'match-previous', 'match-case', 'match-expression', 'match-close'],
  },
  'ui/keyboard/row-target.ts': {
    sheet: ['extend', 'ends'],
    usual: ['PageDown', 'PageUp'],
  },
  'ui/menus/menu.ts': { sheet: ['row-menu'], usual: ['ContextMenu'] },
  'ui/menus/row-with-menu.svelte.ts': { sheet: ['delete-row'] },
  'ui/menus/picker.svelte': {
    sheet: ['forget', 'actions'],
    usual: ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter', 'Backspace'],
  },
  'ui/controls/search-field.svelte': { sheet: ['search'], usual: ['Escape', 'ArrowDown', 'Enter'] },
  'views/fleet/fleet-grid.svelte': {
    sheet: ['row-buttons', 'fold-group', 'open', 'select'],
    usual: ['ArrowDown'],
  },
  'views/fleet/head-keys.ts': { sheet: ['column', 'column-size', 'column-move'] },
  'views/fleet/fleet-keys.ts': {
    sheet: ['open', 'select', 'extend', 'select-all', 'select-none', 'move', 'fold-group'],
  },
  'views/keys/window-keys.svelte': {
    sheet: [
      'start',
      'stop',
      'restart',
      'sheet',
      'next',
      'previous',
      'back',
      'forward',
      'sidebar',
      'settings',
      'leave',
    ],
  },
  'views/palette/palette.svelte': { sheet: ['palette'] },
  'views/automation/editor/step-row.svelte': { sheet: ['move', 'delete-row'] },
  'views/automation/week/week-grid.svelte': {
    sheet: ['open'],
    // A grid, as every grid.
    usual: [' ', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'PageDown', 'PageUp'],
  },
  'views/people/matrix-grid.svelte': { sheet: ['open', 'delete-row'], usual: [' '] },
  'views/server/schedules/schedule-row.svelte': { sheet: ['delete-row'] },
  'views/server/network/allocation-row.svelte': { sheet: ['delete-row'] },
  'views/server/people/person-row.svelte': { sheet: ['delete-row'] },
  'views/server/editor/text-editor.svelte': { sheet: ['text-form'], usual: ['Escape'] },
  'views/server/files/file-keys.ts': {
    sheet: [
      'open',
      'select',
      'extend',
      'select-all',
      'select-none',
      'file-up',
      'file-rename',
      'file-take',
      'file-delete',
    ],
  },
  'views/server/files/files-grid.svelte': {
    sheet: ['row-buttons', 'open', 'select'],
    usual: ['ArrowLeft'],
  },
  'views/server/files/path-bar.svelte': { sheet: ['file-path'], usual: ['Enter', 'Escape'] },
  'views/server/charts/chart-keys.ts': {
    sheet: ['zoom', 'pan', 'whole', 'cross-hair', 'cross-leave'],
    // On layouts where these keys type + and -.
    usual: ['=', '_'],
  },
  'views/server/charts/usage-series.ts': { sheet: ['cross-hair', 'cross-page', 'cross-ends'] },
  'views/sidebar/section-keys.ts': { sheet: ['move'] },
  'views/sidebar/sidebar-edge.svelte': { sheet: ['edge', 'edge-ends', 'edge-rail'] },
  'views/sidebar/sidebar-section.svelte': { sheet: ['fold', 'move'] },
  'views/sidebar/sidebar-server.svelte': { sheet: ['fold', 'move'] },
};

/** Files whose keys are no shortcuts, with the reason. */
const noShortcuts: Readonly<Record<string, string>> = {
  'views/server/network/note-editor.svelte': 'saves a field, or gives the typed text up',
  'views/settings/shared-logs.svelte': 'saves a field, or gives the typed text up',
  'console/command/command-picker.svelte': 'Esc closes what lies over the window',
  'console/command/snippets-dialog.svelte': 'a dialog: its rows say their keys',
  'console/terminal/terminal-view.svelte.ts': 'a text that scrolls and is copied as any',
  'ui/keyboard/arrow-keys.ts': 'a list',
  'ui/keyboard/type-ahead.ts': 'letters that find a row of a list',
  'ui/controls/field.svelte': 'a field that is emptied, and says so',
  'ui/virtual-list/follow-pointer.ts': 'Esc ends what the pointer drags',
  'ui/keyboard/key-names.ts':
    'names of keys; that which saves stands in the sheet for the form and the console',
  'ui/menus/menu.svelte': 'a menu',
  'ui/controls/number-box.svelte': 'a field of a number',
  'ui/controls/tabs.svelte': 'tabs',
  'views/automation/week/week-details.svelte': 'Esc closes the list, as its button',
  'views/fleet/bulk-question.svelte': 'Enter in a field of a question',
  'views/fleet/pause-field.svelte': 'Enter in a field, which says so',
  'views/people/grid-place.ts': 'a grid, as every grid',
  'views/popover/popover.svelte': 'another window, whose field shows its key',
  'views/server/backups/copy-view.svelte': 'a list of files: Backspace leads up, Esc back, as its buttons',
  'views/server/charts/event-marks.svelte': 'a list',
  'views/server/editor/forms/undo-keys.ts': 'undo and redo, as in every text',
  'views/server/files/found-files.svelte': 'Esc ends the search, as its button',
  'views/server/players/watched-players.svelte': 'Enter in a field, as its button',
  'views/server/settings/watched-files-section.svelte': 'Enter in a field, which says so',
  'views/server/typed-name.svelte': 'Enter in a field of a question',
  'views/server/startup/variables-list.svelte': 'a field of a search',
  'views/settings/settings-view.svelte': 'Esc empties the search',
  'views/settings/shortcut-field.svelte': 'a field that records keys, and says how it ends',
};

/** Shortcuts that no key handler of the windows names, with the place that handles them. */
const elsewhere: Readonly<Partial<Record<ShortcutId, string>>> = {
  size: 'main/shell/windows/zoom.ts and mac-menu.ts',
  'text-tab': 'the keymap of CodeMirror in the editor',
  snippets: 'a character at the beginning of the command line',
};

const key =
  /\bkey(?:\.toLowerCase\(\))? [!=]== '([^']+)'|\bcode === 'Key(\w)'|\bcase '(Arrow\w+|Page(?:Up|Down)|Home|End|Enter|Escape|Delete|Tab|[^\w\s']|\d)':|\b(Arrow(?:Up|Down|Left|Right)|Page(?:Up|Down)): |\? '(Arrow\w+)' : '(Arrow\w+)'/g;
/** Handlers that return early when one of these modifiers is pressed. */
const guard = /^.*(?:shift|alt|ctrl|meta)Key.*\breturn(?: null| false)?;$/gm;
/** Modifiers that are required, not excluded. */
const modifier = /(?<![!\w]|!event\.)\b(shift|alt)Key(?= (?:&&|\?|\|\|)|\))/g;

function heardIn(text: string): readonly string[] {
  const keys = [...text.matchAll(key)].flatMap(([, ...names]) => names.filter((name) => name !== undefined));
  // Modifiers of a click are no shortcuts.
  const modifiers =
    keys.length === 0
      ? []
      : [...text.replaceAll(guard, '').matchAll(modifier)].map(([, name]) => `${name ?? ''} held`);
  return [...new Set([...keys.map(plain), ...modifiers])];
}

/** Upper and lower case of a letter are the same key. */
function plain(name: string): string {
  return name.length === 1 ? name.toLowerCase() : name;
}

const named: Readonly<Record<string, string>> = {
  Esc: 'Escape',
  Space: ' ',
  Shift: 'shift held',
  Alt: 'alt held',
};

function partsOf(id: ShortcutId): readonly string[] {
  const shortcut = all.find((one) => one.id === id);
  return [...(shortcut?.keys ?? []), ...(shortcut?.onMac ?? [])]
    .flatMap((keys) => keys.split(/(?<=[^+])\+/))
    .map((name) => named[name] ?? plain(name));
}

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:ts|svelte)$/.test(file) && !file.endsWith('.spec.ts'))
  .map((file) => ({
    file: file.replaceAll('\\', '/'),
    heard: heardIn(readFileSync(join(root, file), 'utf8')),
  }))
  .filter(({ heard }) => heard.length > 0);

describe('the sheet of shortcuts', () => {
  it('is compared with every file that handles keys', () => {
    const told = [...Object.keys(files), ...Object.keys(noShortcuts)];
    expect(told.toSorted()).toEqual(sources.map(({ file }) => file).toSorted());
  });

  it.each(Object.entries(files))('has the keys of %s', (file, { sheet, usual = [] }) => {
    const heard = sources.find((one) => one.file === file)?.heard ?? [];
    const shown = new Set(sheet.flatMap(partsOf));
    expect(heard.filter((part) => !shown.has(part)).toSorted()).toEqual(usual.toSorted());
  });

  it('has no shortcut without a handler', () => {
    const heardOf = new Set([
      ...Object.values(files).flatMap(({ sheet }) => sheet),
      ...Object.keys(elsewhere),
    ]);
    expect(all.filter(({ id }) => !heardOf.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it("has each combination of a section once, except at the sidebar's edge and on a group's title", () => {
    for (const [name, rows] of Object.entries<readonly Shortcut[]>(sections)) {
      const keys = rows
        .filter(({ id }) => id !== 'edge' && id !== 'fold-group')
        .flatMap((shortcut) => keysOf(shortcut, false));
      expect(new Set(keys).size, name).toBe(keys.length);
    }
  });

  it('distinguishes a new shortcut of a file from a known shortcut', () => {
    expect(heardIn("if (event.altKey && event.key === 'Q') act();")).toEqual(['q', 'alt held']);
    expect(heardIn("if (event.altKey) return;\nif (key === 'Home') act();")).toEqual(['Home']);
    expect(partsOf('match-previous')).toEqual(['shift held', 'Enter']);
    expect(partsOf('size')).toContain('+');
  });
});

describe('the commands of the palette', () => {
  /** Shortcuts without a palette command, or with another name there. */
  const noCommands: readonly ShortcutId[] = [
    'palette',
    'actions',
    'search',
    'previous',
    'back',
    'forward',
    'size',
    'row-menu',
  ];

  it('have their shortcut beside them, if any', () => {
    const beside = Object.fromEntries(
      commonEntries().flatMap(({ choice, keys }) => (keys === undefined ? [] : [[choice.kind, keys]])),
    );
    expect(beside).toEqual({
      next: firstKeyOf('next'),
      go: firstKeyOf('settings'),
      keys: firstKeyOf('sheet'),
      sidebar: firstKeyOf('sidebar'),
    });
    const ids = sections.everywhere.map(({ id }) => id);
    expect(ids.filter((id) => !noCommands.includes(id))).toHaveLength(Object.keys(beside).length);
    expect(helpEntries().every(({ keys }) => keys !== undefined)).toBe(true);
  });
});
