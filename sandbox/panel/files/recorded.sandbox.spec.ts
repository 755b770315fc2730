/** Recorded answers about files, from a real Pterodactyl and a real Pelican, against a sandbox with files. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordedFixtures } from '../../../tests/support/fixtures.js';
import {
  backupExchanges,
  exchangeOf,
  RecordedBackupStage,
} from '../../../tests/support/recorded-backup-stage.js';
import { countRecorded } from '../../../tests/support/recorded-cases.js';
import { uploadOf } from '../../../tests/support/upload-body.js';

const pterodactyl = recordedFixtures('client-api-2026-11/pterodactyl');
const pelican = recordedFixtures('client-api-2026-11/pelican');

let stage: RecordedBackupStage;

/** Steps before a recorded request that have no recording. */
type Before = () => unknown;
interface Step {
  number: number;
  before?: Before;
  /** Body of which the recording has only the size. */
  body?: string | Buffer;
}

/** Plays the recordings in order. */
function replay(folder: string, steps: readonly (number | Step)[]): void {
  const exchanges = backupExchanges(folder);
  for (const step of steps) {
    const { number, before, body } = typeof step === 'number' ? { number: step } : step;
    const one = exchangeOf(exchanges, number);
    test(`${number} ${one.case}`, async (context) => {
      countRecorded(context, { answers: 1 });
      await before?.();
      expect(await stage.play(one, body)).toEqual([]);
    });
  }
}

const order = (fields: Record<string, unknown>) => () => stage.control.order(fields);
const write =
  (file: string, text: string | Buffer, server = 'Survival') =>
  () =>
    stage.write(file, text, server);
const here = (file: string) => join(stage.folderOf('Survival'), file);

async function begin(dialect: string, servers: Record<string, string>): Promise<void> {
  stage = new RecordedBackupStage();
  await stage.start(dialect);
  for (const [recorded, name] of Object.entries(servers)) {
    stage.name(recorded, stage.control.uuidOf(name).slice(0, recorded.length));
  }
}

/** Lists with one file each. */
const onlyFile = (name: string, text: string) => () => {
  rmSync(stage.folderOf('Survival'), { recursive: true, force: true });
  stage.write(name, text);
};

describe.runIf(pterodactyl !== null)('Pterodactyl, recorded in November 2026', () => {
  beforeAll(async () => {
    await begin('panel-1.11', {
      '46b50928': 'Survival',
      '2057840f': 'Creative',
      f4334fc6: 'Event Arena',
      '8f3ed78b': 'Skyblock',
    });
    await order({
      do: 'permissions',
      server: 'Creative',
      user: 'subuser',
      permissions: ['file.read'],
    })();
    await order({ do: 'denied-files', server: 'Survival', patterns: ['secret.txt'] })();
    onlyFile('server.properties', 'server-port=25515\n')();
    write('server.properties', 'server-port=25515\n', 'Creative')();
  });
  afterAll(() => stage.stop());

  const denied = uploadOf([['secret.txt', 'x']]);
  const upload = uploadOf([['up.txt', 'uploaded']]);
  const uploadLink = () => stage.control.on('owner', 'Survival', 'GET', '/files/upload');
  const archive = () => stage.files().find((name) => name.startsWith('archive-')) ?? '';
  const pulls = async () => {
    for (let turn = 0; turn < 10; turn++) {
      await stage.control.on('owner', 'Creative', 'POST', '/files/pull', {
        url: 'https://files.example.invalid/a',
      });
    }
  };

  if (pterodactyl !== null) {
    replay(pterodactyl, [
      73,
      74,
      75,
      76,
      77,
      79,
      80,
      81,
      82,
      83,
      86,
      87,
      88,
      { number: 91, before: write('notes.txt', 'line one\nünïcode ✓\n') },
      { number: 92, body: Buffer.from([0, 0xff, 0xfe, 1, 2, 3]) },
      93,
      { number: 94, body: 'x'.repeat(5 * 1024 * 1024) },
      95,
      96,
      97,
      98,
      99,
      101,
      102,
      103,
      104,
      105,
      107,
      108,
      109,
      111,
      112,
      { number: 113, before: () => stage.name('archive-2026-11-28T144305Z.tar.gz', archive()) },
      114,
      117,
      118,
      119,
      120,
      121,
      122,
      { number: 124, before: () => stage.download() },
      125,
      127,
      128,
      129,
      { number: 130, body: upload },
      { number: 131, body: upload },
      { number: 133, before: uploadLinked, body: upload },
      134,
      { number: 135, body: uploadOf([['up.txt', 'x']], 'other') },
      136,
      { number: 137, body: denied },
      138,
      { number: 140, body: upload },
      141,
      142,
      145,
      146,
      147,
      149,
      { number: 288, before: pulls },
      292,
      294,
      296,
      297,
      { number: 298, before: largeFile },
      299,
      344,
      354,
      { number: 356, before: order({ do: 'node-maintenance', node: 'Summit', on: true }) },
      { number: 393, before: worldOf },
      { number: 396, before: oddFiles },
      { number: 397, before: manyFiles },
      398,
      399,
      400,
      401,
      402,
      403,
      404,
      { number: 406, before: write('odd/data.json', '{"a": 1}') },
      407,
      408,
      410,
      412,
      414,
      415,
      416,
      417,
      418,
      419,
      420,
      421,
      {
        number: 422,
        body: uploadOf([
          ['one.txt', '1'],
          ['../../two.txt', '2'],
        ]),
      },
      423,
      424,
      425,
      426,
      427,
      428,
      429,
      { number: 256, before: order({ do: 'node-down', node: 'Harbor' }) },
      268,
    ]);
  }

  async function uploadLinked(): Promise<void> {
    stage.learn(await uploadLink());
  }

  function largeFile(): void {
    const folder = stage.folderOf('Creative');
    rmSync(join(folder, 'server.properties'), { force: true });
    mkdirSync(join(folder, 'tmp'), { recursive: true });
    stage.write('fill.bin', '', 'Creative');
    truncateSync(join(folder, 'fill.bin'), 40 * 1024 * 1024);
  }

  function worldOf(): void {
    rmSync(here('world'), { recursive: true });
    stage.write('world/notes2.txt', 'x');
  }

  function oddFiles(): void {
    const odd = here('odd');
    mkdirSync(join(odd, 'd'), { recursive: true });
    const texts = ["quote\"s & 'apos' <b>.txt", 'no-perm.txt', 'new\nline.txt', 'c.yml', '.dotfile'];
    for (const name of [...texts, 'old.txt', 'sparse.bin', 'fake.gz', 'data.json', 'bad-utf8.txt'])
      stage.write(`odd/${name}`, 'x\n');
    stage.write('odd/almost4mb.txt', 'x'.repeat(3_900_000));
    truncateSync(join(odd, 'sparse.bin'), 60 * 1024 * 1024);
    utimesSync(join(odd, 'old.txt'), 915_148_800, 915_148_800);
    chmodSync(join(odd, 'no-perm.txt'), 0);
    symlinkSync('/etc/passwd', join(odd, 'link-outside'));
    symlinkSync('../server.properties', join(odd, 'link-inside'));
    symlinkSync('/etc', join(odd, 'dirlink-outside'));
    symlinkSync('nothing', join(odd, 'broken-link'));
    execFileSync('mkfifo', [join(odd, 'a-fifo')]);
  }

  function manyFiles(): void {
    for (let at = 1; at <= 600; at++) stage.write(`many/f${at}.txt`, 'abc');
  }
});

describe.runIf(pelican !== null)('Pelican, recorded in November 2026', () => {
  beforeAll(async () => {
    await begin('pelican', {
      '2f6c0995-d0c3-4717-8912-0a55ae4f0709': 'Survival',
      'b294bafa-2d63-42c7-9867-8ae33f0dec79': 'Skyblock',
      '7780a1cb-7733-42ef-be43-07e2b51a8ba5': 'Creative',
      '1f381b90-e3f4-4bfd-abcd-ca9cfed055bb': 'Longhouse',
    });
    onlyFile('hello.txt', 'hello\n')();
    write('server.properties', 'x')();
    await order({ do: 'node-down', node: 'Summit' })();
  });
  afterAll(() => stage.stop());

  if (pelican !== null) {
    replay(pelican, [
      84,
      85,
      86,
      91,
      92,
      95,
      96,
      99,
      100,
      { number: 101, before: write('notes.txt', 'héllo\nsecond line\n') },
      102,
      103,
      104,
      105,
      106,
      107,
      108,
      109,
      110,
      { number: 111, before: () => stage.name('archive-2026-11-28T151239Z.tar.gz', archive()) },
      112,
      114,
      115,
      116,
      117,
      119,
      { number: 120, body: uploadOf([['up.txt', 'uploaded']]) },
      { number: 121, body: uploadOf([['up.txt', 'uploaded']]) },
      122,
      123,
      124,
      { number: 125, before: order(unknownToNode) },
      126,
    ]);
  }

  const archive = () => stage.files().find((name) => name.startsWith('archive-')) ?? '';
});

/** As a node answers that does not know the server. */
const unknownToNode = {
  do: 'fault',
  server: 'Longhouse',
  fault: { kind: 'refuse', status: 404, message: 'The requested resource does not exist on this instance.' },
};
