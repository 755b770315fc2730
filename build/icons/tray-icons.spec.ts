/** Readability of the committed tray icons, on the panel that each is drawn for and on any other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { colourOf, contrast, type Colour } from '../../tests/support/contrast.js';
import { decodePng, type Picture } from '../../tests/support/decode-png.js';
import { palettes, trayStates } from './drawings.mjs';

/** Desktop panels, light and dark; GNOME's is black in its light theme too (PLATFORM "Tray" 8). */
const panels = {
  black: '#000000',
  white: '#ffffff',
  'GNOME, dark': '#242424',
  'GNOME, light': '#fafafa',
  'KDE Breeze, dark': '#31363b',
  'KDE Breeze, light': '#eff0f1',
  'Windows 10, dark': '#101010',
  'Windows 10, light': '#eeeeee',
  'Windows 11, dark': '#202020',
  'Windows 11, light': '#f3f3f3',
};
const least = 3;
/** Between two dashes of `unknown` a pixel may be far from both. */
const leastShare = 0.95;

function alphaAt({ width, height, rgba }: Picture, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : (rgba[(y * width + x) * 4 + 3] ?? 0);
}

/** Colour of a pixel on a panel. */
function seenAt(picture: Picture, x: number, y: number, panel: Colour): Colour {
  const share = alphaAt(picture, x, y) / 255;
  const at = (y * picture.width + x) * 4;
  const mixed = (part: 0 | 1 | 2): number =>
    panel[part] * (1 - share) + (picture.rgba[at + part] ?? 0) * share;
  return [mixed(0), mixed(1), mixed(2)];
}

/** Pixels at the edge of the drawing. */
function outlineOf(picture: Picture): [number, number][] {
  const isDrawn = (x: number, y: number): boolean => alphaAt(picture, x, y) >= 128;
  const all = Array.from({ length: picture.width * picture.height }, (_, at): [number, number] => [
    at % picture.width,
    Math.floor(at / picture.width),
  ]);
  return all.filter(
    ([x, y]) =>
      isDrawn(x, y) &&
      ![
        [x - 1, y],
        [x + 1, y],
        [x, y - 1],
        [x, y + 1],
      ].every(([nextX = 0, nextY = 0]) => isDrawn(nextX, nextY)),
  );
}

/** Share of the outline that is visible: some pixel within `reach` px stands out from the panel. */
function seenOutline(picture: Picture, panel: Colour, reach: number): number {
  const outline = outlineOf(picture);
  const steps = Array.from({ length: 2 * reach + 1 }, (_, at) => at - reach);
  const isSeen = ([x, y]: [number, number]): boolean =>
    steps.some((right) =>
      steps.some(
        (down) =>
          alphaAt(picture, x + right, y + down) > 0 &&
          contrast(seenAt(picture, x + right, y + down, panel), panel) >= least,
      ),
    );
  return outline.filter(isSeen).length / outline.length;
}

const file = (name: string): Picture => decodePng(readFileSync(join(import.meta.dirname, name)));
const pictures = trayStates.flatMap((state) =>
  (['light', 'dark'] as const).flatMap((variant) => [
    [`tray-${state}-${variant}.png`, 2] as const,
    [`tray-${state}-${variant}@2x.png`, 4] as const,
  ]),
);

describe.each(Object.entries(panels))('on a panel that is %s', (_name, hex) => {
  it.each(pictures)('the outline of %s is seen', (name, reach) => {
    expect(seenOutline(file(name), colourOf(hex), reach)).toBeGreaterThanOrEqual(leastShare);
  });
});

it.each(['light', 'dark'] as const)('the colours for a %s panel stand out from their halo', (variant) => {
  const { halo, ...colours } = palettes[variant];
  for (const colour of Object.values(colours))
    expect(contrast(colourOf(colour), colourOf(halo))).toBeGreaterThanOrEqual(least);
});

it.each(trayStates)('the template of %s is black and its alpha, without a halo', (state) => {
  for (const [name, size] of [
    [`tray-${state}Template.png`, 16],
    [`tray-${state}Template@2x.png`, 32],
  ] as const) {
    const { width, height, rgba } = file(name);
    expect([width, height]).toEqual([size, size]);
    const colours = rgba.filter((_, at) => at % 4 !== 3);
    expect(colours.every((part) => part === 0)).toBe(true);
    expect(rgba.some((part, at) => at % 4 === 3 && part === 0)).toBe(true);
  }
});

it('every state has a picture, and no other picture exists', () => {
  const names = readdirSync(import.meta.dirname).flatMap((name) => /^tray-([a-z]+)/.exec(name)?.[1] ?? []);
  expect([...new Set(names)].filter((name) => name !== 'icons').sort()).toEqual([...trayStates].sort());
});
