import { modifiers, type Modifier } from '../../../bridge/settings/accelerator.js';
import { say } from '../../../messages/messages.js';

/** `Ctrl+Alt+P` as it is written on the keys of this language: `Ctrl Alt P`. */
export function keyWords(accelerator: string): string {
  return accelerator
    .split('+')
    .map((key) => (isModifier(key) ? say(`system.key-${key}`) : key))
    .join(' + ');
}

function isModifier(key: string): key is Modifier {
  return modifiers.some((modifier) => modifier === key);
}
