import { expect, it, vi } from 'vitest';
import { macMenu } from './mac-menu.js';

it('quits by Perch itself, so that it can ask first', () => {
  const quit = vi.fn();
  const own = macMenu('Perch', quit)[0]?.submenu;
  const entries = Array.isArray(own) ? own : [];
  expect(entries.map(({ role }) => role)).not.toContain('quit');
  expect(entries.at(-1)).toMatchObject({ label: 'Quit Perch', accelerator: 'Command+Q', click: quit });
});
