import type { InputEvent } from 'electron';

const presses: ReadonlySet<InputEvent['type']> = new Set([
  ...(['mouseDown', 'mouseUp', 'keyDown', 'rawKeyDown', 'keyUp'] as const),
  ...(['touchStart', 'touchEnd', 'pointerDown', 'pointerUp', 'gestureTap'] as const),
]);

/** Whether an input presses something or lets it go; movement, the wheel and a key that is held do not. */
export function isPress({ type, modifiers = [] }: Pick<InputEvent, 'type' | 'modifiers'>): boolean {
  // Electron writes it in either case.
  return presses.has(type) && !modifiers.some((name) => name.toLowerCase() === 'isautorepeat');
}
