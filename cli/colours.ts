import type { RemoteState } from '../bridge/schema/remote-entities.js';

const codes = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, bold: 1 } as const;
export type Colour = keyof typeof codes;
export type Paint = (text: string, colour: Colour) => string;

/** Paints text if colours are enabled; otherwise returns it unchanged. */
export function painter(hasColours: boolean): Paint {
  return (text, colour) => (hasColours ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text);
}

export const stateColours: Readonly<Record<RemoteState, Colour>> = {
  running: 'green',
  starting: 'yellow',
  stopping: 'yellow',
  offline: 'dim',
  crashed: 'red',
  installing: 'cyan',
  suspended: 'dim',
  unknown: 'dim',
};
