/** Downloads of real archives from the sandbox's nodes, over the real network to a real folder. */
import { FakeServerFiles } from '../../tests/support/fake-server-files.js';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TransferRecord } from '../../bridge/schema/transfers.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import { BackupStage, eventually, type BackupAttributes } from '../../tests/support/backup-stage.js';
import { aNetwork } from '../../tests/support/direct-network.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { trusting } from '../../tests/support/trusting.js';
import { systemClock } from '../base/clock.js';
import { localTree } from './local-tree.js';
import { NodeLinks } from './node-links.js';
import { systemDisk } from './transfer-disk.js';
import { Transfers } from './transfers.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

const longestPauseMs = 50;

let stage: BackupStage;
let folder: string;
let transfers: Transfers;
/** The changed answer of the panel. */
let onLink: (url: string) => string | Promise<string>;
const links: string[] = [];
const log = new FakeLog();
let kept: readonly TransferRecord[];

beforeEach(() => {
  stage = new BackupStage();
  folder = mkdtempSync(join(tmpdir(), 'perch-real-archives-'));
  onLink = (url) => url;
  links.length = 0;
  kept = [];
});
afterEach(async () => {
  await transfers.stop();
  await stage.stop();
  await removeFolder(folder);
});

async function begin(dialect: string): Promise<void> {
  await stage.start(dialect);
  const network = aNetwork();
  const downloads = new NodeLinks({
    link: async (source) => {
      if (source.kind !== 'backup') throw new Error('only backups');
      const url = await onLink(await stage.link(source.backup));
      links.push(url);
      return { url, accountId: 'home', origin: stage.control.panelUrl };
    },
    downloads: (trustOf) => network.downloads(trustOf),
    uploads: (trustOf) => network.uploads(trustOf),
    trustOf: () => trusting(null),
    mayBeUnencrypted: () => false,
  });
  transfers = new Transfers({
    // Pauses between attempts are cut short.
    clock: {
      now: () => systemClock.now(),
      wall: () => systemClock.wall(),
      after: (ms, run) => systemClock.after(Math.min(ms, longestPauseMs), run),
    },
    random: Math.random,
    log,
    kept: {
      load: () => Promise.resolve(kept),
      save: (records) => Promise.resolve(void (kept = records)),
    },
    disk: systemDisk,
    download: (source, signal) => downloads.download(source, signal),
    upload: () => Promise.reject(new Error('Nothing is uploaded.')),
    sftp: new FakeServerFiles().sftp.doorOf(systemClock),
    localTree: (top) => localTree(top, false),
    panelOf: () => {
      throw new Error('Nothing is uploaded.');
    },
    unpack: () => Promise.reject(new Error('Nothing is unpacked.')),
    holdsOnly: () => Promise.reject(new Error('Nothing is unpacked.')),
    limitOf: () => null,
    limit: () => null,
    newId: randomUUID,
  });
  await transfers.start(['home']);
}

async function made(): Promise<BackupAttributes> {
  stage.write('world/level.dat', randomBytes(3_000_000));
  return stage.made();
}

const order = (fields: Record<string, unknown>) =>
  stage.control.order({ do: 'backups', server: 'Survival', ...fields });

async function download({ uuid, bytes, checksum }: BackupAttributes): Promise<void> {
  await transfers.add({
    source: { kind: 'backup', serverId: 'home/1', backup: uuid },
    label: 'Nightly',
    panel: 'home',
    node: 'home/1',
    size: bytes,
    sha1: checksum?.replace('sha1:', '') ?? null,
    target: { folder, file: 'Nightly.tar.gz', ifTaken: 'number' },
  });
}

/** Waits for a state, and names the problem of that moment. */
async function until(state: string): Promise<string | undefined> {
  const [found] = await eventually(
    () => transfers.current,
    ([one]) => one?.state === state,
  );
  return found?.problem?.message.id;
}

function expectWhole({ uuid }: BackupAttributes): void {
  expect(readdirSync(folder)).toEqual(['Nightly.tar.gz']);
  expect(readFileSync(join(folder, 'Nightly.tar.gz')).equals(readFileSync(stage.archiveOf(uuid)))).toBe(true);
}

describe.each(Object.keys(dialects))('an archive of %s', (dialect) => {
  beforeEach(() => begin(dialect));

  test('comes whole, and its link is nowhere', async () => {
    const backup = await made();
    await download(backup);
    await until('done');
    expectWhole(backup);
    const told = [log.text, JSON.stringify(kept), JSON.stringify(transfers.current)].join('\n');
    for (const link of links) expect(told).not.toContain(new URL(link).searchParams.get('token'));
  });

  test('is begun again after a cut, with a new link', async () => {
    const backup = await made();
    await order({ cutAt: 1_000_001 });
    await download(backup);
    expect(await until('resting')).toBe('transfers.cut');
    expect(readdirSync(folder)).toEqual([]);
    await order({ cutAt: null });
    await until('done');
    expectWhole(backup);
    expect(new Set(links).size).toBe(links.length);
  });

  test('that arrives garbled gets no name', async () => {
    const backup = await made();
    await order({ garbled: true });
    await download(backup);
    expect(await until('failed')).toBe('transfers.wrong-checksum');
    expect(readdirSync(folder)).toEqual([]);
    await order({ garbled: false });
    transfers.retry(transfers.current[0]?.id ?? '');
    await until('done');
    expectWhole(backup);
  });

  test('is refused by a used link, a proxy and a node without it, each in its own words', async () => {
    const backup = await made();
    onLink = async (url) => {
      await (await fetch(url)).arrayBuffer();
      return url;
    };
    await download(backup);
    expect(await until('resting')).toBe('transfers.spent');
    await order({ downloadStatus: 502 });
    await eventually(
      () => transfers.current[0]?.problem?.message.id,
      (id) => id === 'transfers.status',
    );
    onLink = async (url) => {
      await order({ downloadStatus: null });
      await stage.ask('DELETE', `/${backup.uuid}`);
      return url;
    };
    expect(await until('failed')).toBe('transfers.gone');
    expect(readdirSync(folder)).toEqual([]);
  });
});
