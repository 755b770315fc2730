/** Key combinations for the global shortcut in Electron's form: `Ctrl+Alt+P`. Pure. */

export const modifiers = ['Ctrl', 'Alt', 'Shift', 'Super'] as const;
export type Modifier = (typeof modifiers)[number];

/** The fields of a keyboard event that form a combination. */
export interface PressedKeys {
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  readonly code: string;
}

/** `KeyboardEvent.code` -> Electron's key name. Letters, digits and function keys are not listed. */
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

/** The pressed combination; null if it is incomplete or not allowed as a global shortcut. */
export function acceleratorOf(keys: PressedKeys): string | null {
  const key = keyOf(keys.code);
  if (key === null) return null;
  const held = { Ctrl: keys.ctrlKey, Alt: keys.altKey, Shift: keys.shiftKey, Super: keys.metaKey };
  const text = [...modifiers.filter((modifier) => held[modifier]), key].join('+');
  return isAccelerator(text) ? text : null;
}

/** Whether a combination may be a global shortcut. A key alone or with Shift may not: it is needed for typing. */
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
