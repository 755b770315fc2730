import { describe, expect, it } from 'vitest';
import { desktopEntry, execWord, isSwitchedOff, readDesktopEntry } from './desktop-entry.js';

describe('execWord', () => {
  it.each([
    ['/opt/Perch/perch', '"/opt/Perch/perch"'],
    ['/home/o l/Perch (1).AppImage', '"/home/o l/Perch (1).AppImage"'],
    ['/a"b', String.raw`"/a\\"b"`],
    ['/a$b`c', String.raw`"/a\\$b\\` + '`c"'],
    ['/a\\b', String.raw`"/a\\\\b"`],
    ['/100%f', '"/100%%f"'],
  ])('%s', (word, written) => {
    expect(execWord(word)).toBe(written);
  });
});

describe('isSwitchedOff', () => {
  it.each([
    ['', false],
    ['Hidden=true', true],
    ['Hidden=false', false],
    ['X-GNOME-Autostart-enabled=true', false],
    ['X-GNOME-Autostart-enabled=false', true],
    ['X-MATE-Autostart-enabled=false', true],
    ['[Desktop Action quit]\nHidden=true', false],
    ['# Hidden=true', false],
  ])('%j: %s', (lines, isOff) => {
    expect(isSwitchedOff(readDesktopEntry(`[Desktop Entry]\nType=Application\n${lines}\n`))).toBe(isOff);
  });
});

it('an entry that Perch wrote can be read', () => {
  const fields = { Type: 'Application', Name: 'Perch', Exec: '"/a b" --hidden' };
  expect(readDesktopEntry(desktopEntry(fields))).toEqual(fields);
});
