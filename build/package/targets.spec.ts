import { describe, expect, it } from 'vitest';
import { obstacle, targetsOf, toolPaths, type Means } from './targets.mjs';

const everything: Means = {
  program: (name) => `/usr/bin/${name}`,
  env: {},
  downloads: true,
  runtime: { path: '/electron', executable: '/electron/electron', version: '45.4.1', source: 'electron' },
  arch: 'x64',
};
const nothing: Means = { ...everything, program: () => null, downloads: false };
const own = 'x64';

describe('the packages of a system', () => {
  it('are four kinds for two processors on Linux', () => {
    expect(targetsOf('linux', { own })).toHaveLength(8);
    expect(targetsOf('linux', { own, kinds: ['deb'] })).toEqual([
      { kind: 'deb', arch: 'x64' },
      { kind: 'deb', arch: 'arm64' },
    ]);
  });

  it("are those of this computer's processor on request", () => {
    expect(targetsOf('linux', { own: 'arm64', kinds: ['rpm'], archs: ['own'] })).toEqual([
      { kind: 'rpm', arch: 'arm64' },
    ]);
    expect(targetsOf('darwin', { own: 'arm64', archs: ['own'] }).map(({ arch }) => arch)).toEqual([
      'universal',
      'universal',
    ]);
  });

  it('are none on a system that electron-builder does not support', () => {
    expect(targetsOf('freebsd', { own })).toEqual([]);
  });
});

describe('obstacles to a package', () => {
  it('is empty if all tools exist', () => {
    for (const target of targetsOf('linux', { own })) expect(obstacle(target, everything)).toBeNull();
  });

  it('is empty for deb, rpm and tar.gz on a Debian without a network', () => {
    const debian = { ...everything, downloads: false };
    const inTheWay = targetsOf('linux', { own, archs: ['x64'] }).filter((target) => obstacle(target, debian));
    expect(inTheWay).toEqual([{ kind: 'AppImage', arch: 'x64' }]);
  });

  it.each([
    ['deb', 'there is no dpkg-deb, and fpm could not be downloaded'],
    ['rpm', 'there is no rpmbuild (on Debian in the package rpm)'],
    ['tar.gz', 'there is no 7z (on Debian in the package 7zip)'],
    ['AppImage', 'the runtime of AppImages could not be downloaded'],
    ['nsis', 'what electron-builder makes it with could not be downloaded'],
  ])('is named for %s', (kind, why) => {
    expect(obstacle({ kind, arch: 'x64' }, nothing)).toBe(why);
  });

  it('is the substitute, which exists for one processor only', () => {
    const runtime = { ...everything.runtime, version: '33.2.1', source: 'substitute' } as const;
    expect(obstacle({ kind: 'deb', arch: 'arm64' }, { ...everything, runtime })).toBe(
      'the substitute Electron 33.2.1 is for x64 only',
    );
    expect(obstacle({ kind: 'deb', arch: 'x64' }, { ...everything, runtime })).toBeNull();
  });

  it('is the Electron of another processor without a network', () => {
    expect(obstacle({ kind: 'deb', arch: 'arm64' }, nothing)).toBe(
      'Electron for arm64 could not be downloaded',
    );
  });

  it('is not the AppImage runtime if the user has one', () => {
    const means = { ...nothing, env: { APPIMAGE_TOOLS_PATH: '/tools' } };
    expect(obstacle({ kind: 'AppImage', arch: 'x64' }, means)).toBeNull();
  });
});

describe('the tools for electron-builder', () => {
  it("are Perch's and the system's if they exist", () => {
    expect(toolPaths(everything, '/pack.mjs')).toEqual({
      CUSTOM_FPM_PATH: '/pack.mjs',
      ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7z',
    });
  });

  it("are electron-builder's downloads otherwise", () => {
    expect(toolPaths({ ...nothing, downloads: true }, '/pack.mjs')).toEqual({});
  });
});
