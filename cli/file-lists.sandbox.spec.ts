/** `perch files ls`, `find` and `rm` over the local socket, through main, to a panel and a node with real files. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects } from '../sandbox/panel/dialects.js';
import { aBackupPerch } from '../tests/support/backup-perch.js';
import { mcpProgram } from '../tests/support/mcp-program.js';

describe.each(Object.keys(dialects))('lists of files with %s', (dialect) => {
  let it: Awaited<ReturnType<typeof aBackupPerch>>;
  beforeAll(async () => {
    it = await aBackupPerch(dialect);
    it.stage.write('a.txt', 'one');
    it.stage.write('plugins/x/config.yml', 'deep');
    await it.connect('owner');
  });
  afterAll(() => it.stop());

  test('lists a folder, with or without the slash in front', async () => {
    const root = await it.perch('files', 'ls', 'Survival');
    expect(root).toMatchObject({ code: 0, err: '' });
    expect(root.out).toMatch(/^ *SIZE +CHANGED +FILE\n *3 B +\S.* a\.txt\n *folder +\S.* plugins\/\n$/m);
    for (const path of ['/plugins/x', 'plugins/x/']) {
      expect(await it.json('files', 'ls', 'Survival', path)).toMatchObject({
        files: [{ name: 'config.yml', kind: 'file', bytes: 4, mode: '644' }],
        isCut: false,
      });
    }
    expect((await it.perch('files', 'ls', 'Survival', '/nowhere')).code).toBe(8);
    expect((await it.perch('files', 'ls', 'Survival', '/../x')).code).toBe(2);
  });

  test('finds files by name in every folder', async () => {
    const found = await it.perch('files', 'find', 'Survival', 'CONF');
    expect(found.out).toMatch(/ \/plugins\/x\/config\.yml\n$/);
    expect(found.err).toBe('Looked into 3 folders.\n');
    expect((await it.perch('files', 'find', 'Survival')).code).toBe(2);
  });

  test('deletes a file after a question, and reports a missing file', async () => {
    it.stage.write('old.txt', 'x');
    const asked = await it.perch('files', 'rm', 'Survival', 'old.txt');
    expect(asked).toMatchObject({ code: 7, out: '' });
    expect(asked.err).toContain('Delete “/old.txt” of “Survival”?');
    expect(it.stage.files()).toContain('old.txt');
    expect(await it.perch('files', 'rm', 'Survival', 'old.txt', '--yes')).toEqual({
      code: 0,
      out: 'Deleted old.txt.\n',
      err: '',
    });
    expect(it.stage.files()).not.toContain('old.txt');
    expect((await it.perch('files', 'rm', 'Survival', 'old.txt', '--yes')).code).toBe(4);
    expect((await it.perch('files', 'rm', 'Survival')).code).toBe(2);
    expect((await it.perch('files', 'rm', 'Survival', '/', '--yes')).code).toBe(2);
  });

  test('gives programs lists only', async () => {
    const { call, greet, end } = mcpProgram(it.dataFolder);
    await greet();
    const listed = JSON.parse((await call('files', { server: 'Survival', path: '/plugins' })).text) as object;
    expect(listed).toMatchObject({ files: [{ name: 'x', kind: 'folder' }] });
    for (const tool of ['delete_file', 'deleteFile', 'find_files']) {
      expect(await call(tool, { server: 'Survival', path: '/a.txt' }), tool).toMatchObject({ isError: true });
    }
    await end();
  });
});
