import { expect, it } from 'vitest';
import { hasDarkBar } from './dark-bars.js';

it.each(['XFCE', 'ubuntu:GNOME', 'GNOME-Classic:GNOME', 'X-Cinnamon', 'Budgie:GNOME', 'sway'])(
  'the bar of %s is dark in a light theme too',
  (desktop) => {
    expect(hasDarkBar(desktop, false)).toBe(true);
  },
);

it.each(['KDE', 'MATE', 'LXQt', ''])('the bar of %s is as the theme of the windows', (desktop) => {
  expect(hasDarkBar(desktop, false)).toBe(false);
  expect(hasDarkBar(desktop, true)).toBe(true);
});
