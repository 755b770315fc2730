import type { InputEvent } from 'electron';

const presses: ReadonlySet<InputEvent['type']> = new Set([
  ...(['mouseDown', 'mouseUp', 'keyDown', 'rawKeyDown', 'keyUp'] as const),
  ...(['touchStart', 'touchEnd', 'pointerDown', 'pointerUp', 'gestureTap'] as const),
]);

/** True for a press or a release. Movement, the wheel and key repeat do not count. */
export function isPress({ type, modifiers = [] }: Pick<InputEvent, 'type' | 'modifiers'>): boolean {
  // Electron uses both spellings.
  return presses.has(type) && !modifiers.some((name) => name.toLowerCase() === 'isautorepeat');
}
