import { render } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { games } from '../../../bridge/panel/games.js';
import GameIcon from './game-icon.svelte';

const drawn = (container: HTMLElement): SVGElement | null => container.querySelector('svg');

describe('the drawing of a game', () => {
  it.each(games)('%s is one path that begins with an absolute point, within its square', (game) => {
    const path = drawn(render(GameIcon, { game }).container)?.querySelector('path')?.getAttribute('d') ?? '';
    expect(path).toMatch(/^M[\d., a-zA-Z-]+$/);
    for (const [, x, y] of path.matchAll(/M([\d.]+) ([\d.]+)/g)) {
      expect(Math.max(Number(x), Number(y))).toBeLessThanOrEqual(23);
    }
  });

  it('differs from all others', () => {
    const paths = games.map((game) => drawn(render(GameIcon, { game }).container)?.innerHTML);
    expect(new Set(paths).size).toBe(games.length);
  });

  it('is empty for an unknown game', () => {
    expect(drawn(render(GameIcon, { game: null }).container)).toBeNull();
    expect(drawn(render(GameIcon, { game: undefined }).container)).toBeNull();
  });

  it('is read aloud only with a name', () => {
    expect(drawn(render(GameIcon, { game: 'rust' }).container)?.getAttribute('aria-hidden')).toBe('true');
    const named = drawn(render(GameIcon, { game: 'rust', label: 'Rust' }).container);
    expect([named?.getAttribute('role'), named?.getAttribute('aria-label')]).toEqual(['img', 'Rust']);
  });
});
