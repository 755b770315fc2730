import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create, Header } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesIn, listFiles, saveFileOf, textOf } from './copies-archive.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'perch-archive-'));
  folder = join(root, 'saved');
  mkdirSync(folder);
});
afterEach(() => removeFolder(root));

const archive = () => join(root, 'copy.tar.gz');

/** An archive of real files. */
async function pack(files: Record<string, string | Buffer>): Promise<void> {
  const server = join(root, 'server');
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(server, path)), { recursive: true });
    writeFileSync(join(server, path), content);
  }
  symlinkSync('/etc/passwd', join(server, 'link'));
  await create({ gzip: true, cwd: server, file: archive() }, ['.']);
}

/** An archive that no program would make. */
function forge(entries: { path: string; type?: '0' | '1' | '2' | '5'; content?: string }[]): void {
  const blocks = entries.map(({ path, type = '0', content = '' }) => {
    const header = Buffer.alloc(512);
    const size = type === '0' ? content.length : 0;
    const fields = { path, mode: 0o644, size, type: 'File', mtime: new Date(0) } as const;
    new Header(type === '0' ? fields : { ...fields, linkpath: '/etc/passwd' }).encode(header, 0);
    header.write(type, 156);
    header.write('        ', 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(size / 512) * 512);
    body.write(content);
    return Buffer.concat([header, body]);
  });
  writeFileSync(archive(), gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)])));
}

const bad = (id: string) => ({ problem: { message: { id } } });

describe('a copy', () => {
  it('lists its files and links, without folders', async () => {
    await pack({ 'world/level.dat': 'abc', 'server.properties': 'motd=hi' });
    const { files, isCut, leftOut } = await filesIn(archive());
    expect(files.toSorted((one, other) => (one.path < other.path ? -1 : 1))).toEqual([
      { path: 'link', bytes: 0, kind: 'link' },
      { path: 'server.properties', bytes: 7, kind: 'file' },
      { path: 'world/level.dat', bytes: 3, kind: 'file' },
    ]);
    expect({ isCut, leftOut }).toEqual({ isCut: false, leftOut: 0 });
  });

  it('gives one file, under a name that is free', async () => {
    const region = Buffer.alloc(3_000_000, 'region');
    await pack({ 'a.txt': 'first', 'world/r.0.0.mca': region, 'z.txt': 'last' });
    expect(await saveFileOf(archive(), 'world/r.0.0.mca', { folder })).toBe('r.0.0.mca');
    expect(await saveFileOf(archive(), 'world/r.0.0.mca', { folder })).toBe('r.0.0 (2).mca');
    expect(await saveFileOf(archive(), 'z.txt', { folder })).toBe('z.txt');
    expect(readdirSync(folder).sort()).toEqual(['r.0.0 (2).mca', 'r.0.0.mca', 'z.txt']);
    expect(readFileSync(join(folder, 'r.0.0 (2).mca')).equals(region)).toBe(true);
    expect(readFileSync(join(folder, 'z.txt'), 'utf8')).toBe('last');
  });

  it('gives no link, no folder and no file that it does not contain', async () => {
    await pack({ 'world/level.dat': 'abc' });
    for (const path of ['link', 'world', 'nothing', '../server/world/level.dat', '/etc/passwd'])
      await expect(saveFileOf(archive(), path, { folder })).rejects.toMatchObject(
        bad('remote.no-archived-file'),
      );
    expect(readdirSync(folder)).toEqual([]);
    await expect(saveFileOf(archive(), 'world/level.dat', { folder: join(root, 'none') })).rejects.toThrow();
  });
});

describe('a file of a copy', () => {
  it('replaces a file only if the person agreed, under the name that the person chose', async () => {
    await pack({ 'world/level.dat': 'new' });
    writeFileSync(join(folder, 'mine.dat'), 'old');
    const place = { folder, file: 'mine.dat' };
    expect(await saveFileOf(archive(), 'world/level.dat', place)).toBe('mine (2).dat');
    expect(readFileSync(join(folder, 'mine.dat'), 'utf8')).toBe('old');
    expect(await saveFileOf(archive(), 'world/level.dat', { ...place, ifTaken: 'replace' })).toBe('mine.dat');
    expect(readFileSync(join(folder, 'mine.dat'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['mine (2).dat', 'mine.dat']);
  });

  it('is shown as text up to a bound, without characters that hide or reverse it', async () => {
    await pack({
      'a.txt': 'one\r\n\ttwo ü\n\u001b[31mred\u202egpj',
      'large.log': 'x'.repeat(256 * 1024 + 1),
      'fits.log': 'x'.repeat(256 * 1024),
      'zero.dat': Buffer.from([65, 0, 66]),
      'latin.txt': Buffer.from([0xe4, 0xf6]),
      empty: '',
    });
    expect(await textOf(archive(), 'a.txt')).toEqual({
      kind: 'text',
      text: 'one\n\ttwo ü\n\ufffd[31mred\ufffdgpj',
    });
    expect(await textOf(archive(), 'large.log')).toEqual({ kind: 'too-large', most: 262_144 });
    expect(await textOf(archive(), 'fits.log')).toMatchObject({ kind: 'text' });
    expect(await textOf(archive(), 'zero.dat')).toEqual({ kind: 'no-text' });
    expect(await textOf(archive(), 'latin.txt')).toEqual({ kind: 'no-text' });
    expect(await textOf(archive(), 'empty')).toEqual({ kind: 'text', text: '' });
    await expect(textOf(archive(), 'link')).rejects.toMatchObject(bad('remote.no-archived-file'));
  });

  it('is reported while the archive is read, and no further once nobody looks', async () => {
    const noise = (seed: number) =>
      Buffer.from(Array.from({ length: 600_000 }, (_, at) => (at * at * 31 + at * seed) % 251));
    await pack({ a: noise(1), b: noise(2), c: noise(3) });
    const shares: number[] = [];
    const stop = new AbortController();
    const found: string[] = [];
    await listFiles(archive(), {
      signal: stop.signal,
      read: (share) => shares.push(share),
      found: ({ path }) => {
        found.push(path);
        stop.abort();
      },
    });
    expect(found).toHaveLength(1);
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });
});

describe('a hostile archive', () => {
  it('has names that lead elsewhere or hide: neither listed nor saved', async () => {
    const paths = [
      '../up',
      '/etc/cron',
      'a/../../b',
      'c:\\x',
      'a\\b',
      'red\u001B[31m',
      'rtl\u202Egpj',
      'a//b',
    ];
    forge([
      ...paths.map((path) => ({ path, content: 'x' })),
      { path: 'hard', type: '1' },
      { path: './good' },
    ]);
    const { files, leftOut } = await filesIn(archive());
    expect(files).toEqual([
      { path: 'hard', bytes: 0, kind: 'link' },
      { path: 'good', bytes: 0, kind: 'file' },
    ]);
    expect(leftOut).toBe(paths.length);
    for (const path of paths) await expect(saveFileOf(archive(), path, { folder })).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has more entries or longer names than a list may have', async () => {
    forge(Array.from({ length: 30 }, (_, at) => ({ path: `file-${at}` })));
    const limits = { entries: 10, text: 1000, ratio: 200, leastBytes: 2 ** 20 };
    expect(await filesIn(archive(), limits)).toMatchObject({ isCut: true, files: { length: 10 } });
    expect(await filesIn(archive(), { ...limits, entries: 100, text: 20 })).toMatchObject({
      isCut: true,
      files: { length: 3 },
    });
    // The last file can still be saved.
    expect(await saveFileOf(archive(), 'file-29', { folder }, limits)).toBe('file-29');
  });

  it('unpacks to far more than its size, also inside of itself', async () => {
    const limits = { entries: 10, text: 1000, ratio: 2, leastBytes: 100_000 };
    await pack({ zeros: Buffer.alloc(2_000_000) });
    await expect(filesIn(archive(), limits)).rejects.toMatchObject(bad('remote.archive-too-big'));
    const tooBig = saveFileOf(archive(), 'zeros', { folder }, limits);
    await expect(tooBig).rejects.toMatchObject(bad('remote.archive-too-big'));
    writeFileSync(archive(), gzipSync(readFileSync(archive())));
    await expect(filesIn(archive())).rejects.toMatchObject(bad('remote.bad-archive'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is cut, or no archive at all', async () => {
    await pack({ noise: Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * at * 31) % 251)) });
    truncateSync(archive(), 1000);
    await expect(filesIn(archive())).rejects.toMatchObject(bad('remote.bad-archive'));
    await expect(saveFileOf(archive(), 'noise', { folder })).rejects.toMatchObject(bad('remote.bad-archive'));
    for (const content of [Buffer.alloc(0), Buffer.from('no archive'), gzipSync('x'.repeat(5000))]) {
      writeFileSync(archive(), content);
      await expect(filesIn(archive())).rejects.toMatchObject(bad('remote.bad-archive'));
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});
