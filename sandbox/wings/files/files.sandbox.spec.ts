/** Files of servers in their real folders (PROTOCOL 2.15, 2.17), with each panel. */
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { list } from 'tar';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BackupStage } from '../../../tests/support/backup-stage.js';
import { errorLine, type Who } from '../../../tests/support/control-stage.js';
import { uploadOf, uploadType } from '../../../tests/support/upload-body.js';
import { dialects } from '../../panel/dialects.js';
import { packAs } from './archives.js';
import { askedFormat } from './formats.js';

const pterodactyl = ['panel-1.11', 'panel-1.12'];

let stage: BackupStage;
beforeEach(() => {
  stage = new BackupStage();
});
afterEach(() => {
  vi.unstubAllEnvs();
  return stage.stop();
});

const ask = (method: string, path: string, body?: unknown, who: Who = 'owner') =>
  stage.control.on(who, 'Survival', method, `/files/${path}`, body);
const at = (path: string) => encodeURIComponent(path);
const names = async (directory = '/') => {
  const { text } = await ask('GET', `list?directory=${at(directory)}`);
  return (JSON.parse(text) as { data: { attributes: { name: string } }[] }).data.map(
    ({ attributes }) => attributes.name,
  );
};
const attributes = ({ text }: { text: string }) =>
  (JSON.parse(text) as { attributes: { name: string; size: number; mimetype: string; url: string } })
    .attributes;
const linkTo = async (file: string) => attributes(await ask('GET', `download?file=${at(file)}`)).url;
const slow = (fields: Record<string, unknown>) =>
  stage.control.order({ do: 'backups', server: 'Survival', ...fields });

describe.each(Object.keys(dialects))('the files of %s', (dialect) => {
  beforeEach(() => stage.start(dialect));

  test('are compressed, downloaded once and deleted', async () => {
    stage.write('world/level.dat', 'level');
    stage.write('server.properties', 'motd=Hi');
    const { name, size } = attributes(
      await ask('POST', 'compress', { root: '/', files: ['world', 'server.properties'] }),
    );
    expect(name).toMatch(/^archive-\d{4}-\d\d-\d\dT\d{6}Z\.tar\.gz$/);
    expect(await names()).toEqual([name, 'server.properties', 'world'].toSorted(filesFirst));

    const url = await linkTo(`/${name}`);
    const first = await fetch(url, { headers: { range: 'bytes=0-9' } });
    const bytes = Buffer.from(await first.arrayBuffer());
    expect([first.status, first.headers.get('content-length'), bytes.length]).toEqual([
      200,
      String(size),
      size,
    ]);
    expect(gunzipSync(bytes).toString()).toContain('motd=Hi');
    const paths: string[] = [];
    await list({
      file: join(stage.folderOf('Survival'), name),
      onReadEntry: ({ path }) => paths.push(path),
    });
    expect(paths.toSorted()).toEqual(['server.properties', 'world/level.dat']);
    expect((await fetch(url)).status).toBe(404);

    expect((await ask('POST', 'delete', { root: '/', files: [name] })).status).toBe(204);
    expect(await names()).toEqual(['server.properties', 'world']);
  });

  test('are written, read, copied, renamed and unpacked unchanged', async () => {
    const content = Buffer.from([0, 255, 13, 10, 128]);
    writeFileSync(join(made(), 'blob.bin'), content);
    expect((await ask('POST', 'copy', { location: '/blob.bin' })).status).toBe(204);
    expect((await ask('POST', 'copy', { location: '/blob.bin' })).status).toBe(204);
    expect(await names()).toEqual(['blob.bin', 'blob copy.bin', 'blob copy 1.bin']);
    const files = [{ from: 'blob copy.bin', to: 'kept/b.bin' }];
    expect((await ask('PUT', 'rename', { root: '/', files })).status).toBe(204);
    expect(readFileSync(join(made(), 'kept/b.bin'))).toEqual(content);

    const { name } = attributes(await ask('POST', 'compress', { root: '/', files: ['kept'] }));
    stage.write('kept/b.bin', 'changed');
    expect((await ask('POST', 'decompress', { root: '/', file: name })).status).toBe(204);
    expect(readFileSync(join(made(), 'kept/b.bin'))).toEqual(content);
  });

  test('take uploads with a link that is good once', async () => {
    const send = (url: string, body: string) =>
      fetch(`${url}&directory=${at('/plugins/new')}`, {
        method: 'POST',
        headers: { 'content-type': uploadType },
        body,
      });
    const { url } = attributes(await ask('GET', 'upload'));
    const body = uploadOf([
      ['a.txt', 'one'],
      ['../../b.txt', 'two'],
    ]);
    expect((await send(url, body)).status).toBe(200);
    expect((await send(url, body)).status).toBe(404);
    expect(await names('/plugins/new')).toEqual(['b.txt', 'a.txt']);
  });

  test('need their permissions', async () => {
    for (const [method, path, body] of [
      ['GET', 'list'],
      ['GET', 'contents?file=a'],
      ['GET', 'download?file=a'],
      ['GET', 'upload'],
      ['POST', 'compress', { files: ['a'] }],
      ['POST', 'delete', { root: '/', files: ['a'] }],
    ] as const) {
      expect((await ask(method, path, body, 'subuser')).status, path).toBe(403);
    }
    const permissions = ['file.read', 'file.archive'];
    await stage.control.order({ do: 'permissions', server: 'Survival', user: 'subuser', permissions });
    stage.write('a', 'x');
    expect((await ask('GET', 'list', undefined, 'subuser')).status).toBe(200);
    expect((await ask('POST', 'compress', { files: ['a'] }, 'subuser')).status).toBe(200);
    expect((await ask('GET', 'download?file=a', undefined, 'subuser')).status).toBe(403);
  });

  test('beyond links and outside of the folder are out of reach', async () => {
    symlinkSync('/etc', join(made(), 'out'));
    for (const path of ['out/passwd', '/out', '../../x', 'nothing'])
      expect((await ask('GET', `contents?file=${at(path)}`)).status, path).toBe(500);
    expect((await ask('POST', 'delete', { root: '/', files: ['out'] })).status).toBe(204);
    expect(statSync('/etc').isDirectory()).toBe(true);
  });
});

function made(): string {
  mkdirSync(stage.folderOf('Survival'), { recursive: true });
  return stage.folderOf('Survival');
}

/** Files by name, backwards, then folders; here the only folder is `world`. */
function filesFirst(one: string, two: string): number {
  if (one === 'world' || two === 'world') return one === 'world' ? 1 : -1;
  return one < two ? 1 : -1;
}

test.each(pterodactyl)('%s compresses existing files; an archive without files is empty', async (dialect) => {
  await stage.start(dialect);
  made();
  const { name } = attributes(await ask('POST', 'compress', { root: '/', files: ['nope'] }));
  expect((await ask('POST', 'delete', { root: '/', files: ['nope', name] })).status).toBe(204);
  expect(await names()).toEqual([]);
});

test('Pelican names archives as asked, and fails for missing files', async () => {
  await stage.start('pelican');
  stage.write('a.txt', 'x');
  const wish = { root: '/', files: ['a.txt'], name: 'mine', extension: 'tar.gz' };
  expect(attributes(await ask('POST', 'compress', wish)).name).toBe('mine.tar.gz');
  for (const path of ['compress', 'delete'])
    expect(errorLine(await ask('POST', path, { root: '/', files: ['nope'] }))).toMatch(
      /^500 RequestException/,
    );
});

const formats: [string, string, string, RegExp][] = [
  ['zip', '.zip', 'application/zip', /^504b0304/],
  ['tgz', '.tar.gz', 'application/gzip', /^1f8b/],
  ['tar.bz2', '.tar.bz2', 'application/x-bzip2', /^425a68/],
  ['txz', '.tar.xz', 'application/x-xz', /^fd377a585a00/],
];
test.each(formats)('Pelican packs as %s, and unpacks that', async (extension, ending, type, magic) => {
  await stage.start('pelican');
  stage.write('world/level.dat', 'level');
  symlinkSync('level.dat', join(stage.folderOf('Survival'), 'world/link'));
  const answer = await ask('POST', 'compress', { root: '/', files: ['world'], name: 'mine', extension });
  expect(attributes(answer)).toMatchObject({ name: `mine${ending}`, mimetype: type });
  const archive = readFileSync(join(stage.folderOf('Survival'), `mine${ending}`));
  expect(archive.toString('hex')).toMatch(magic);
  expect(archive.length).toBe(attributes(answer).size);

  await ask('POST', 'delete', { root: '/', files: ['world'] });
  expect((await ask('POST', 'decompress', { root: '/', file: `mine${ending}` })).status).toBe(204);
  expect(stage.read('world/level.dat')).toBe('level');
});

test('Pelican refuses an unknown format of an archive', async () => {
  await stage.start('pelican');
  stage.write('a.txt', 'x');
  const wish = { root: '/', files: ['a.txt'], extension: 'rar' };
  expect(errorLine(await ask('POST', 'compress', wish))).toMatch(/^422 .*selected extension is invalid/);
});

test.each(pterodactyl)('%s makes a tar.gz, whatever the request names', async (dialect) => {
  await stage.start(dialect);
  stage.write('a.txt', 'x');
  for (const extension of ['zip', 'rar']) {
    const answer = await ask('POST', 'compress', { root: '/', files: ['a.txt'], name: 'mine', extension });
    expect(attributes(answer)).toMatchObject({ mimetype: 'application/tar+gzip' });
    expect(attributes(answer).name).toMatch(/^archive-.*\.tar\.gz$/);
  }
});

describe.each(Object.keys(dialects))('archives that were uploaded to %s', (dialect) => {
  beforeEach(() => stage.start(dialect));

  test.each(['.tar.bz2', '.tar.xz', '.zip'])('are unpacked: %s', async (ending) => {
    const folder = made();
    stage.write('kept/a.txt', 'packed');
    const files = { files: ['kept/a.txt'], archive: join(folder, `up${ending}`) };
    writeFileSync(files.archive, '');
    await packAs(askedFormat(ending.slice(1)), folder, files);
    stage.write('kept/a.txt', 'changed');
    expect((await ask('POST', 'decompress', { root: '/', file: `up${ending}` })).status).toBe(204);
    expect(stage.read('kept/a.txt')).toBe('packed');
  });

  test('are refused if this computer lacks the program, and if they are broken', async () => {
    stage.write('up.tar.bz2', 'no archive');
    expect((await ask('POST', 'decompress', { root: '/', file: 'up.tar.bz2' })).status).toBe(500);
    vi.stubEnv('PATH', made());
    // Pelican's panel does not pass on its node's message (PROTOCOL 8.3.1).
    const refusal = dialect === 'pelican' ? /^500 / : /^400 .*format Wings does not understand/;
    expect(errorLine(await ask('POST', 'decompress', { root: '/', file: 'up.tar.bz2' }))).toMatch(refusal);
    expect(await names()).toEqual(['up.tar.bz2']);
  });
});

test('a full disk refuses new files and archives, and not to delete', async () => {
  await stage.start('panel-1.11');
  await stage.control.order({ do: 'disk-limit', server: 'Survival', mb: 1 });
  stage.write('big.bin', Buffer.alloc(1024 * 1024 + 1));
  expect((await ask('POST', 'delete', { root: '/', files: ['nope'] })).status).toBe(204);
  expect(errorLine(await ask('POST', 'write?file=a.txt', 'x'))).toMatch(/^400 .*not enough disk space/);
  expect(errorLine(await ask('POST', 'compress', { files: ['big.bin'] }))).toMatch(
    /^409 .*enough available disk/,
  );
  expect((await ask('POST', 'delete', { root: '/', files: ['big.bin'] })).status).toBe(204);
  expect((await ask('POST', 'write?file=a.txt', 'x')).status).toBe(204);
});

test("the egg's denied files are not written, uploaded, renamed or unpacked over", async () => {
  await stage.start('panel-1.11');
  await stage.control.order({ do: 'denied-files', server: 'Survival', patterns: ['secret.*'] });
  stage.write('secret.txt', 'x');
  const denied = /^403 DaemonConnectionException: .*present in egg denylist/;
  expect(errorLine(await ask('POST', 'write?file=secret.txt', 'y'))).toMatch(denied);
  expect(errorLine(await ask('POST', 'copy', { location: 'secret.txt' }))).toMatch(denied);
  const files = [{ from: 'secret.txt', to: 'open.txt' }];
  expect(errorLine(await ask('PUT', 'rename', { root: '/', files }))).toMatch(denied);
  const { name } = attributes(await ask('POST', 'compress', { files: ['secret.txt'] }));
  expect(errorLine(await ask('POST', 'decompress', { root: '/', file: name }))).toMatch(denied);
  expect((await ask('POST', 'delete', { root: '/', files: ['secret.txt'] })).status).toBe(204);
});

test('compressing takes time in proportion to the files, and fails when ordered to', async () => {
  await stage.start('panel-1.11');
  stage.write('a.bin', Buffer.alloc(100_000));
  await slow({ rate: 100_000 });
  const compressing = ask('POST', 'compress', { files: ['a.bin'] });
  await slow({ rate: null });
  expect((await compressing).status).toBe(200);
  await slow({ failing: true });
  expect((await ask('POST', 'compress', { files: ['a.bin'] })).status).toBe(500);
});

test('the activity names who changed files', async () => {
  await stage.start('panel-1.11');
  stage.write('a.txt', 'x');
  await ask('POST', 'compress', { root: '/', files: ['a.txt'] });
  await linkTo('/a.txt');
  await ask('POST', 'delete', { root: '/', files: ['a.txt'] });
  const { text } = await stage.control.on('owner', 'Survival', 'GET', '/activity');
  const events = (JSON.parse(text) as { data: { attributes: { event: string } }[] }).data;
  expect(events.map(({ attributes: { event } }) => event).toSorted()).toEqual([
    'server:file.compress',
    'server:file.delete',
    'server:file.download',
  ]);
});
