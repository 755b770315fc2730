import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Header, Pax } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localName, partsOf } from './local-names.js';
import { unpack, type Unpacked, type Unpacking } from './unpack.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let here: string;
let into: string;
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'perch-unpack-'));
  into = join(here, 'into');
});
afterEach(() => removeFolder(here));

interface Entry {
  readonly path: string;
  readonly content?: string;
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice';
  readonly linkpath?: string;
}

function entryBytes({ path, content = '', type = 'File', linkpath }: Entry): Buffer {
  const size = type === 'File' ? Buffer.byteLength(content) : 0;
  const fields = { path, size, type, mode: 0o644, mtime: new Date(1_700_000_000_000) };
  const header = new Header(linkpath === undefined ? fields : { ...fields, linkpath });
  const block = Buffer.alloc(512);
  const pax = header.encode(block) ? new Pax({ path, size }).encode() : Buffer.alloc(0);
  const body = Buffer.alloc(Math.ceil(size / 512) * 512);
  body.write(content);
  return Buffer.concat([pax, block, body]);
}

function unpackAll(entries: readonly Entry[], fields: Partial<Unpacking> = {}): Promise<Unpacked> {
  return unpackBytes(gzipSync(Buffer.concat([...entries.map(entryBytes), Buffer.alloc(1024)])), fields);
}

function unpackBytes(archive: Buffer, fields: Partial<Unpacking> = {}): Promise<Unpacked> {
  const file = join(here, 'archive.tar.gz');
  writeFileSync(file, archive);
  const { signal } = new AbortController();
  return unpack(file, { into, folder: 'world', isWindows: false, signal, ...fields });
}

/** Every path below the test's own folder, with the content of files. */
function everything(folder = here, above = ''): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${above}${entry.name}`;
    if (entry.isDirectory()) {
      found.set(path, null);
      for (const [below, content] of everything(join(folder, entry.name), `${path}/`))
        found.set(below, content);
    } else found.set(path, entry.isFile() ? readFileSync(join(folder, entry.name), 'utf8') : 'no file');
  }
  return found;
}

const inFolder = (): [string, string | null][] =>
  [...everything(into)].sort(([one], [other]) => (one < other ? -1 : 1));

describe('a folder that a node packed', () => {
  it('has its files and folders, with the times of the files', async () => {
    const result = await unpackAll([
      { path: 'world/', type: 'Directory' },
      { path: 'world/level.dat', content: 'level' },
      { path: './world/region/r.0.0.mca', content: 'region' },
      { path: 'world/empty/', type: 'Directory' },
    ]);
    expect(inFolder()).toEqual([
      ['empty', null],
      ['level.dat', 'level'],
      ['region', null],
      ['region/r.0.0.mca', 'region'],
    ]);
    expect(result).toEqual({ files: 2, bytes: 11, leftOut: 0 });
    expect(statSync(join(into, 'level.dat')).mtimeMs).toBe(1_700_000_000_000);
  });

  it('is an empty folder if the archive is empty', async () => {
    expect(await unpackBytes(gzipSync(Buffer.alloc(1024)))).toEqual({ files: 0, bytes: 0, leftOut: 0 });
    expect(inFolder()).toEqual([]);
  });

  it('keeps hundreds of files, a few open at a time', async () => {
    const entries = Array.from({ length: 600 }, (_, at) => ({
      path: `world/${at % 40}/${at}`,
      content: `${at}`,
    }));
    expect(await unpackAll(entries)).toMatchObject({ files: 600, leftOut: 0 });
    expect(readFileSync(join(into, '39/599'), 'utf8')).toBe('599');
  });
});

describe('a hostile archive', () => {
  it('writes no file outside of the folder, and makes no links', async () => {
    writeFileSync(join(here, 'mine.txt'), 'mine');
    const result = await unpackAll([
      { path: 'world/../../mine.txt', content: 'evil' },
      { path: '../mine.txt', content: 'evil' },
      { path: join(here, 'mine.txt'), content: 'evil' },
      { path: 'world/link', type: 'SymbolicLink', linkpath: here },
      { path: 'world/link/mine.txt', content: 'in a folder of the name of the link' },
      { path: 'world/hard', type: 'Link', linkpath: '../mine.txt' },
      { path: 'world/device', type: 'CharacterDevice' },
      { path: 'other/a.txt', content: 'of another folder' },
    ]);
    expect(readFileSync(join(here, 'mine.txt'), 'utf8')).toBe('mine');
    expect(inFolder()).toEqual([
      ['link', null],
      ['link/mine.txt', 'in a folder of the name of the link'],
    ]);
    expect(result).toEqual({ files: 1, bytes: 35, leftOut: 7 });
  });

  it('never writes a file twice: the second gets a number', async () => {
    await unpackAll([
      { path: 'world/a.txt', content: 'one' },
      { path: 'world/a.txt', content: 'two' },
      { path: 'world/b', content: 'a file' },
      { path: 'world/b/c', content: 'below a file' },
    ]);
    expect(inFolder()).toEqual([
      ['a (2).txt', 'two'],
      ['a.txt', 'one'],
      ['b', 'a file'],
      ['b (2)', null],
      ['b (2)/c', 'below a file'],
    ]);
  });

  it.each([
    ['is cut', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['has another checksum', (whole: Buffer) => Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8)])],
    ['is no archive', () => gzipSync('a text '.repeat(1000))],
    ['is empty', () => Buffer.alloc(0)],
  ])('that %s is refused', async (_name, spoil) => {
    const content = Array.from({ length: 9000 }, (_, at) => String((at * 7919) % 10_007)).join(' ');
    const whole = gzipSync(Buffer.concat([entryBytes({ path: 'world/a', content }), Buffer.alloc(1024)]));
    await expect(unpackBytes(spoil(whole))).rejects.toMatchObject({ problem: { code: 'protocol' } });
  });

  it('stops before it fills the disk, and says so as a disk does', async () => {
    const entries = [
      { path: 'world/a', content: 'x'.repeat(600) },
      { path: 'world/b', content: 'x'.repeat(600) },
    ];
    await expect(unpackAll(entries, { mostBytes: 1000 })).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(existsSync(join(into, 'b'))).toBe(false);
  });

  it('that a person gives up ends at once', async () => {
    const abort = new AbortController();
    abort.abort();
    await unpackAll([{ path: 'world/a', content: 'a' }], { signal: abort.signal });
    expect(inFolder()).toEqual([]);
  });

  it('of any names leads nowhere but into the folder, and loses no file', async () => {
    const odd = fc.constantFrom(
      '..',
      '.',
      '',
      'CON',
      'a:b',
      'nul.txt',
      '\u202Egpj.exe',
      'a\\b',
      '~',
      'x'.repeat(255),
      'ä'.repeat(140),
      'a\nb',
      ' ',
      'a.',
      'A',
      'a',
    );
    const part = fc.oneof(odd, fc.string({ maxLength: 12, unit: 'binary' }));
    // A path that ends with "/" is one of a folder, and a path in a tar ends at its first NUL.
    const path = fc
      .array(part, { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join('/'))
      .filter((text) => !text.endsWith('/') && !text.includes('\0') && text !== '');
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(path, { maxLength: 12 }), fc.boolean(), async (paths, isWindows) => {
        into = join(here, `into-${run++}`);
        const entries = paths.map((name, at) => ({ path: `world/${name}`, content: `${at}` }));
        try {
          const { files, leftOut } = await unpackAll(entries, { isWindows });
          const contents = [...everything(into).values()].filter((content) => content !== null);
          expect(readdirSync(here).sort()).toEqual(['archive.tar.gz', `into-${run - 1}`]);
          expect(new Set(contents).size).toBe(files);
          expect(files + leftOut).toBe(paths.length);
        } finally {
          rmSync(into, { recursive: true });
        }
      }),
      { numRuns: 60, seed: 11 },
    );
  });
});

describe('a name', () => {
  const wish = { number: 1, other: 'File', isWindows: false };

  it.each([
    ['.htaccess', '.htaccess'],
    ['a:b?.txt', 'a:b?.txt'],
    ['\u202Egpj.exe', 'gpj.exe'],
    ['ä'.repeat(140), 'ä'.repeat(127)],
    ['\u0007', 'File'],
  ])('%j is %j here', (name, wanted) => {
    expect(localName(name, wish)).toBe(wanted);
  });

  it.each([
    ['CON', '_CON'],
    ['aux.txt', '_aux.txt'],
    ['a:b.txt', 'a b.txt'],
    ['dot.', 'dot'],
    ['.htaccess', '.htaccess'],
  ])('%j is %j on Windows', (name, wanted) => {
    expect(localName(name, { ...wish, isWindows: true })).toBe(wanted);
  });

  it('of a file that is there gets a number before its ending', () => {
    expect(localName('a.txt', { ...wish, number: 3 })).toBe('a (3).txt');
  });

  it.each(['/etc/passwd', 'a/../../b', '..', '', 'a\0b', 'a/'.repeat(200)])(
    'the path %j leads nowhere',
    (path) => {
      expect(partsOf(path)).toBeNull();
    },
  );
});
