/** Colours and font of the terminal, read from the window's custom properties. */
import type { ITheme } from '@xterm/xterm';
import { readColours } from '../../ui/drawings/read-colours.js';

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** Theme for xterm. `host` must be in the document: its theme decides between light and dark. */
export function readTerminalTheme(host: HTMLElement): ITheme {
  const properties: Record<string, string> = {
    background: '--surface-sunken',
    foreground: '--text',
    cursor: '--surface-sunken',
    selectionBackground: '--term-selection',
    scrollbarSliderBackground: '--line-strong',
    scrollbarSliderHoverBackground: '--text-faint',
    scrollbarSliderActiveBackground: '--text-faint',
  };
  for (const name of names) {
    properties[name] = `--term-${name}`;
    properties[`bright${name.charAt(0).toUpperCase()}${name.slice(1)}`] = `--term-bright-${name}`;
  }
  return readColours(host, properties);
}

/** Search-match colours in xterm's format (`#rrggbb`). */
export interface MatchColours {
  readonly match: string;
  readonly current: string;
  readonly onCurrent: string;
}

export function readMatchColours(host: HTMLElement): MatchColours {
  const { match, current, onCurrent } = readColours(host, {
    match: '--term-match',
    current: '--term-match-current',
    onCurrent: '--term-on-match-current',
  });
  return { match: hexColour(match), current: hexColour(current), onCurrent: hexColour(onCurrent) };
}

/** `rgb(255, 0, 10)` as `#ff000a`. */
function hexColour(rgb: string): string {
  const parts = rgb.match(/\d+/g)?.slice(0, 3) ?? [];
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}

/** In pixels. */
export const fontSize = 12.5;

/** Width of this many terminal columns in `host`, in pixels. */
export function widthOfColumns(host: HTMLElement, columns: number): number {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) return Infinity;
  context.font = `${fontSize}px ${readMonoFont(host)}`;
  return Math.ceil(context.measureText('W').width * columns);
}

export function readMonoFont(host: HTMLElement): string {
  return getComputedStyle(host).getPropertyValue('--mono').trim();
}
