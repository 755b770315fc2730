import { describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import { PerchError } from '../../../bridge/errors.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aFile } from '../../../tests/support/fake-files.js';
import { aFleet, aPanelServer, FakePanel } from '../../../tests/support/fleet-fakes.js';
import { listEntries, mostEntries } from './list-files.js';
import { readPlayerLists } from './player-lists.js';

const serverId = 'home/u0';

async function rig(
  files: Readonly<Record<string, string | null>>,
  fields: Partial<Server> = { game: 'minecraft' },
) {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0')];
  panel.filesOfAll = Object.keys(files).map((path) => aFile(path.slice(1)));
  panel.fileContents = async (_identifier, path) => {
    const text = files[path];
    // The answer of Wings for a missing file, so Perch must not ask for the file.
    if (text === undefined) throw new PerchError(aProblem('panel-error'));
    if (text === null) throw new PerchError(aProblem('panel-error'));
    return new TextEncoder().encode(text);
  };
  const fleet = aFleet(panel);
  await fleet.live();
  fleet.store.apply([{ kind: 'server-upserted', server: { ...fleet.server('u0'), ...fields } }]);
  return () => readPlayerLists({ store: fleet.store, fleet: fleet.fleet }, serverId);
}

const ban = {
  uuid: '1b4a2c1e-0000-4000-8000-000000000001',
  name: 'Mallory',
  created: '2026-11-28 18:30:00 +0100',
  source: 'Console',
  expires: 'forever',
  reason: 'Griefing',
};

describe('readPlayerLists', () => {
  it('reads the four files of Minecraft; a missing file is an empty list', async () => {
    const read = await rig({
      '/whitelist.json': '[{"uuid":"1","name":"bob"},{"uuid":"2","name":"Anna"}]',
      '/banned-players.json': JSON.stringify([ban]),
      '/banned-ips.json': '[{"ip":"192.0.2.9","reason":null}]',
    });
    const { lists } = await read();
    const none = { by: null, at: null, until: null, reason: null };
    expect(lists).toMatchObject([
      { kind: 'whitelist', entries: [{ name: 'Anna', ...none }, { name: 'bob' }], total: 2, problem: null },
      {
        kind: 'bans',
        entries: [
          {
            name: 'Mallory',
            reason: 'Griefing',
            by: 'Console',
            at: Date.UTC(2026, 10, 28, 17, 30),
            until: null,
          },
        ],
      },
      { kind: 'ip-bans', entries: [{ name: '192.0.2.9', ...none }] },
      { kind: 'ops', entries: [], total: 0, problem: null },
    ]);
  });

  it('says which list could not be read, and reads the others', async () => {
    const read = await rig({ '/whitelist.json': '{"no":"list"}', '/ops.json': null });
    const { lists } = await read();
    expect(lists).toMatchObject([
      { entries: null, problem: { message: { id: 'actions.player-no-list' } } },
      { entries: [], problem: null },
      { entries: [], problem: null },
      { entries: null, problem: aProblem('panel-error') },
    ]);
  });

  it("reads Bedrock's allowlist, and no list for games without lists", async () => {
    const bedrock = await rig(
      { '/allowlist.json': '[{"name":"Anna B","ignoresPlayerLimit":false}]' },
      { game: 'bedrock' },
    );
    expect((await bedrock()).lists).toMatchObject([{ kind: 'whitelist', entries: [{ name: 'Anna B' }] }]);
    const valheim = await rig({}, { game: 'valheim' });
    expect(await valheim()).toEqual({ lists: [] });
  });

  it('refuses without the permission to read files', async () => {
    const read = await rig({}, { game: 'minecraft', permissions: ['file.read'] });
    await expect(read()).rejects.toMatchObject({
      problem: { code: 'forbidden', permission: 'file.read-content' },
    });
  });
});

describe('listEntries', () => {
  it('takes an empty file, and a file with a byte order mark', () => {
    expect(listEntries(' \n')).toEqual({ entries: [], total: 0 });
    expect(listEntries('\ufeff[{"name":"Anna"}]')?.total).toBe(1);
  });

  it('bounds hostile files', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => ({ name: `p${at}` }));
    const found = listEntries(JSON.stringify(many));
    expect(found?.total).toBe(100_000);
    expect(found?.entries).toHaveLength(mostEntries);
    const odd = [
      null,
      5,
      'x',
      [],
      {},
      { name: 5 },
      { name: '\u202e' },
      { name: 'a\nb\u202e', reason: 'r\u001b[2Jr' },
    ];
    expect(listEntries(JSON.stringify(odd))).toMatchObject({
      entries: [{ name: 'a b', isAltered: true, reason: 'rr' }],
      total: 1,
    });
    expect(listEntries('[1')).toBeNull();
    expect(listEntries('{"__proto__":[]}')).toBeNull();
  });
});
