/** `perch backup` over the local socket, through main, to a panel and a node with real files and archives. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackupCopy } from '../bridge/schema/backup-copies.js';
import type { Backup, BackupList } from '../bridge/schema/backups.js';
import { dialects } from '../sandbox/panel/dialects.js';
import { aBackupPerch } from '../tests/support/backup-perch.js';
import { eventually } from '../tests/support/backup-stage.js';

type Listed = BackupList & { readonly copies: readonly BackupCopy[] };

describe.each(Object.keys(dialects))('perch backup with %s', (dialect) => {
  let it: Awaited<ReturnType<typeof aBackupPerch>>;
  let first: Backup;
  beforeAll(async () => {
    it = await aBackupPerch(dialect);
    await it.connect('owner');
  });
  afterAll(() => it.stop());

  const list = async () => (await it.json('backup', 'list', 'Survival')) as Listed;

  test('makes a backup of the real files and follows it to its end', async () => {
    const { stage } = it;
    stage.write('world/notes.txt', 'one');
    stage.write('debug.log', 'left out');
    const wanted = ['--name', 'First', '--ignore', '*.log', '--wait'];
    const made = (await it.json('backup', 'create', 'Survival', ...wanted)) as { backup: Backup };
    first = made.backup;
    const archive = readFileSync(stage.archiveOf(first.id));
    expect(first).toMatchObject({ name: 'First', state: 'good', bytes: archive.length, ignored: ['*.log'] });
    expect(first.sha1).toBe(createHash('sha1').update(archive).digest('hex'));
    expect(await list()).toMatchObject({ used: 1, limit: expect.any(Number), backups: [{ id: first.id }] });
    const shown = await it.perch('backup', 'list', 'Survival');
    expect(shown.out).toMatch(/^NAME +STATE +SIZE/);
    expect(shown.out).toMatch(/^First +complete/m);
    const by = { kind: 'me', bulk: false };
    await eventually(it.happened, (whats) => whats.length > 0);
    expect(it.happened()).toEqual([
      { kind: 'backup', isSuccessful: true, backupId: first.id, name: 'First', by },
    ]);
  });

  test('downloads the archive, never over another file', async () => {
    const { stage, downloads, json, perch } = it;
    const download = ['backup', 'download', 'Survival', first.id];
    const loaded = (await json(...download)) as { transfer: { file: string; folder: string } };
    expect(loaded.transfer).toMatchObject({
      folder: downloads,
      file: 'Survival First.tar.gz',
      state: 'done',
    });
    const archive = readFileSync(stage.archiveOf(first.id));
    expect(readFileSync(join(downloads, 'Survival First.tar.gz')).equals(archive)).toBe(true);
    expect((await perch(...download, '--to', downloads)).out).toBe(
      `Downloaded Survival First (2).tar.gz to ${downloads}.\n`,
    );
    expect(readdirSync(downloads).sort()).toEqual(['Survival First (2).tar.gz', 'Survival First.tar.gz']);
    expect((await perch('transfers')).out).toMatch(/^Survival First\.tar\.gz +down +done/m);
  });

  test('copies every good backup to the user’s folder, and tells a file in the way', async () => {
    const { stage, downloads, json, perch, happened } = it;
    expect((await perch('backup', 'copies', 'Survival')).err).toContain('--to FOLDER');
    const root = join(downloads, 'copies');
    mkdirSync(root);
    await json('backup', 'copies', 'Survival', '--every', 'backup', '--to', root);
    const { copies } = await eventually(list, (found) => found.copies.length > 0);
    const [copy] = copies;
    expect(copies).toMatchObject([{ id: first.id, bytes: first.bytes }]);
    const [folder = ''] = readdirSync(root);
    expect(folder).toMatch(/^Survival [0-9a-f]{16}$/);
    const path = join(root, folder, copy?.file ?? '');
    expect(readFileSync(path).equals(readFileSync(stage.archiveOf(first.id)))).toBe(true);
    expect((await perch('backup', 'list', 'Survival')).out).toMatch(/^First .* panel, here +/m);
    appendFileSync(path, 'more');
    expect((await list()).copies).toEqual([]);
    await eventually(happened, (whats) => whats.some(({ kind }) => kind === 'copy-failed'));
    expect(readdirSync(join(root, folder))).toHaveLength(1);
    rmSync(path);
    await list();
    await eventually(list, (found) => found.copies.length > 0);
  });

  test('backs up the files to this computer where the host allows no backups', async () => {
    const { stage, downloads, json, perch } = it;
    await stage.control.order({ do: 'backup-limit', server: 'Survival', limit: 0 });
    const before = stage.files();
    const made = (await json('backup', 'create', 'Survival', '--here', '--wait')) as { copy: BackupCopy };
    const [folder = ''] = readdirSync(join(downloads, 'copies'));
    const path = join(downloads, 'copies', folder, made.copy.file);
    expect(existsSync(path)).toBe(true);
    // The archive has left the server, and the copy is one like others.
    expect(stage.files()).toEqual(before);
    expect((await list()).copies.map(({ id }) => id)).toContain(made.copy.id);
    const files = (await perch('backup', 'files', 'Survival', made.copy.id)).out;
    expect(files).toContain('world/notes.txt');
    expect(files).toContain('debug.log');
    rmSync(path);
    await stage.control.order({ do: 'backup-limit', server: 'Survival', limit: 5 });
  });

  test('lists the files of a copy and saves one file', async () => {
    const { downloads, perch } = it;
    const listed = await perch('backup', 'files', 'Survival', first.id);
    expect(listed).toMatchObject({ code: 0, err: '' });
    expect(listed.out).toMatch(/^ *3 B +world\/notes\.txt$/m);
    expect(listed.out).not.toContain('debug.log');
    const to = join(downloads, 'copies');
    const save = ['backup', 'files', 'Survival', first.name, '--to', to, '--save'];
    expect((await perch(...save, 'world/notes.txt')).out).toBe(`Saved notes.txt to ${to}.\n`);
    expect(readFileSync(join(to, 'notes.txt'), 'utf8')).toBe('one');
    const missing = await perch(...save, '../notes.txt');
    expect(missing).toMatchObject({ code: 4, err: expect.stringContaining('has no file') });
    expect((await perch('backup', 'files', 'Survival', 'nothing')).code).toBe(4);
  });

  test('says why a download fails, and that a folder is not there', async () => {
    const { stage, downloads, perch } = it;
    const nowhere = await perch('backup', 'download', 'Survival', first.id, '--to', join(downloads, 'none'));
    expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining('There is no folder') });
    await stage.control.order({ do: 'backups', server: 'Survival', garbled: true });
    const garbled = perch('backup', 'download', 'Survival', first.id);
    await expect(garbled).resolves.toMatchObject({ code: 1, err: expect.stringContaining('checksums') });
    await stage.control.order({ do: 'backups', server: 'Survival', garbled: false });
    expect(readdirSync(downloads)).toHaveLength(3);
    expect((await perch('transfers')).out).toMatch(/failed/);
  });

  test('keeps a locked backup until it is unlocked', async () => {
    expect(await it.json('backup', 'lock', 'Survival', 'First')).toMatchObject({ backup: { locked: true } });
    // A second time changes nothing, although the panel's call turns the lock over.
    expect(await it.json('backup', 'lock', 'Survival', 'First')).toMatchObject({ backup: { locked: true } });
    const kept = await it.perch('backup', 'delete', 'Survival', 'First', '--yes');
    expect(kept).toMatchObject({ code: 8, err: expect.stringContaining('Unlock') });
    const unlocked = await it.json('backup', 'unlock', 'Survival', first.id.slice(0, 8));
    expect(unlocked).toMatchObject({ backup: { locked: false } });
  });

  test('renames where the panel can', async () => {
    const renamed = await it.perch('backup', 'rename', 'Survival', 'First', '--name', 'First of all');
    expect(renamed.code).toBe(dialect === 'pelican' ? 0 : 8);
    expect((await list()).backups[0]?.name).toBe(dialect === 'pelican' ? 'First of all' : 'First');
  });

  test('restores the real files, only with the server’s name', async () => {
    const { stage } = it;
    stage.write('world/notes.txt', 'two');
    stage.write('new.txt', 'of today');
    const restore = ['backup', 'restore', 'Survival', first.id];
    expect((await it.perch(...restore, '--yes')).code).toBe(7);
    expect((await it.perch(...restore, '--confirm', 'Creative')).code).toBe(7);
    expect(stage.read('world/notes.txt')).toBe('two');
    expect((await it.perch(...restore, '--confirm', 'Survival')).code).toBe(0);
    await eventually(
      () => it.happened().some(({ kind }) => kind === 'restored'),
      (isSo) => isSo,
    );
    await it.opened();
    expect(stage.read('world/notes.txt')).toBe('one');
    expect(stage.files()).toContain('new.txt');
  });

  test('says that the panel makes no further backups for now', async () => {
    expect((await it.perch('backup', 'create', 'Survival', '--wait')).code).toBe(0);
    const refused = await it.perch('backup', 'create', 'Survival');
    expect(refused).toMatchObject({ code: 9, err: expect.stringContaining('within ten minutes') });
    expect((await list()).used).toBe(2);
  });

  test('deletes record and archive, with a yes', async () => {
    const { stage } = it;
    expect((await it.perch('backup', 'delete', 'Survival', first.id)).code).toBe(7);
    expect(existsSync(stage.archiveOf(first.id))).toBe(true);
    expect((await it.perch('backup', 'delete', 'Survival', first.id, '--yes')).code).toBe(0);
    expect(existsSync(stage.archiveOf(first.id))).toBe(false);
    const left = await list();
    expect(left.backups.map(({ id }) => id)).not.toContain(first.id);
    expect(left.copies.map(({ id }) => id)).toContain(first.id);
    expect((await it.perch('backup', 'list', 'Survival')).out).toMatch(
      new RegExp(`complete .* here +${first.id}`),
    );
    expect(it.happened().at(-1)).toMatchObject({ kind: 'backup-deleted', by: { kind: 'me' } });
    const gone = await it.perch('backup', 'delete', 'Survival', first.id, '--yes');
    expect(gone).toMatchObject({ code: 4, err: expect.stringContaining('no backup') });
  });

  test('says that a silent node may have made none, and the list shows none', async () => {
    const { control } = it.stage;
    await control.order({ do: 'panel', backupThrottle: { limit: 2, period: 0 } });
    await control.order({ do: 'fault', server: 'Survival', fault: { kind: 'hang' } });
    const before = (await list()).used;
    const unsure = await it.perch('backup', 'create', 'Survival', '--name', 'Unsure');
    expect(unsure).toMatchObject({ code: 9, err: expect.stringContaining('Check the list of backups.') });
    expect((await list()).used).toBe(before);
    await control.order({ do: 'fault', server: 'Survival', fault: null });
  });

  test('ends with a failure if the backup fails', async () => {
    await it.stage.control.order({ do: 'backups', server: 'Survival', failing: true });
    const failed = await it.perch('backup', 'create', 'Survival', '--name', 'Third', '--wait');
    expect(failed).toMatchObject({ code: 1, err: expect.stringContaining('failed') });
    await eventually(it.happened, (whats) => whats.at(-1)?.kind === 'backup');
    expect(it.happened().at(-1)).toMatchObject({ kind: 'backup', isSuccessful: false, name: 'Third' });
  });
});
