import { expect, it } from 'vitest';
import { stillRunningNotice } from './still-running-notice.js';

const screens = [{ x: 0, y: 0, width: 1440, height: 900 }];

it.each([
  ['linux', null, 'Click its tray icon to open it.'],
  ['win32', { x: 1300, y: 860, width: 24, height: 24 }, 'arrow'],
  ['darwin', { x: 1200, y: 0, width: 24, height: 24 }, 'Click its icon in the menu bar to open it.'],
  ['darwin', { x: 0, y: 0, width: 0, height: 0 }, 'System Settings'],
  ['darwin', { x: -500, y: 0, width: 24, height: 24 }, 'System Settings'],
  ['darwin', { x: 700, y: -40, width: 24, height: 24 }, 'System Settings'],
  ['darwin', null, 'System Settings'],
] as const)('on %s, with the icon at %j: %s', (platform, icon, words) => {
  const { title, body } = stillRunningNotice({ platform, icon, screens });
  expect(title).toBe('Perch is still running');
  expect(body).toContain(words);
});
