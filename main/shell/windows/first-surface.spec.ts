import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstSurface, surface } from './first-surface.js';

const never = (): string => {
  throw new Error('The system was asked although it forces no colours.');
};

describe('a window before the first picture of its page', () => {
  it("has the pages' colours, light and dark", () => {
    const tokens = readFileSync(resolve(import.meta.dirname, '../../../renderer/style/tokens.css'), 'utf8');
    expect(tokens).toContain(`--surface: light-dark(${surface.light}, ${surface.dark});`);
    const colours = { shouldUseDarkColors: false, inForcedColorsMode: false };
    expect(firstSurface(colours, never)).toBe(surface.light);
    expect(firstSurface({ ...colours, shouldUseDarkColors: true }, never)).toBe(surface.dark);
  });

  it("has the system's colours in a forced-colours mode", () => {
    for (const shouldUseDarkColors of [false, true]) {
      const colours = { shouldUseDarkColors, inForcedColorsMode: true };
      expect(firstSurface(colours, () => '#2d3236ff')).toBe('#2d3236');
    }
  });
});
