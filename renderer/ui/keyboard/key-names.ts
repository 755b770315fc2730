/** Names of keys as printed on the user's keyboard. `Control` is the command key on a Mac. */
import { say } from '../../../messages/messages.js';

export function isMac(): boolean {
  return /mac/i.test(navigator.userAgent);
}

/** Command key of the keyboard: `Ctrl` or `⌘`. */
export function commandKey(): string {
  return isMac() ? '⌘' : say('console.ctrl');
}

/** Whether a key press is Ctrl+S (Cmd+S on a Mac), which saves the current form. */
export function isSaveKey(event: KeyboardEvent): boolean {
  const command = isMac() ? event.metaKey : event.ctrlKey;
  return command && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 's';
}

const signs: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};
const onMacs: Readonly<Record<string, string>> = { Alt: '⌥', Shift: '⇧', Delete: '⌫', Backspace: '⌫' };

/** Splits a shortcut into key names: `Control+Shift+K` gives `Ctrl`, `Shift`, `K`. */
export function keyNames(keys: string): string[] {
  // A plus may be a key itself.
  return keys.split(/(?<=[^+])\+/).map(keyName);
}

function keyName(key: string): string {
  const sign = signs[key] ?? (isMac() ? onMacs[key] : undefined);
  if (sign !== undefined) return sign;
  switch (key) {
    case 'Control':
      return commandKey();
    case 'Alt':
    case 'Shift':
      return say(`system.key-${key}`);
    case 'Enter':
    case 'Space':
    case 'Esc':
    case 'Tab':
    case 'Home':
    case 'End':
    case 'PageUp':
    case 'PageDown':
    case 'Delete':
    case 'Backspace':
      return say(`keys.key-${key}`);
    default:
      return key;
  }
}
