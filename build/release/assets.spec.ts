import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amissIn, checksumsOf } from './assets.mjs';

const sha512 = (text: string) => createHash('sha512').update(text).digest('base64');
const feedOf = (file: string, more: { version?: string; sha?: string; size?: number } = {}) =>
  [
    `version: ${more.version ?? '1.2.0'}`,
    'files:',
    `  - url: ${file}`,
    `    sha512: ${more.sha ?? sha512(file)}`,
    `    size: ${more.size ?? file.length}`,
    `path: ${file}`,
    "releaseDate: '2026-11-25T00:00:00.000Z'",
    '',
  ].join('\n');

const installers = [
  ...['perch-1.2.0-amd64.deb', 'perch-1.2.0-arm64.deb', 'perch-1.2.0-x86_64.rpm', 'perch-1.2.0-aarch64.rpm'],
  ...[
    'perch-1.2.0-x86_64.AppImage',
    'perch-1.2.0-arm64.AppImage',
    'perch-1.2.0-x64.tar.gz',
    'perch-1.2.0-arm64.tar.gz',
  ],
  ...[
    'Perch-1.2.0-x64-setup.exe',
    'Perch-1.2.0-universal.dmg',
    'Perch-1.2.0-universal.zip',
    'perch-1.2.0.cdx.json',
  ],
];

let folder = '';
const write = (name: string, text = name) => writeFileSync(join(folder, name), text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-assets-'));
  for (const name of installers) write(name);
  write('latest.yml', feedOf('Perch-1.2.0-x64-setup.exe'));
  write('latest-mac.yml', feedOf('Perch-1.2.0-universal.zip'));
  write('latest-linux.yml', feedOf('perch-1.2.0-x86_64.AppImage'));
  write('latest-linux-arm64.yml', feedOf('perch-1.2.0-arm64.AppImage'));
  write('beta.yml', feedOf('Perch-1.2.0-x64-setup.exe'));
  write('beta-mac.yml', feedOf('Perch-1.2.0-universal.zip'));
  write('beta-linux.yml', feedOf('perch-1.2.0-x86_64.AppImage'));
  write('beta-linux-arm64.yml', feedOf('perch-1.2.0-arm64.AppImage'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the files of a release', () => {
  it('are whole', async () => {
    expect(await amissIn(folder, '1.2.0')).toEqual([]);
  });

  it.each([
    ['perch-1.2.0-arm64.deb', 'deb: 1 of 2.'],
    ['Perch-1.2.0-universal.dmg', 'dmg: 0 of 1.'],
    ['perch-1.2.0.cdx.json', 'bill of materials: 0 of 1.'],
    ['latest-mac.yml', 'update feed for macOS, latest: 0 of 1.'],
    ['beta-linux.yml', 'update feed for Linux, beta: 0 of 1.'],
  ])('report the missing %s', async (name, sentence) => {
    rmSync(join(folder, name));
    expect(await amissIn(folder, '1.2.0')).toEqual([sentence]);
  });

  it('have a feed that fits its file', async () => {
    write('latest.yml', feedOf('Perch-1.2.0-x64-setup.exe', { sha: sha512('another'), size: 3 }));
    write('latest-linux.yml', feedOf('gone.AppImage'));
    expect(await amissIn(folder, '1.2.0')).toEqual([
      'latest-linux.yml names gone.AppImage, which is not there.',
      'latest.yml has another SHA-512 than Perch-1.2.0-x64-setup.exe.',
      'latest.yml has another size than Perch-1.2.0-x64-setup.exe.',
    ]);
  });

  it('have a feed of their own version, with files', async () => {
    write('latest.yml', feedOf('Perch-1.2.0-x64-setup.exe', { version: '1.1.0' }));
    write('latest-mac.yml', 'version: 1.2.0\n');
    expect(await amissIn(folder, '1.2.0')).toEqual([
      'latest-mac.yml names no file.',
      'latest.yml is of version 1.1.0, not of 1.2.0.',
    ]);
  });

  it('have checksums that sha256sum itself finds right', async () => {
    const { name, text } = await checksumsOf(folder);
    write(name, text);
    expect((await checksumsOf(folder)).text).toBe(text);
    if (process.platform !== 'linux') return;
    const said = execFileSync('sha256sum', ['--check', name], { cwd: folder, encoding: 'utf8' });
    expect(said.match(/: OK$/gm)).toHaveLength(installers.length + 8);
  });
});
