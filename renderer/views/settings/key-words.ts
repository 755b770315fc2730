import { modifiers, type Modifier } from '../../../bridge/settings/accelerator.js';
import { say } from '../../../messages/messages.js';

/** Shortcut with key names of the user's language: `Ctrl + Alt + P` for `Ctrl+Alt+P`. */
export function keyWords(accelerator: string): string {
  return accelerator
    .split('+')
    .map((key) => (isModifier(key) ? say(`system.key-${key}`) : key))
    .join(' + ');
}

function isModifier(key: string): key is Modifier {
  return modifiers.some((modifier) => modifier === key);
}
