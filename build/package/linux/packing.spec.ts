import { describe, expect, it } from 'vitest';
import { control } from './deb.mjs';
import { orderOf } from './fpm-arguments.mjs';
import { spec } from './rpm.mjs';

const shared = [
  ...['-s', 'dir', '--force', '-d', 'gtk3', '-d', 'nss | mozilla-nss'],
  ...['--after-install', '/post', '--after-remove', '/gone', '--version', '1.2.0~beta.1', '--name', 'perch'],
  ...['--maintainer', 'Them <them@perch.example>', '--vendor', 'Them', '--url', 'https://perch.example'],
  ...['--license', 'MIT', '/unpacked/=/opt/Perch', 'a=b.png=/usr/share/icons/perch.png'],
];
const deb = orderOf([
  ...['-t', 'deb', '--architecture', 'amd64', '--package', '/dist/perch.deb', '--deb-compression', 'xz'],
  ...['--category', 'utils', '--deb-recommends', 'libgl1', '--description', 'Short\n Long, in words'],
  ...shared,
]);
const rpm = orderOf([
  ...['-t', 'rpm', '--architecture', 'arm64', '--package', '/dist/perch.rpm', '--rpm-compression', 'xzmt'],
  ...['--rpm-summary', 'Short', '--description', 'Long, in words', '--rpm-os', 'linux'],
  ...shared,
]);

describe('the orders of electron-builder', () => {
  it('is read from the arguments for fpm', () => {
    expect(deb).toMatchObject({
      kind: 'deb',
      summary: 'Short',
      description: 'Long, in words',
      depends: ['gtk3', 'nss | mozilla-nss'],
      recommends: ['libgl1'],
      afterInstall: '/post',
    });
    expect(deb.files).toEqual([
      { from: '/unpacked/', to: '/opt/Perch' },
      { from: 'a=b.png', to: '/usr/share/icons/perch.png' },
    ]);
    expect(rpm).toMatchObject({ kind: 'rpm', summary: 'Short', description: 'Long, in words' });
  });

  it('is refused for another kind, or if an argument is missing', () => {
    expect(() => orderOf(['-t', 'pacman', ...shared, '--description', 'Short'])).toThrow('makes pacman');
    expect(() => orderOf(['-t', 'deb', ...shared])).toThrow('gave no --description');
    expect(() => orderOf(['file'])).toThrow('"file" does not say where it goes');
  });
});

it('the control file of a deb has the fields that Debian requires', () => {
  expect(control(deb, 1024)).toBe(
    [
      'Package: perch',
      'Version: 1.2.0~beta.1',
      'Architecture: amd64',
      'Maintainer: Them <them@perch.example>',
      'Installed-Size: 1024',
      'Depends: gtk3, nss | mozilla-nss',
      'Recommends: libgl1',
      'Section: utils',
      'Priority: optional',
      'Homepage: https://perch.example',
      'Description: Short',
      ' Long, in words',
      '',
    ].join('\n'),
  );
});

it('scripts in a spec file keep their shell and their percent signs', () => {
  const scripts = { install: '#!/bin/bash\necho 100%\n', remove: 'true' };
  const text = spec(rpm, { files: ['"/opt/Perch/perch"'], scripts });
  expect(text).toContain('Requires: gtk3\nRequires: nss | mozilla-nss\n');
  expect(text).toContain('%post -p /bin/bash\n#!/bin/bash\necho 100%%\n');
  expect(text).toContain('%postun -p /bin/sh\ntrue');
  expect(text).toContain('%defattr(-,root,root,-)\n"/opt/Perch/perch"\n');
  expect(() => spec({ ...rpm, compression: 'lz4' }, { files: [], scripts })).toThrow('no compression "lz4"');
});
