/**
 * All shortcuts of the main window, for the sheet and for hints beside commands. `shortcuts.spec.ts` compares them
 * with the key handlers.
 */

export interface Shortcut {
  /** `keys.<id>` in the message files is the description. */
  readonly id: ShortcutId;
  /** Alternatives such as `Control+K`, in the format of `ui/keyboard/key-names.ts`. */
  readonly keys: readonly string[];
  /** Keys on a Mac, if different. */
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
    { id: 'delete-row', keys: ['Delete'] },
  ],
  files: [
    { id: 'file-up', keys: ['Backspace'] },
    { id: 'file-path', keys: ['Control+L'] },
    { id: 'file-rename', keys: ['F2'] },
    { id: 'file-take', keys: ['Control+X', 'Control+C', 'Control+V'] },
    { id: 'file-delete', keys: ['Delete'] },
    { id: 'text-form', keys: ['F6'] },
    { id: 'text-tab', keys: ['Control+M'], onMac: ['Shift+Alt+M'] },
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
  'files',
  'found',
  'command',
  'charts',
] as const;

/** Keys of a shortcut on this platform. */
export function keysOf({ keys, onMac }: Omit<Shortcut, 'id'>, isMac: boolean): readonly string[] {
  return isMac ? (onMac ?? keys) : keys;
}

/** First key of a shortcut, for a hint beside a command. These shortcuts are the same on a Mac. */
export function firstKeyOf(id: 'next' | 'settings' | 'sheet' | 'sidebar'): string {
  const found: Shortcut | undefined = sections.everywhere.find((shortcut) => shortcut.id === id);
  return found?.keys[0] ?? '';
}
