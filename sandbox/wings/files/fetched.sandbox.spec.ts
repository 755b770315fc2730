/** Files that nodes fetch and unpack, and the panels' reports of failed reads (PROTOCOL 2.17, 8.3.9). */
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BackupStage, eventually } from '../../../tests/support/backup-stage.js';
import { errorLine } from '../../../tests/support/control-stage.js';
import { zipOf } from '../../../tests/support/zip-of.js';
import { dialects } from '../../panel/dialects.js';

let stage: BackupStage;
let web: Server | null = null;
beforeEach(() => {
  stage = new BackupStage();
});
afterEach(async () => {
  web?.close();
  web = null;
  await stage.stop();
});

const ask = (method: string, path: string, body?: unknown) =>
  stage.control.on('owner', 'Survival', method, `/files/${path}`, body);
const pull = (url: string, fields: Record<string, unknown> = {}) =>
  ask('POST', 'pull', { url, directory: '/mods', ...fields });
const fromLoopback = () => stage.control.order({ do: 'pull-from-loopback', node: 'Harbor', on: true });
const unexpected = (name: string) =>
  `500 ${name}: An unexpected error was encountered while processing this request, please try again.`;

/** Address of a server that answers each path with the same text, and `/moved` with a redirect. */
async function serving(text: string): Promise<string> {
  const server = createServer(({ url }, answer) => {
    if (url === '/moved') answer.writeHead(302, { location: '/mod.jar' }).end();
    else answer.end(text);
  });
  web = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

describe.each(Object.keys(dialects))('files of %s', (dialect) => {
  beforeEach(() => stage.start(dialect));
  const isPelican = dialect === 'pelican';

  test('are fetched into a folder, under the wished name or the last part of the address', async () => {
    await fromLoopback();
    const base = await serving('a mod');
    expect((await pull(`${base}/files/mod%201.jar?x=1`)).status).toBe(204);
    const fetched = join(stage.folderOf('Survival'), 'mods/mod 1.jar');
    await eventually(() => existsSync(fetched) && statSync(fetched).size === 5, Boolean);
    expect(stage.read('mods/mod 1.jar')).toBe('a mod');
    expect((await pull(`${base}/mod.jar`, { filename: 'other.jar', foreground: true })).status).toBe(204);
    expect(stage.read('mods/other.jar')).toBe('a mod');
  });

  test('are not fetched over a redirect, nor from loopback as real nodes answer', async () => {
    stage.write('a.txt', 'a');
    const base = await serving('a mod');
    expect((await pull(`${base}/mod.jar`, { foreground: true })).status).toBe(500);
    expect((await pull(`${base}/mod.jar`)).status).toBe(204);
    await fromLoopback();
    expect((await pull(`${base}/moved`, { foreground: true })).status).toBe(500);
    expect(stage.files()).toEqual(['a.txt']);
  });

  test('are unpacked from a zip', async () => {
    stage.write('pack.zip', zipOf({ 'config/': '', 'config/a.yml': 'a: 1', 'b.txt': 'b'.repeat(1000) }));
    expect((await ask('POST', 'decompress', { root: '/', file: 'pack.zip' })).status).toBe(204);
    expect(stage.read('config/a.yml')).toBe('a: 1');
    expect(stage.read('b.txt')).toHaveLength(1000);
    stage.write('evil.zip', zipOf({ '../evil.txt': 'x' }));
    stage.write('broken.zip', 'not a zip');
    for (const file of ['evil.zip', 'broken.zip']) {
      expect((await ask('POST', 'decompress', { root: '/', file })).status).toBe(500);
    }
    expect(stage.files()).toEqual(['b.txt', 'broken.zip', 'config', 'evil.zip', 'pack.zip']);
  });

  test('that cannot be read or written fail with the names of Pelican', async () => {
    stage.write('folder/a.txt', 'a');
    execFileSync('mkfifo', [join(stage.folderOf('Survival'), 'pipe')]);
    const read = async (file: string) => errorLine(await ask('GET', `contents?file=${file}`));
    if (!isPelican) {
      expect(await read('none.txt')).toMatch(/^500 DaemonConnectionException: .*code: 500/);
      expect(await read('folder')).toMatch(/^502 DaemonConnectionException: .*code: 200/);
      expect(await read('pipe')).toMatch(/^400 DaemonConnectionException: .*Cannot open files of this type/);
      return;
    }
    expect(await read('none.txt')).toBe(unexpected('FileNotFoundException'));
    expect(await read('folder')).toBe(unexpected('FileNotEditableException'));
    expect(await read('pipe')).toBe(unexpected('FileNotEditableException'));
    const write = await ask('POST', 'write?file=folder', 'x');
    expect(errorLine(write)).toBe(unexpected('FileExistsException'));
    const made = await ask('POST', 'create-folder', { root: '/folder', name: 'a.txt' });
    expect(errorLine(made)).toBe(unexpected('FileExistsException'));
  });
});
