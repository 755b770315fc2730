import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderFault } from './data-folder.js';
import { processOwner, rightsFault, type Owner } from './folder-rights.js';

const me = processOwner(process) ?? { uid: 0, gid: 0 };
/** The test's files belong to `me`, so to these users they are another user's files. */
const somebodyElse: Owner = { uid: me.uid + 1, gid: me.gid + 1 };

let folder: string;
const below = (...names: string[]): string => join(folder, ...names);
const modeOf = (path: string): string => (lstatSync(path).mode & 0o777).toString(8);

/** Leaves the folder as an earlier version did, started by any user with the usual umask. */
function asBefore(): void {
  for (const name of ['history', 'logs', 'remote', 'revisions', 'history/lost', 'Local Storage']) {
    mkdirSync(below(name));
    chmodSync(below(name), 0o755);
  }
  for (const name of [
    ...['accounts.json', 'settings.json.damaged-0123456789abcdef', 'window.json'],
    ...['history/000005.ldb', 'history/lost/000003.log', 'logs/perch.old.log'],
    'revisions/a.json',
  ]) {
    writeFileSync(below(name), '');
    chmodSync(below(name), 0o644);
  }
  chmodSync(folder, 0o755);
}

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-rights-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('a data folder', () => {
  it('is created for this user only', () => {
    expect(folderFault(below('a', 'b'), { platform: 'linux', owner: me })).toBeNull();
    expect([modeOf(below('a')), modeOf(below('a', 'b'))]).toEqual(['700', '700']);
  });

  it("that others could read is closed to them, with all of Perch's entries", () => {
    asBefore();
    expect(folderFault(folder, { platform: 'linux', owner: me })).toBeNull();
    expect(modeOf(folder)).toBe('700');
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (name === 'Local Storage') continue;
      expect([name, modeOf(below(name))]).toEqual([
        name,
        lstatSync(below(name)).isDirectory() ? '700' : '600',
      ]);
    }
  });

  it('of another user is refused and unchanged', () => {
    asBefore();
    const before = modeOf(folder);
    const fault = folderFault(folder, { platform: 'linux', owner: somebodyElse });
    expect(fault).toEqual({ kind: 'foreign', path: folder });
    expect([modeOf(folder), modeOf(below('accounts.json'))]).toEqual([before, '644']);
  });

  it.each([
    ['everybody', 0o757, 'open'],
    ['everybody, as in /tmp', 0o1777, 'open'],
    ['its group', 0o775, 'open'],
    ['nobody else', 0o755, undefined],
  ])('that %s may write is judged (%o)', (_who, mode, kind) => {
    chmodSync(folder, mode);
    // A group with several members, whichever user runs this test.
    const owner = { uid: me.uid, gid: me.uid + 1 };
    expect(rightsFault(folder, owner)?.kind).toBe(kind);
  });

  it.each(['accounts.json', 'history/000005.ldb', 'remote'])(
    'is refused for %s that others may write',
    (name) => {
      asBefore();
      chmodSync(below(name), name === 'remote' ? 0o777 : 0o666);
      expect(rightsFault(folder, me)).toEqual({ kind: 'open', path: below(name) });
    },
  );

  it("may be shared with a group of the user's own number", () => {
    asBefore();
    chmodSync(folder, 0o775);
    const gid = lstatSync(folder).gid;
    const isOwn = gid === me.uid && me.gid === me.uid;
    expect(rightsFault(folder, me)?.kind).toBe(isOwn ? undefined : 'open');
  });

  it('is closed without following links in it', () => {
    asBefore();
    const elsewhere = mkdtempSync(join(tmpdir(), 'perch-elsewhere-'));
    try {
      writeFileSync(join(elsewhere, 'page.html'), '');
      chmodSync(join(elsewhere, 'page.html'), 0o644);
      chmodSync(elsewhere, 0o755);
      symlinkSync(elsewhere, below('history.damaged-1'));
      symlinkSync(join(elsewhere, 'page.html'), below('last-known.json'));
      symlinkSync(below('nowhere'), below('settings.json'));
      expect(folderFault(folder, { platform: 'linux', owner: me })).toBeNull();
      expect([modeOf(elsewhere), modeOf(join(elsewhere, 'page.html'))]).toEqual(['755', '644']);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('keeps the permissions of foreign entries, because the user may have chosen a shared folder', () => {
    writeFileSync(below('page.html'), '');
    chmodSync(below('page.html'), 0o644);
    expect(folderFault(folder, { platform: 'linux', owner: me })).toBeNull();
    expect(modeOf(below('page.html'))).toBe('644');
  });

  it("is followed through a link of this user, not through another user's", () => {
    mkdirSync(below('data'));
    symlinkSync(below('data'), below('link'));
    expect(rightsFault(below('link'), me)).toBeNull();
    expect(rightsFault(below('link'), somebodyElse)).toEqual({ kind: 'foreign', path: below('link') });
  });

  it('is not checked on Windows, or before it exists', () => {
    chmodSync(folder, 0o777);
    expect(rightsFault(folder, null)).toBeNull();
    expect(rightsFault(below('none'), me)).toBeNull();
  });
});
