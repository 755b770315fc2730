import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { names, releaseFiles, type Release } from './release-files.mjs';
import { manifestsOf } from './stores.mjs';

const version = '1.2.0-beta.1';
const downloads = `https://perch.test/releases/download/v${version}`;
/** SHA-256 of a file that contains "perch". */
const sum = '87fb00d259cbcd67706332f118d16e7068661b5e99ba5bd41f7e9e60f96e6c34';

const address = z.url({ protocol: /^https$/ });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

let folder: string;
let release: Release;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perch-stores-'));
  for (const name of Object.values(names))
    writeFileSync(join(folder, name.replace('VERSION', version)), 'perch');
  const { files, missing } = await releaseFiles(folder, { version, downloads });
  expect(missing).toEqual([]);
  release = {
    version,
    downloads,
    files,
    day: '2026-01-31',
    licence: 'MIT',
    homepage: 'https://perch.test',
    description: "A companion of one's panels.",
    developer: 'The Perch developers',
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

const textOf = (file: string) => manifestsOf(release).find((one) => one.file === file)?.text ?? '';

describe('the files of a release', () => {
  it('have their addresses and checksums', () => {
    expect(release.files.setup.url).toBe(`${downloads}/Perch-${version}-x64-setup.exe`);
    expect(new Set(Object.values(release.files).map((file) => file.sha256))).toEqual(new Set([sum]));
  });

  it('are reported by name if they are missing', async () => {
    const found = await releaseFiles(folder, { version: '9.9.9', downloads });
    expect(found.missing).toContain('perch-9.9.9-amd64.deb');
    expect(found.missing).toHaveLength(Object.keys(names).length);
  });
});

it('each store gets its own file', () => {
  expect(manifestsOf(release).map(({ file }) => file)).toEqual([
    'flatpak/app.perch.Perch.yml',
    'winget/Perch.Perch.yaml',
    'winget/Perch.Perch.installer.yaml',
    'winget/Perch.Perch.locale.en-US.yaml',
    'scoop/perch.json',
    'homebrew/perch.rb',
    'aur/PKGBUILD',
    'aur/.SRCINFO',
  ]);
});

it('the Flatpak has exactly the permissions that Perch needs', () => {
  const source = z.union([
    z.strictObject({
      type: z.literal('file'),
      'dest-filename': z.string(),
      'only-arches': z.array(z.enum(['x86_64', 'aarch64'])),
      url: address,
      sha256,
    }),
    z.strictObject({ type: z.literal('inline'), 'dest-filename': z.string(), contents: z.string() }),
  ]);
  const module = z.strictObject({
    name: z.string(),
    buildsystem: z.literal('simple'),
    'build-commands': z.array(z.string()),
    sources: z.array(source).length(3),
  });
  const manifest = z
    .strictObject({
      id: z.string(),
      runtime: z.string(),
      'runtime-version': z.string().regex(/^\d\d\.08$/),
      sdk: z.string(),
      base: z.string(),
      'base-version': z.string(),
      command: z.string(),
      'finish-args': z.array(z.string().regex(/^--(share|socket|device|talk-name)=[\w.-]+$/)),
      modules: z.array(module).length(1),
    })
    .parse(parse(textOf('flatpak/app.perch.Perch.yml')));
  expect(manifest['base-version']).toBe(manifest['runtime-version']);
  expect(manifest['finish-args'].filter((arg) => arg.startsWith('--talk-name='))).toEqual([
    '--talk-name=org.freedesktop.Notifications',
    '--talk-name=org.freedesktop.secrets',
    '--talk-name=org.kde.StatusNotifierWatcher',
  ]);
});

it('the three manifests have the fields that winget requires', () => {
  // Header as in the JSON schemas of winget-cli 1.10.
  const head = {
    PackageIdentifier: z.string().regex(/^[^.\s\\/:*?"<>|]{1,32}(\.[^.\s\\/:*?"<>|]{1,32}){1,7}$/),
    PackageVersion: z.string().max(128),
    ManifestVersion: z.literal('1.10.0'),
  };
  const tag = z.string().regex(/^[a-z]{2}-[A-Z]{2}$/);
  const read = (ending: string): unknown => parse(textOf(`winget/Perch.Perch${ending}.yaml`));
  z.strictObject({ ...head, ManifestType: z.literal('version'), DefaultLocale: tag }).parse(read(''));
  const installer = z.strictObject({
    Architecture: z.enum(['x64', 'arm64']),
    InstallerUrl: address,
    InstallerSha256: z.string().regex(/^[A-F0-9]{64}$/),
  });
  z.strictObject({
    ...head,
    ManifestType: z.literal('installer'),
    InstallerType: z.literal('nullsoft'),
    Scope: z.enum(['user', 'machine']),
    InstallModes: z.array(z.enum(['interactive', 'silent', 'silentWithProgress'])),
    UpgradeBehavior: z.enum(['install', 'uninstallPrevious', 'deny']),
    Protocols: z.array(z.string().max(2048)),
    ReleaseDate: z.iso.date(),
    Installers: z.array(installer).min(1),
  }).parse(read('.installer'));
  z.strictObject({
    ...head,
    ManifestType: z.literal('defaultLocale'),
    PackageLocale: tag,
    Publisher: z.string().min(2).max(256),
    PackageName: z.string().min(2).max(256),
    PackageUrl: address,
    License: z.string().min(3).max(512),
    ShortDescription: z.string().min(3).max(256),
    Tags: z.array(z.string().max(40)).max(16),
  }).parse(read('.locale.en-US'));
});

it('the manifest for Scoop has an address that later versions follow', () => {
  const manifest = z
    .strictObject({
      version: z.string().regex(/^[\w.\-+]+$/),
      description: z.string(),
      homepage: address,
      license: z.string(),
      bin: z.string(),
      architecture: z.strictObject({ '64bit': z.strictObject({ url: address, hash: sha256 }) }),
      shortcuts: z.array(z.tuple([z.string(), z.string()])),
      autoupdate: z.strictObject({ architecture: z.record(z.string(), z.strictObject({ url: z.string() })) }),
    })
    .parse(JSON.parse(textOf('scoop/perch.json')));
  const later = manifest.autoupdate.architecture['64bit']?.url ?? '';
  expect(later.replaceAll('$version', version)).toBe(manifest.architecture['64bit'].url);
});

it('the cask has an address with its version', () => {
  const cask = textOf('homebrew/perch.rb');
  expect(cask).toContain(`  version "${version}"\n  sha256 "${sum}"\n`);
  expect(cask).toContain(
    '  url "https://perch.test/releases/download/v#{version}/Perch-#{version}-universal.dmg"',
  );
  // Homebrew refuses a description that begins with an article or ends with a full stop.
  expect(cask).toContain('  desc "Companion of one\'s panels"');
});

it('PKGBUILD and .SRCINFO agree', () => {
  const [build, info] = [textOf('aur/PKGBUILD'), textOf('aur/.SRCINFO')];
  const told = (name: string) =>
    [...info.matchAll(new RegExp(`^\\t${name} = (.*)$`, 'gm'))].map(([, value]) => value);
  expect(told('pkgver')).toEqual(['1.2.0_beta.1']);
  expect(build).toContain('\npkgver=1.2.0_beta.1\n');
  expect(build).toContain(`pkgdesc='A companion of one'\\''s panels.'`);
  for (const name of ['source_x86_64', 'source_aarch64', 'sha256sums_x86_64', 'sha256sums_aarch64']) {
    expect(build).toContain(`\n${name}=('${String(told(name)[0])}')\n`);
  }
  expect(build).toContain(
    `depends=(${told('depends')
      .map((name) => `'${String(name)}'`)
      .join(' ')})`,
  );
});
