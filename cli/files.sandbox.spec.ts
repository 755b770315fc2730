/** `perch files` over the local socket, through main, to a panel and a node with real files. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects } from '../sandbox/panel/dialects.js';
import { aBackupPerch } from '../tests/support/backup-perch.js';
import { eventually } from '../tests/support/backup-stage.js';

describe.each(Object.keys(dialects))('perch files with %s', (dialect) => {
  let it: Awaited<ReturnType<typeof aBackupPerch>>;
  beforeAll(async () => {
    it = await aBackupPerch(dialect);
    await it.connect('owner');
  });
  afterAll(() => it.stop());

  const lay = (path: string, content: string): string => {
    const whole = join(it.downloads, path);
    mkdirSync(join(whole, '..'), { recursive: true });
    writeFileSync(whole, content);
    return whole;
  };
  const leftovers = (): string[] => it.stage.files().filter((name) => name.includes('perch-part'));

  test('gets a file under its own name or another one, never over another file', async () => {
    it.stage.write('config/game.yml', 'motd: hello');
    const get = ['files', 'get', 'Survival', 'config/game.yml'];
    const got = await it.perch(...get);
    expect(got).toEqual({ code: 0, err: '', out: `Downloaded game.yml to ${it.downloads}.\n` });
    expect((await it.perch(...get)).out).toContain('game (2).yml');
    expect((await it.perch(...get, join(it.downloads, 'mine.yml'))).code).toBe(0);
    expect(readFileSync(join(it.downloads, 'mine.yml'), 'utf8')).toBe('motd: hello');
  });

  test('says that a file is gone', async () => {
    const gone = await it.perch('files', 'get', 'Survival', '/config/none.yml');
    expect(gone.code).not.toBe(0);
    expect(gone.err).toContain('no file none.yml');
  });

  test('puts a file under its name, and makes the folders', async () => {
    const source = lay('up/a "b" ü.txt', 'one');
    const put = await it.perch('files', 'put', 'Survival', source, 'new/folder/');
    expect(put).toMatchObject({ code: 0, err: '' });
    expect(it.stage.read('new/folder/a "b" ü.txt')).toBe('one');
    expect(leftovers()).toEqual([]);
  });

  test('replaces a file only with --replace, and names both sizes before', async () => {
    it.stage.write('ops.json', '[]');
    const source = lay('up/ops.json', '[1]');
    const refused = await it.perch('files', 'put', 'Survival', source);
    expect(refused.code).toBe(7);
    expect(refused.err).toContain('/ops.json: 2 B');
    expect(refused.err).toContain('3 B');
    expect(it.stage.read('ops.json')).toBe('[]');
    expect((await it.perch('files', 'put', 'Survival', source, '--replace')).code).toBe(0);
    expect(it.stage.read('ops.json')).toBe('[1]');
    expect((await it.perch('files', 'put', 'Survival', source, '/ops.json', '--replace')).code).toBe(0);
    expect(leftovers()).toEqual([]);
  });

  test('a file that the egg protects stays, also with --replace', async () => {
    const protect = (patterns: readonly string[]) =>
      it.stage.control.order({ do: 'denied-files', server: 'Survival', patterns });
    it.stage.write('secret.txt', 'theirs');
    await protect(['secret.txt']);
    const source = lay('up/secret.txt', 'mine');
    const refused = await it.perch('files', 'put', 'Survival', source, '--replace');
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain(dialect === 'pelican' ? 'could not' : 'egg protects this file');
    expect(it.stage.read('secret.txt')).toBe('theirs');
    // The new file waits under its hidden name for another try.
    const [, id = ''] = /^\.(.+)\.perch-part$/.exec(leftovers()[0] ?? '') ?? [];
    await protect([]);
    it.calls['transfers.retry']({ transfer: id });
    await eventually(leftovers, ({ length }) => length === 0);
    expect(it.stage.read('secret.txt')).toBe('mine');
  });

  test('uploads a folder with its contents', async () => {
    lay('up/mods/a.jar', 'a');
    lay('up/mods/config/b.yml', 'b');
    const put = (await it.json('files', 'put', 'Survival', join(it.downloads, 'up/mods'))) as {
      transfers: { state: string; direction: string }[];
    };
    expect(put.transfers).toMatchObject([
      { state: 'done', direction: 'up' },
      { state: 'done', direction: 'up' },
    ]);
    expect(it.stage.read('mods/config/b.yml')).toBe('b');
    expect((await it.perch('transfers')).out).toMatch(/^a\.jar +up +done/m);
    expect(readdirSync(join(it.downloads, 'up/mods'))).toHaveLength(2);
  });

  test('reports a missing local file', async () => {
    const none = await it.perch('files', 'put', 'Survival', join(it.downloads, 'none'));
    expect(none.err).toContain('can’t read');
    expect(leftovers()).toEqual([]);
  });

  // Large enough for one panel.
  if (dialect === 'panel-1.11') {
    test('names the limit of the node, after its refusal without an upload', async () => {
      const large = lay('up/large.bin', 'x'.repeat(101 * 1024 * 1024));
      for (let turn = 0; turn < 2; turn++) {
        const refused = await it.perch('files', 'put', 'Survival', large);
        expect(refused.code).not.toBe(0);
        expect(refused.err).toContain('up to 100 MB');
      }
      expect((await it.perch('transfers')).out.match(/large\.bin/g)).toHaveLength(2);
      expect(it.stage.files()).not.toContain('large.bin');
      expect(leftovers()).toEqual([]);
    });
  }
});
