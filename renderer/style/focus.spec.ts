/** The focus ring is defined in one place, so that it looks and behaves the same in all views. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const ring = /^\s*outline(?:-\w+)?:|box-shadow:[^;]*--accent-soft|prefers-reduced-motion/m;

const withStyle = (pattern: RegExp): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:svelte|css)$/.test(file))
    .filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));

describe('the ring of the focus, and rest where the desktop asks for it', () => {
  it('are in base.css only', () => {
    const found = withStyle(ring);
    expect(found).toEqual([join('style', 'base.css')]);
  });
});

describe('figures that are old', () => {
  it('are dimmed, and as upright as the others', () => {
    expect(withStyle(/font-style:\s*(?:italic|oblique)/)).toEqual([]);
  });
});
