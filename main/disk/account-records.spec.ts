import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeLog } from '../../tests/support/fake-log.js';
import { AccountRecordsFile } from './account-records.js';
import type { AccountRecord } from '../base/ports.js';
import { Notices, type UnusableFile } from './notices.js';
import { spoken } from '../../messages/messages.js';

const record: AccountRecord = {
  id: 'home',
  label: 'Home',
  panelUrl: 'https://panel.example.com',
  keyStorage: 'keychain',
  isDemo: false,
  trusted: { pem: 'PEM', fingerprint: 'AA:BB' },
  trustedNodes: [{ host: 'node.example.com:8080', pem: 'PEM', fingerprint: 'CC:DD' }],
};

let parent: string;
let folder: string;
let log: FakeLog;
let said: UnusableFile[];
const file = () => join(folder, 'accounts.json');
const open = () => new AccountRecordsFile({ folder, log, setAside: (what) => said.push(what) });

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'perch-records-'));
  folder = join(parent, 'data');
  log = new FakeLog();
  said = [];
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** Writes a text instead of the file, as an earlier run or an accident left it. */
async function leave(text: string): Promise<void> {
  await open().save([]);
  await writeFile(file(), text);
}

async function keptAside(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('accounts.json.damaged-'));
}

describe('AccountRecordsFile', () => {
  it('starts empty and keeps saved records', async () => {
    expect(await open().load()).toEqual([]);
    await open().save([record, { ...record, id: 'work', trusted: null }]);
    expect(await open().load()).toEqual([record, { ...record, id: 'work', trusted: null }]);
    expect(await keptAside()).toEqual([]);
  });

  it('keeps the choice of all servers', async () => {
    await open().save([{ ...record, allServers: true }]);
    expect(await open().load()).toEqual([{ ...record, allServers: true }]);
  });

  it('keeps the SFTP key without its private part, and keys of nodes', async () => {
    const sftp = {
      name: 'Perch on laptop',
      publicKey: `ssh-ed25519 ${'A'.repeat(68)}`,
      fingerprint: `SHA256:${'A'.repeat(43)}`,
      addedAt: 5,
    };
    const sftpHosts = [
      { host: 'node.example.com:2022', type: 'ssh-ed25519', fingerprint: sftp.fingerprint, pinnedAt: 6 },
    ];
    await open().save([{ ...record, sftp, sftpHosts }]);
    expect(await open().load()).toEqual([{ ...record, sftp, sftpHosts }]);
    const text = await readFile(file(), 'utf8');
    await leave(text.replaceAll(sftp.fingerprint, 'SHA256:damaged'));
    expect(await open().load()).toEqual([]);
    expect(await keptAside()).toHaveLength(1);
  });

  it('is readable by its owner only, where files have modes', async () => {
    await open().save([record]);
    const forOthers = process.platform === 'win32' ? 0 : (await stat(file())).mode & 0o077;
    expect(forOthers).toBe(0);
  });

  it('never holds a key, even if a caller passes one', async () => {
    const careless = {
      ...record,
      key: 'ptlc_secret',
      trusted: { pem: 'PEM', fingerprint: 'AA', key: 'ptlc_secret' },
    };
    await open().save([careless]);
    expect(await readFile(file(), 'utf8')).not.toContain('ptlc_secret');
  });

  it.each(['{"version":1,"accounts":[', '', '[]', '{"version":2,"accounts":[]}', 'null'])(
    'keeps a damaged file aside: %j',
    async (text) => {
      await leave(text);
      const records = open();
      expect(await records.load()).toEqual([]);
      await records.save([record]);
      const [aside, ...more] = await keptAside();
      expect(more).toEqual([]);
      expect(aside).toBeDefined();
      expect(await readFile(join(folder, aside ?? ''), 'utf8')).toBe(text);
      expect(await open().load()).toEqual([record]);
      expect(log.text).toContain('accounts.damaged');
    },
  );

  it.each([
    ['damaged', '{"version":1,"accounts":[', /damaged, so no panel is connected/],
    ['newer', '{"version":2,"accounts":[]}', /newer version of Perch/],
    [
      'parts',
      JSON.stringify({ version: 1, accounts: [record, 5] }),
      /list of panels were damaged. Perch uses the rest/,
    ],
  ])('reports the damage and the path of the old file: %s', async (why, text, words) => {
    await leave(text);
    await open().load();
    const [aside = ''] = await keptAside();
    expect(said).toEqual([{ content: 'accounts', why, file: join(folder, aside) }]);
    const notices = new Notices();
    for (const what of said) notices.setAside(what);
    const [notice] = notices.current;
    expect(notice && spoken(notice.message)).toMatch(words);
    expect(notice && spoken(notice.next)).toContain(aside);
    notices.dismiss(notice?.id ?? '');
    expect(notices.current).toEqual([]);
  });

  it('reads a file with a byte order mark', async () => {
    await open().save([record]);
    await writeFile(file(), `\uFEFF${await readFile(file(), 'utf8')}`);
    expect(await open().load()).toEqual([record]);
    expect(said).toEqual([]);
  });

  it('keeps a damaged file aside although it was never loaded', async () => {
    await leave('garbage');
    await open().save([record]);
    expect(await keptAside()).toHaveLength(1);
  });

  it('uses intact records', async () => {
    await leave(
      JSON.stringify({ version: 1, accounts: [record, { id: 5 }, { ...record, panelUrl: 'file:///x' }] }),
    );
    expect(await open().load()).toEqual([record]);
    expect(await keptAside()).toHaveLength(1);
  });

  it('keeps the same damage aside once, however often Perch starts', async () => {
    const text = JSON.stringify({ version: 1, accounts: [record, { id: 5 }] });
    await leave(text);
    for (let start = 0; start < 3; start++) expect(await open().load()).toEqual([record]);
    expect(said).toHaveLength(1);
    expect(await keptAside()).toHaveLength(1);
    expect(await readFile(file(), 'utf8')).toBe(text);
    await leave('other damage');
    await open().load();
    expect(await keptAside()).toHaveLength(2);
  });

  it('reports an unreadable file, and does not replace it', async () => {
    await open().save([]);
    await rm(file());
    await mkdir(file());
    await expect(open().load()).rejects.toThrowError(/accounts\.json/);
    await expect(open().save([record])).rejects.toThrowError(/accounts\.json/);
  });
});
