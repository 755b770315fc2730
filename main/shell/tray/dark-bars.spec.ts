import { expect, it } from 'vitest';
import { hasDarkBar, isXfce } from './dark-bars.js';

it.each(['XFCE', 'ubuntu:GNOME', 'GNOME-Classic:GNOME', 'X-Cinnamon', 'Budgie:GNOME', 'sway'])(
  'the bar of %s is dark in a light theme too',
  (desktop) => {
    expect(hasDarkBar(desktop, false)).toBe(true);
  },
);

it.each(['KDE', 'MATE', 'LXQt', ''])('the bar of %s follows the theme of the windows', (desktop) => {
  expect(hasDarkBar(desktop, false)).toBe(false);
  expect(hasDarkBar(desktop, true)).toBe(true);
});

it("the setting of XFCE's panel wins over the usual colour", () => {
  expect(hasDarkBar('XFCE', false, false)).toBe(false);
  expect(hasDarkBar('XFCE', false, true)).toBe(true);
  expect(hasDarkBar('XFCE', true, false)).toBe(true);
});

it.each([
  ['XFCE', true],
  ['xubuntu:XFCE', true],
  ['GNOME', false],
  ['', false],
])('whether %j is XFCE', (desktop, is) => {
  expect(isXfce(desktop)).toBe(is);
});
