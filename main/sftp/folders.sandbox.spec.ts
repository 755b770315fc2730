/** Folders over SFTP through main: to and from a node that packs nothing, and files above its limit. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dialects } from '../../sandbox/panel/dialects.js';
import { aBackupPerch } from '../../tests/support/backup-perch.js';
import { eventually } from '../../tests/support/backup-stage.js';
import { FakeKeychain } from '../../tests/support/fake-keychain.js';

function lay(top: string, path: string, content: string): void {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), content);
}

/** Contents by path of all files below a folder. */
function contents(top: string, below = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(join(top, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) for (const one of contents(top, path)) found.set(...one);
    else found.set(path, readFileSync(join(top, path), 'utf8'));
  }
  return found;
}

const pathOf = (at: number): string => `world/region${at % 25}/chunk ${at}.mca`;
const textOf = (at: number): string => `chunk ${at} `.repeat(at % 40);
const expected = (count: number): Map<string, string> =>
  new Map(Array.from({ length: count }, (_, at) => [pathOf(at), textOf(at)]));
const sorted = (files: Map<string, string>): [string, string][] => [...files].sort();

describe.each(Object.keys(dialects))('folders over SFTP of %s', (dialect) => {
  // The node is the same for all panels, so thousands of files go to one of them.
  const many = dialect === 'panel-1.12' ? 5000 : 300;
  let it: Awaited<ReturnType<typeof aBackupPerch>>;
  let here: string;
  let there: string;
  const serverId = () => it.named('Survival')?.id ?? '';
  const order = (fields: Record<string, unknown>) =>
    it.stage.control.order({ node: it.named('Survival')?.node, ...fields });
  const state = () => it.transfers.current.at(-1)?.state;
  // Thousands of files take a while on a busy computer.
  const resting = () => eventually(state, (now) => now === 'resting', 90);
  const ended = () => eventually(state, (now) => now === 'done' || now === 'failed', 90);
  const bring = async (path: string): Promise<void> => {
    const folder = join(here, 'down');
    mkdirSync(folder, { recursive: true });
    const offer = {
      source: { kind: 'folder', serverId: serverId(), path, as: 'folder' },
      label: 'world',
      panel: it.named('Survival')?.accountId ?? '',
      node: 'node',
      size: null,
      sha1: null,
      by: 'sftp',
    } as const;
    await it.transfers.add({ ...offer, target: { folder, file: 'world', ifTaken: 'number' } });
  };

  beforeAll(async () => {
    it = await aBackupPerch(dialect, new FakeKeychain());
    here = join(it.dataFolder, 'here');
    await it.connect('owner');
    await it.listed();
    there = it.stage.folderOf('Survival');
    await it.calls['sftp.setUp']({ serverId: serverId() });
    for (let at = 0; at < many; at++) lay(join(here, 'up'), pathOf(at), textOf(at));
  });
  afterEach(async () => {
    await order({ do: 'sftp', rate: null, cutAt: null });
    for (const { id } of it.transfers.current) await it.transfers.cancel(id);
    await eventually(
      () => it.transfers.current.length,
      (count) => count === 0,
    );
  });
  afterAll(() => it.stop());

  test('many files go to the server, also over connections that are cut, and appear together', async () => {
    const sources = [join(here, 'up/world')];
    const plan = await it.uploads.plan(serverId(), { folder: '/', sources });
    const wanted = plan.wanted.map((one) => ({ ...one, by: 'sftp' as const }));
    await order({ do: 'sftp', cutAt: many * 80 });
    await it.uploads.begin({ ...plan, wanted });
    await resting();
    expect(it.transfers.current[0]?.problem?.message.id).toBe('sftp.cut');
    expect(it.stage.files()).not.toContain('world');
    await order({ do: 'sftp', cutAt: null });
    await ended();
    expect(it.transfers.current[0]).toMatchObject({ state: 'done', by: 'sftp' });
    const sent = sorted(contents(there)).filter(([path]) => path.startsWith('world/'));
    expect(sent).toEqual(sorted(expected(many)));
    expect(readdirSync(there).filter((name) => name.startsWith('.perch'))).toEqual([]);
  }, 200_000);

  test('a folder comes here with all its files, and not half of it before', async () => {
    await order({ do: 'sftp', cutAt: many * 40 });
    await bring('/world');
    await resting();
    expect(readdirSync(join(here, 'down'))).toEqual([]);
    await order({ do: 'sftp', cutAt: null });
    await ended();
    expect(it.transfers.current[0]).toMatchObject({ state: 'done' });
    expect(sorted(contents(join(here, 'down')))).toEqual(sorted(expected(many)));
  }, 200_000);

  test('a folder that the node can’t pack comes over SFTP without a question', async () => {
    await it.stage.control.order({ do: 'disk-limit', server: 'Survival', mb: 1 });
    lay(there, 'small/a.txt', 'a');
    lay(there, 'fill.bin', 'x'.repeat(2_000_000));
    const folder = join(here, 'small');
    mkdirSync(folder);
    await it.transfers.add({
      source: { kind: 'folder', serverId: serverId(), path: '/small', as: 'folder' },
      label: 'small',
      panel: it.named('Survival')?.accountId ?? '',
      node: 'node',
      size: null,
      sha1: null,
      target: { folder, file: 'small', ifTaken: 'number' },
    });
    await ended();
    expect(it.transfers.current[0]).toMatchObject({ state: 'done' });
    expect(sorted(contents(folder))).toEqual([['small/a.txt', 'a']]);
  });
});
