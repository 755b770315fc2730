/** All keys of the main window, once: for the sheet that shows them, and for whatever names one beside a command. */

export interface Shortcut {
  /** `keys.<id>` of the message files says what it does. */
  readonly id: ShortcutId;
  /** Several ways to the same: `Control+K`, as `ui/key-names.ts` reads them. */
  readonly keys: readonly string[];
  /** What a Mac has instead. */
  readonly onMac?: readonly string[];
}

export const sections = {
  everywhere: [
    { id: 'palette', keys: ['Control+K'] },
    { id: 'search', keys: ['/'] },
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
    { id: 'select-all', keys: ['Control+A'] },
    { id: 'select-none', keys: ['Esc'] },
    { id: 'move', keys: ['Alt+ArrowUp', 'Alt+ArrowDown'] },
    { id: 'row-buttons', keys: ['ArrowRight'] },
  ],
  server: [
    { id: 'leave', keys: ['Esc'] },
    { id: 'step', keys: ['F6'] },
    { id: 'find', keys: ['Control+F'] },
    { id: 'save', keys: ['Control+S'] },
    { id: 'clear', keys: ['Control+L'] },
    { id: 'times', keys: ['Alt+T'] },
    { id: 'wrap', keys: ['Alt+Z'] },
  ],
  command: [
    { id: 'sent', keys: ['ArrowUp', 'ArrowDown'] },
    { id: 'history', keys: ['Control+R'] },
    { id: 'snippets', keys: ['!'] },
  ],
  charts: [
    { id: 'zoom', keys: ['+', '-'] },
    { id: 'pan', keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'] },
    { id: 'whole', keys: ['0'] },
  ],
} as const satisfies Record<string, readonly (Omit<Shortcut, 'id'> & { readonly id: string })[]>;

export type SectionName = keyof typeof sections;
export type ShortcutId = (typeof sections)[SectionName][number]['id'];

export const sectionNames = ['everywhere', 'servers', 'server', 'command', 'charts'] as const;

/** The keys of a shortcut on this computer. */
export function keysOf({ keys, onMac }: Omit<Shortcut, 'id'>, isMac: boolean): readonly string[] {
  return isMac ? (onMac ?? keys) : keys;
}
