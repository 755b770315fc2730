/** Contrast of all colour pairs; a picture shows only the pairs that happen to be in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { colourOf, contrast } from '../../tests/support/contrast.js';

const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** WCAG level AA: minimum for text, and for the visible parts of controls. */
const leastOfText = 4.5;
const leastOfShapes = 3;

const written = new Map(
  [
    ...readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8').matchAll(
      /^ {2}--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\);$/gm,
    ),
  ].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]),
);

function of(name: string, theme: Theme): ReturnType<typeof colourOf> {
  const both = written.get(name);
  if (both === undefined) throw new Error(`tokens.css has no colour --${name}.`);
  return colourOf(both[theme]);
}

/** Colours of `fore` with too little contrast to a background, with their contrast. */
function tooNear(fore: readonly string[], grounds: readonly string[], least: number): string[] {
  return themes.flatMap((theme) =>
    fore.flatMap((name) =>
      grounds.flatMap((ground) => {
        const apart = contrast(of(name, theme), of(ground, theme));
        return apart >= least ? [] : [`${theme}: --${name} on --${ground} ${apart.toFixed(2)}`];
      }),
    ),
  );
}

const surfaces = ['side', '', 'raised', 'hover', 'selected', 'control', 'sunken'].map((name) =>
  name === '' ? 'surface' : `surface-${name}`,
);
const tinted = ['accent-soft', 'error-soft', 'warn-soft'];
const states = ['running', 'busy', 'crashed', 'installing', 'suspended', 'offline', 'unknown'];

describe('the colours', () => {
  it('of text are readable on every surface', () => {
    const texts = ['text', 'text-soft', 'text-faint', 'accent', 'state-crashed'];
    expect(tooNear(texts, [...surfaces, ...tinted], leastOfText)).toEqual([]);
    expect(tooNear(['on-accent'], ['accent', 'accent-strong'], leastOfText)).toEqual([]);
    expect(tooNear(['on-danger'], ['danger', 'danger-strong'], leastOfText)).toEqual([]);
  });

  it('of states stand out on every surface', () => {
    const marks = states.map((state) => `state-${state}`);
    expect(tooNear(marks, [...surfaces, ...tinted], leastOfShapes)).toEqual([]);
  });

  it('of input frames and the focus ring stand out from their surroundings', () => {
    const around = ['surface-side', 'surface', 'surface-raised', 'surface-sunken', 'surface-control'];
    expect(tooNear(['line-control'], around, leastOfShapes)).toEqual([]);
    expect(tooNear(['accent'], [...surfaces, ...tinted], leastOfShapes)).toEqual([]);
  });

  it('of chart lines stand out from their background', () => {
    expect(tooNear(['accent', 'chart-second', 'chart-limit'], ['surface-raised'], leastOfShapes)).toEqual([]);
  });
});
