/** Key combinations as the system takes them for a global shortcut: `Ctrl+Alt+P`. Pure. */

export const modifiers = ['Ctrl', 'Alt', 'Shift', 'Super'] as const;
export type Modifier = (typeof modifiers)[number];

/** What a key press in a window says of itself. */
export interface PressedKeys {
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  readonly code: string;
}

/** Keys by the place where they are, but for letters and digits, which name themselves. */
const named: Readonly<Record<string, string>> = {
  Space: 'Space',
  Enter: 'Return',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};
const names = new Set(Object.values(named));

/** The combination that is pressed; null while it is none that may be taken from every other program. */
export function acceleratorOf(keys: PressedKeys): string | null {
  const key = keyOf(keys.code);
  if (key === null) return null;
  const held = { Ctrl: keys.ctrlKey, Alt: keys.altKey, Shift: keys.shiftKey, Super: keys.metaKey };
  const text = [...modifiers.filter((modifier) => held[modifier]), key].join('+');
  return isAccelerator(text) ? text : null;
}

/** A key alone, or with Shift, belongs to whoever types. */
export function isAccelerator(text: string): boolean {
  const parts = text.split('+');
  const key = parts.at(-1) ?? '';
  const held = parts.slice(0, -1);
  const inOrder = modifiers.filter((modifier) => held.includes(modifier));
  const isKey = /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4]))$/.test(key) || names.has(key);
  return isKey && inOrder.join('+') === held.join('+') && inOrder.some((modifier) => modifier !== 'Shift');
}

function keyOf(code: string): string | null {
  const [, letter] = /^(?:Key|Digit)([A-Z0-9])$/.exec(code) ?? [];
  if (letter !== undefined) return letter;
  return /^F\d{1,2}$/.test(code) ? code : (named[code] ?? null);
}
