/** Lists and changes of files through main, to a panel and a node with real files. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CallInput } from '../../bridge/schema/contract.js';
import { PerchError, type Problem } from '../../bridge/errors.js';
import type { FolderPart, FoundPart, ServerFile } from '../../bridge/schema/files.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import { aBackupPerch } from '../../tests/support/backup-perch.js';
import { eventually } from '../../tests/support/backup-stage.js';
import { refused } from '../../tests/support/refused.js';

type Calls = Awaited<ReturnType<typeof aBackupPerch>>['calls'];
type FileCall = Extract<keyof Calls, `files.${string}`>;
type Of<N extends FileCall> = Omit<CallInput<N>, 'serverId'>;

const watcher = { webContentsId: 1 };

describe.each(Object.keys(dialects))('files of %s', (dialect) => {
  let it: Awaited<ReturnType<typeof aBackupPerch>>;
  let here: string;
  const serverId = () => it.named('Survival')?.id ?? '';
  const call = async <N extends FileCall>(name: N, input: Of<N>): Promise<unknown> => {
    const handler = it.calls[name] as (input: object, caller: object) => Promise<unknown>;
    return handler({ ...input, serverId: serverId() }, watcher);
  };
  const order = (fields: Record<string, unknown>) =>
    it.stage.control.order({ server: 'Survival', ...fields });
  const names = (folder = '') => readdirSync(join(here, folder)).sort();
  const list = async (path: string): Promise<ServerFile[]> => {
    const parts: FolderPart[] = [];
    const take = (part: FolderPart) => void parts.push(part);
    const stop = it.sources.folder({ serverId: serverId(), path }, { snapshot: take, change: take }, watcher);
    await eventually(
      () => parts.at(-1)?.end,
      (end) => end === true,
    );
    stop();
    expect(parts.at(-1)?.problem).toBeNull();
    return parts.flatMap(({ files }) => files);
  };

  beforeAll(async () => {
    it = await aBackupPerch(dialect);
    await it.connect('owner');
    await it.listed();
    here = it.stage.folderOf('Survival');
  });
  afterAll(() => it.stop());
  beforeEach(() => {
    it.stage.clear();
    it.stage.write('a.txt', 'one');
    it.stage.write('b.txt', 'other');
    it.stage.write('world/level.dat', 'level');
  });
  afterEach(async () => {
    await order({ do: 'denied-files', patterns: [] });
    await order({ do: 'disk-limit', mb: 1000 });
  });

  test('a folder shows files, folders, links and pipes with any name that a node has', async () => {
    const odd = [
      'new\nline.txt',
      `quote"s & 'apos' <b>.txt`,
      '\u202egpj.exe',
      'C:\\x',
      'CON',
      `${'ä'.repeat(125)}.txt`,
    ];
    for (const name of odd) writeFileSync(join(here, name), 'x');
    symlinkSync('/etc/passwd', join(here, 'link'));
    execFileSync('mkfifo', [join(here, 'pipe')]);
    const files = await list('/');
    expect(files.map(({ name }) => name).sort()).toEqual(names());
    const kinds = Object.fromEntries(files.map(({ name, kind }) => [name, kind]));
    expect(kinds).toMatchObject({ 'a.txt': 'file', world: 'folder', link: 'link', pipe: 'other' });
    const { size, mtimeMs } = statSync(join(here, 'b.txt'));
    expect(files.find(({ name }) => name === 'b.txt')).toMatchObject({
      bytes: size,
      mode: '644',
      modifiedAt: Math.floor(mtimeMs / 1000) * 1000,
    });
    await call('files.delete', { folder: '/', names: odd });
    expect(names()).toEqual(['a.txt', 'b.txt', 'link', 'pipe', 'world']);
  });

  test('folders and files are made, but never over others without a question', async () => {
    await call('files.createFolder', { folder: '/', name: 'plugins' });
    await call('files.create', { folder: '/plugins', name: 'x.yml' });
    expect(statSync(join(here, 'plugins/x.yml')).size).toBe(0);
    for (const name of ['plugins', 'a.txt']) {
      expect((await refused(call('files.createFolder', { folder: '/', name }))).code).toBe('conflict');
    }
    const { taken } = await refused(call('files.create', { folder: '/', name: 'a.txt' }));
    expect(taken).toMatchObject([{ path: '/a.txt', there: { kind: 'file', bytes: 3 }, mine: null }]);
    expect(it.stage.read('a.txt')).toBe('one');
    await call('files.create', { folder: '/', name: 'a.txt', replace: true });
    expect(it.stage.read('a.txt')).toBe('');
  });

  test('files are renamed, moved and replaced', async () => {
    const moves = [
      { from: 'a.txt', to: '/world/c.txt' },
      { from: 'b.txt', to: '/d.txt' },
    ];
    await call('files.move', { folder: '/', moves });
    expect([names(), names('world')]).toEqual([
      ['d.txt', 'world'],
      ['c.txt', 'level.dat'],
    ]);
    const over = { folder: '/world', moves: [{ from: 'c.txt', to: '/d.txt' }] };
    const { taken } = await refused(call('files.move', over));
    expect(taken).toMatchObject([{ there: { bytes: 5 }, mine: { bytes: 3 } }]);
    expect(it.stage.read('d.txt')).toBe('other');
    await call('files.move', { ...over, replace: true });
    expect([names(), names('world'), it.stage.read('d.txt')]).toEqual([
      ['d.txt', 'world'],
      ['level.dat'],
      'one',
    ]);
  });

  test('a missing file is reported, although panels say yes', async () => {
    const gone = 'gone.txt';
    const asks = [
      () => call('files.move', { folder: '/', moves: [{ from: gone, to: '/x' }] }),
      () => call('files.chmod', { folder: '/', names: [gone], mode: '600' }),
      () => call('files.delete', { folder: '/', names: [gone] }),
      () => call('files.copy', { path: `/${gone}` }),
      () => call('files.copyTo', { folder: '/', names: ['a.txt', gone], to: '/world' }),
      () => call('files.pack', { folder: '/', names: ['a.txt', gone] }),
      () => call('files.unpack', { folder: '/', name: gone, replace: true }),
    ];
    for (const ask of asks) {
      expect(await refused(ask())).toMatchObject({
        code: 'not-found',
        said: '“gone.txt” is not there any more.',
      });
    }
    expect(names()).toEqual(['a.txt', 'b.txt', 'world']);
  });

  test('files are copied, get modes, are packed and unpacked, and deleted', async () => {
    await call('files.copy', { path: '/a.txt' });
    expect(names()).toContain('a copy.txt');
    await call('files.chmod', { folder: '/', names: ['a.txt', 'b.txt'], mode: '600' });
    expect((statSync(join(here, 'b.txt')).mode & 0o777).toString(8)).toBe('600');
    const { name } = (await call('files.pack', { folder: '/', names: ['a.txt', 'world'] })) as {
      name: string;
    };
    expect(names()).toContain(name);
    await call('files.delete', { folder: '/', names: ['a.txt', 'gone.txt', 'world'] });
    expect(names()).toEqual(['a copy.txt', name, 'b.txt'].sort());
    expect((await refused(call('files.unpack', { folder: '/', name }))).code).toBe('conflict');
    await call('files.unpack', { folder: '/', name, replace: true });
    expect([it.stage.read('a.txt'), it.stage.read('world/level.dat')]).toEqual(['one', 'level']);
  });

  test('files are copied into other folders, and a failed copy leaves no file', async () => {
    await call('files.copyTo', { folder: '/', names: ['a.txt', 'b.txt'], to: '/world' });
    expect([names(), names('world')]).toEqual([
      ['a.txt', 'b.txt', 'world'],
      ['a.txt', 'b.txt', 'level.dat'],
    ]);
    writeFileSync(join(here, 'a.txt'), 'changed');
    const again = { folder: '/', names: ['a.txt'], to: '/world' };
    expect((await refused(call('files.copyTo', again))).taken).toMatchObject([
      { path: '/world/a.txt', there: { bytes: 3 }, mine: { bytes: 7 } },
    ]);
    await call('files.copyTo', { ...again, replace: true });
    expect(it.stage.read('world/a.txt')).toBe('changed');
    await order({ do: 'denied-files', patterns: ['b.txt'] });
    const both = { ...again, names: ['a.txt', 'b.txt'], replace: true };
    expect((await refused(call('files.copyTo', both))).code).toBe('conflict');
    await order({ do: 'denied-files', patterns: [] });
    expect([names(), names('world')]).toEqual([
      ['a.txt', 'b.txt', 'world'],
      ['a.txt', 'b.txt', 'level.dat'],
    ]);
  });

  test('of a file that is larger than panels give the last lines are shared', async () => {
    const line = `${'x'.repeat(499)}\n`;
    writeFileSync(join(here, 'large.log'), `${line.repeat(12_000)}the end\n`);
    const read = it.calls['sharing.readFile'];
    const { text, isEnd } = await read({ serverId: serverId(), path: '/large.log' });
    expect([text.length % 500, text.slice(0, 500) === line, text.slice(-8), isEnd]).toEqual([
      8,
      true,
      'the end\n',
      true,
    ]);
    expect(text.length).toBeGreaterThan(4_000_000);
    expect(await read({ serverId: serverId(), path: '/a.txt' })).toEqual({ text: 'one', isEnd: false });
  });

  test('a text that is no archive, a full disk and a protected file are refused in words', async () => {
    const isTold = dialect !== 'pelican';
    const says = (said: RegExp) => (isTold ? said : /could not/);
    const text = { folder: '/', name: 'a.txt', replace: true };
    expect((await refused(call('files.unpack', text))).said).toMatch(says(/does not know this format/));
    await order({ do: 'denied-files', patterns: ['a.txt', 'secret.*'] });
    const denied = [
      () => call('files.create', { folder: '/', name: 'secret.yml' }),
      () => call('files.move', { folder: '/', moves: [{ from: 'a.txt', to: '/x' }] }),
      () => call('files.copy', { path: '/a.txt' }),
    ];
    for (const ask of denied) {
      const problem = await refused(ask());
      expect([problem.code, problem.maybeDone]).toEqual(['conflict', undefined]);
      expect(problem.said).toMatch(says(/egg protects this file/));
    }
    await order({ do: 'denied-files', patterns: [] });
    writeFileSync(join(here, 'big.bin'), Buffer.alloc(2_000_000));
    await order({ do: 'disk-limit', mb: 1 });
    const full = await refused(call('files.pack', { folder: '/', names: ['big.bin'] }));
    expect([full.code, full.said]).toEqual(['conflict', expect.stringMatching(says(/no disk space left/))]);
    expect(names()).toEqual(['a.txt', 'b.txt', 'big.bin', 'world']);
  });

  test('a path with links leads nowhere, and no name leads out of the server’s folder', async () => {
    mkdirSync(join(here, '../outside'), { recursive: true });
    symlinkSync('../outside', join(here, 'link'));
    expect((await refused(call('files.createFolder', { folder: '/link', name: 'x' }))).code).toBe('conflict');
    expect(
      (await refused(call('files.move', { folder: '/', moves: [{ from: 'a.txt', to: '/../outside/x' }] })))
        .code,
    ).toBe('invalid');
    expect(readdirSync(join(here, '../outside'))).toEqual([]);
    expect(existsSync(join(here, 'a.txt'))).toBe(true);
  });

  test('the limit of fetching from addresses is reported, and no other call is paused', async () => {
    const pull = (at: number) =>
      call('files.pull', { folder: '/', url: `https://files.example.com/${at}.jar`, name: null });
    let problem: Problem | null = null;
    for (let at = 0; at < 11 && problem === null; at++) {
      problem = await pull(at).then(
        () => null,
        (error: unknown) => (error as PerchError).problem,
      );
    }
    expect(problem).toMatchObject({ code: 'rate-limited', ofServer: true });
    expect((await list('/')).map(({ name }) => name)).toContain('a.txt');
  });

  test('files are found by name in every folder', async () => {
    it.stage.write('plugins/Essentials/config.yml', 'x');
    it.stage.write('plugins/Essentials/userdata/CONFIG-old.txt', 'x');
    symlinkSync('plugins', join(here, 'link'));
    const parts: FoundPart[] = [];
    const take = (part: FoundPart) => void parts.push(part);
    const query = { serverId: serverId(), folder: '/', query: 'config' };
    const stop = it.sources.foundFiles(query, { snapshot: take, change: take }, watcher);
    await eventually(
      () => parts.at(-1)?.end,
      (end) => end === true,
    );
    stop();
    expect(parts.at(-1)).toMatchObject({ folders: 5, unread: 0, cut: null, problem: null });
    expect(parts.flatMap(({ files }) => files.map(({ path }) => path))).toEqual([
      '/plugins/Essentials/config.yml',
      '/plugins/Essentials/userdata/CONFIG-old.txt',
    ]);
  });

  test('a closed server is reported without a request to the panel', async () => {
    await order({ do: 'status', status: 'suspended' });
    await refused(call('files.create', { folder: '/', name: 'x' }));
    await eventually(
      () => it.named('Survival')?.condition,
      (condition) => condition === 'suspended',
    );
    const problem = await refused(call('files.delete', { folder: '/', names: ['a.txt'] }));
    expect(problem).toMatchObject({ code: 'conflict', condition: 'suspended' });
    expect(names()).toContain('a.txt');
  });
});

describe.each(Object.keys(dialects))('%s, with the key of a subuser', (dialect) => {
  test('each call names the permission that lacks', async () => {
    const it = await aBackupPerch(dialect);
    try {
      it.stage.write('a.txt', 'one');
      const permissions = ['websocket.connect', 'file.read'];
      await it.stage.control.order({ do: 'permissions', server: 'Survival', user: 'subuser', permissions });
      await it.connect('subuser');
      await it.listed();
      const of = { serverId: it.named('Survival')?.id ?? '', folder: '/' };
      const rows: [() => Promise<unknown>, string][] = [
        [() => it.calls['files.createFolder']({ ...of, name: 'x' }), 'file.create'],
        [() => it.calls['files.create']({ ...of, name: 'x' }), 'file.create'],
        [() => it.calls['files.move']({ ...of, moves: [{ from: 'a.txt', to: '/x' }] }), 'file.update'],
        [() => it.calls['files.copy']({ ...of, path: '/a.txt' }), 'file.create'],
        [() => it.calls['files.delete']({ ...of, names: ['a.txt'] }), 'file.delete'],
        [() => it.calls['files.chmod']({ ...of, names: ['a.txt'], mode: '600' }), 'file.update'],
        [() => it.calls['files.pack']({ ...of, names: ['a.txt'] }), 'file.archive'],
        [() => it.calls['files.unpack']({ ...of, name: 'a.txt', replace: true }), 'file.create'],
        [() => it.calls['files.pull']({ ...of, url: 'https://example.com/x', name: null }), 'file.create'],
      ];
      for (const [ask, permission] of rows) {
        expect(await refused(ask()), permission).toMatchObject({ code: 'forbidden', permission });
      }
      expect(it.stage.files()).toContain('a.txt');
    } finally {
      await it.stop();
    }
  });
});
