import { describe, expect, it } from 'vitest';
import { packageKind, wayOf, type PackageFacts } from './package-kind.js';

const linux = { platform: 'linux', execPath: '/opt/Perch/perch', resources: '/opt/Perch/resources' } as const;

function facts(more: Partial<PackageFacts>, files: Record<string, string> = {}): PackageFacts {
  return {
    ...linux,
    env: {},
    isSigned: false,
    read: (file) => Promise.resolve(files[file] ?? null),
    isThere: (file) => Promise.resolve(file in files),
    isWritable: (folder) => Promise.resolve(folder === '/home/olive/Apps'),
    ...more,
  };
}

const mounted = {
  env: { APPDIR: '/tmp/.mount_perchX', APPIMAGE: '/home/olive/Apps/perch.AppImage' },
  execPath: '/tmp/.mount_perchX/perch',
};
const type = `${linux.resources}/package-type`;
const dpkg = '/var/lib/dpkg/info/perch.list';
const windows = { platform: 'win32', execPath: '/Perch/Perch.exe' } as const;

describe('packageKind', () => {
  it.each<[string, Partial<PackageFacts>, Record<string, string>, string]>([
    ['an AppImage', mounted, {}, 'image'],
    [
      'an AppImage in a folder of the system',
      { ...mounted, env: { ...mounted.env, APPIMAGE: '/opt/perch.AppImage' } },
      {},
      'copy',
    ],
    ['another AppImage that has started this one', { env: mounted.env }, {}, 'copy'],
    ['a deb', {}, { [type]: 'deb\n', [dpkg]: '' }, 'deb'],
    ['a package that is made of our deb', {}, { [type]: 'deb' }, 'distribution'],
    ['an rpm', {}, { [type]: 'rpm' }, 'rpm'],
    ['a Flatpak', { env: { FLATPAK_ID: 'app.perch.Perch' } }, { [type]: 'deb', [dpkg]: '' }, 'flatpak'],
    ['an archive', {}, {}, 'copy'],
    [
      'an archive with the marks of a package',
      { execPath: '/home/olive/perch/perch' },
      { [type]: 'rpm' },
      'copy',
    ],
    ['what the installer put on Windows', windows, { '/Perch/Uninstall Perch.exe': '' }, 'setup'],
    ['an archive on Windows', windows, {}, 'copy'],
    [
      'the portable program',
      { ...windows, env: { PORTABLE_EXECUTABLE_FILE: 'D:\\Perch.exe' } },
      { '/Perch/Uninstall Perch.exe': '' },
      'copy',
    ],
    ['a signed application of macOS', { platform: 'darwin', isSigned: true }, {}, 'mac'],
    ['one that is not signed', { platform: 'darwin' }, {}, 'copy'],
  ])('recognises %s', async (_what, more, files, kind) => {
    expect((await packageKind(facts(more, files))).kind).toBe(kind);
  });
});

describe('wayOf', () => {
  it('names the command of the packager', () => {
    expect(wayOf({ kind: 'deb' }, '0.2.0', 'x64').command).toBe('sudo apt install ./perch-0.2.0-amd64.deb');
    expect(wayOf({ kind: 'rpm' }, '0.2.0', 'arm64').command).toBe(
      'sudo dnf install ./perch-0.2.0-aarch64.rpm',
    );
    expect(wayOf({ kind: 'flatpak' }, '0.2.0', 'x64').command).toBe('flatpak update app.perch.Perch');
  });

  it('is Perch, another program or the user', () => {
    expect(wayOf({ kind: 'image', file: '/a' }, '0.2.0', 'x64').way).toBe('install');
    expect(wayOf({ kind: 'setup' }, '0.2.0', 'x64').way).toBe('install');
    expect(wayOf({ kind: 'distribution' }, '0.2.0', 'x64').way).toBe('packages');
    expect(wayOf({ kind: 'copy' }, '0.2.0', 'x64').way).toBe('page');
  });
});
