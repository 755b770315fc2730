import fc from 'fast-check';
import { basename, win32 } from 'node:path';
import { expect, it } from 'vitest';
import { safeFileName } from './safe-file-name.js';

const named = (name: string, number = 1): string =>
  safeFileName(name, { ending: '.tar.gz', other: 'Backup', number });

it.each([
  ['Nightly', 'Nightly.tar.gz'],
  ['../../etc/passwd', 'etc passwd.tar.gz'],
  ['..\\..\\Windows\\win.ini', 'Windows win.ini.tar.gz'],
  ['C:/temp', 'C temp.tar.gz'],
  ['.bashrc', 'bashrc.tar.gz'],
  ['dots. . .', 'dots.tar.gz'],
  ['CON', '_CON.tar.gz'],
  ['nul .txt', '_nul .txt.tar.gz'],
  ['com\u00b9', '_com\u00b9.tar.gz'],
  ['LPT9.old', '_LPT9.old.tar.gz'],
  ['console', 'console.tar.gz'],
  ['two\nlines\u0000\u0007', 'two lines.tar.gz'],
  ['gpj.\u202eexe', 'gpj.exe.tar.gz'],
  ['\ud800half', 'half.tar.gz'],
  ['', 'Backup.tar.gz'],
  ['...', 'Backup.tar.gz'],
  ['\u200b\u3164', 'Backup.tar.gz'],
  ['?*', 'Backup.tar.gz'],
  ['Wöchentlich 自動', 'Wöchentlich 自動.tar.gz'],
])('%j becomes %j', (name, file) => {
  expect(named(name)).toBe(file);
});

it('a number distinguishes files of the same name', () => {
  expect(named('Nightly', 2)).toBe('Nightly (2).tar.gz');
});

it('a long name keeps its ending and number, and is cut between characters', () => {
  const long = named('ä'.repeat(300), 12);
  expect(long).toMatch(/^ä+ \(12\)\.tar\.gz$/);
  expect(Buffer.byteLength(long)).toBe(254);
});

it('no name leaves its folder or breaks a rule of a file system', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.integer({ min: 1, max: 9999 }),
      (name, number) => {
        const file = named(name, number);
        expect(basename(file)).toBe(file);
        expect(win32.basename(file)).toBe(file);
        expect(file).toMatch(/^[^\s.][^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*\.tar\.gz$/u);
        expect(Buffer.byteLength(file)).toBeLessThanOrEqual(255);
        expect(file).toBe(Buffer.from(file).toString());
      },
    ),
    { numRuns: 2000, seed: 20 },
  );
});
