/**
 * All keys of the main window, once: for the sheet that shows them, and for whatever names one beside a command. What hears
 * a key is compared with it in `shortcuts.spec.ts`.
 */

export interface Shortcut {
  /** `keys.<id>` of the message files says what it does. */
  readonly id: ShortcutId;
  /** Several ways to the same: `Control+K`, as `ui/keyboard/key-names.ts` reads them. */
  readonly keys: readonly string[];
  /** What a Mac has instead. */
  readonly onMac?: readonly string[];
}

export const sections = {
  everywhere: [
    { id: 'palette', keys: ['Control+K'] },
    { id: 'actions', keys: ['Tab'] },
    { id: 'search', keys: ['/', 'Control+F'] },
    { id: 'sheet', keys: ['?', 'F1'] },
    { id: 'next', keys: ['F8'] },
    { id: 'previous', keys: ['Shift+F8'] },
    { id: 'back', keys: ['Alt+ArrowLeft'], onMac: ['Control+['] },
    { id: 'forward', keys: ['Alt+ArrowRight'], onMac: ['Control+]'] },
    { id: 'sidebar', keys: ['Control+B'] },
    { id: 'settings', keys: ['Control+,'] },
    { id: 'size', keys: ['Control++', 'Control+-', 'Control+0'] },
    { id: 'row-menu', keys: ['Shift+F10'] },
  ],
  servers: [
    { id: 'open', keys: ['Enter'] },
    { id: 'select', keys: ['Space'] },
    { id: 'extend', keys: ['Shift+ArrowUp', 'Shift+ArrowDown'] },
    { id: 'ends', keys: ['Home', 'End'] },
    { id: 'select-all', keys: ['Control+A'] },
    { id: 'select-none', keys: ['Esc'] },
    { id: 'move', keys: ['Alt+ArrowUp', 'Alt+ArrowDown'] },
    { id: 'row-buttons', keys: ['ArrowRight'] },
    { id: 'fold-group', keys: ['ArrowLeft', 'ArrowRight'] },
  ],
  head: [
    { id: 'column', keys: ['ArrowLeft', 'ArrowRight'] },
    { id: 'column-size', keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'] },
    { id: 'column-move', keys: ['Alt+ArrowLeft', 'Alt+ArrowRight'] },
  ],
  sidebar: [
    { id: 'fold', keys: ['ArrowLeft', 'ArrowRight'] },
    { id: 'edge', keys: ['ArrowLeft', 'ArrowRight'] },
    { id: 'edge-ends', keys: ['Home', 'End'] },
    { id: 'edge-rail', keys: ['Enter'] },
  ],
  server: [
    { id: 'start', keys: ['Control+Shift+S'] },
    { id: 'stop', keys: ['Control+Shift+X'] },
    { id: 'restart', keys: ['Control+Shift+R'] },
    { id: 'leave', keys: ['Esc'] },
    { id: 'step', keys: ['F6'] },
    { id: 'find', keys: ['Control+F'] },
    { id: 'save', keys: ['Control+S'] },
    { id: 'clear', keys: ['Control+L'] },
    { id: 'times', keys: ['Alt+T'] },
    { id: 'wrap', keys: ['Alt+Z'] },
  ],
  found: [
    { id: 'match-next', keys: ['Enter'] },
    { id: 'match-previous', keys: ['Shift+Enter'] },
    { id: 'match-case', keys: ['Alt+C'] },
    { id: 'match-expression', keys: ['Alt+R'] },
    { id: 'match-close', keys: ['Esc'] },
  ],
  command: [
    { id: 'sent', keys: ['ArrowUp', 'ArrowDown'] },
    { id: 'history', keys: ['Control+R'] },
    { id: 'forget', keys: ['Shift+Delete'] },
    { id: 'snippets', keys: ['!'] },
  ],
  charts: [
    { id: 'cross-hair', keys: ['ArrowLeft', 'ArrowRight'] },
    { id: 'cross-page', keys: ['PageUp', 'PageDown'] },
    { id: 'cross-ends', keys: ['Home', 'End'] },
    { id: 'cross-leave', keys: ['Esc'] },
    { id: 'zoom', keys: ['+', '-'] },
    { id: 'pan', keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'] },
    { id: 'whole', keys: ['0'] },
  ],
} as const satisfies Record<string, readonly (Omit<Shortcut, 'id'> & { readonly id: string })[]>;

type SectionName = keyof typeof sections;
export type ShortcutId = (typeof sections)[SectionName][number]['id'];

export const sectionNames = [
  'everywhere',
  'servers',
  'head',
  'sidebar',
  'server',
  'found',
  'command',
  'charts',
] as const;

/** The keys of a shortcut on this computer. */
export function keysOf({ keys, onMac }: Omit<Shortcut, 'id'>, isMac: boolean): readonly string[] {
  return isMac ? (onMac ?? keys) : keys;
}

/** The first of its keys, to stand beside a command that does the same; a Mac has no others for these. */
export function keyOf(id: 'next' | 'settings' | 'sheet' | 'sidebar'): string {
  const found: Shortcut | undefined = sections.everywhere.find((shortcut) => shortcut.id === id);
  return found?.keys[0] ?? '';
}
