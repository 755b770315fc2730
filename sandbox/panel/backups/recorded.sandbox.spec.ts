/** Recorded answers and sockets of backups, from a real Pterodactyl and a real Pelican, against a sandbox with files. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordedFixtures } from '../../../tests/support/fixtures.js';
import { entriesOf, recordedEntries } from '../../../tests/support/recorded-activity.js';
import {
  backupExchanges,
  exchangeOf,
  outlineOf,
  RecordedBackupStage,
  recordedEvents,
} from '../../../tests/support/recorded-backup-stage.js';
import { countRecorded } from '../../../tests/support/recorded-cases.js';
import type { TestSocket } from '../../../tests/support/wings-rig.js';

const pterodactyl = recordedFixtures('client-api-2026-11/pterodactyl');
const pelican = recordedFixtures('client-api-2026-11/pelican');

let stage: RecordedBackupStage;

/** Steps between two recorded requests that have no recording. */
type Between = () => Promise<unknown> | undefined;

const order = (fields: Record<string, unknown>) => () => stage.control.order(fields);
const slow = order({ do: 'backups', server: 'Survival', rate: 1 });
const quick = order({ do: 'backups', server: 'Survival', rate: null });
const allow = (server: string, ...permissions: string[]) =>
  order({ do: 'permissions', server, user: 'subuser', permissions });
const created =
  (recorded: string, fields: Record<string, unknown>, server = 'Survival') =>
  async () =>
    stage.name(recorded, (await stage.create(fields, server)).uuid);
const locked = (recorded: string) => () => stage.ask('POST', `/${stage.realUuid(recorded)}/lock`);
const restored = () => stage.status(null);
const ended =
  (server = 'Survival') =>
  async () => {
    for (const { uuid } of await stage.list(server)) await stage.ended(uuid, server);
  };
const deleted = async () => {
  for (const { uuid } of await stage.list()) await stage.ask('DELETE', `/${uuid}`);
};

/** Plays the recordings in order. A number alone = without steps between. */
function replay(folder: string, steps: readonly (number | [number, ...Between[]])[]): void {
  const exchanges = backupExchanges(folder);
  for (const step of steps) {
    const [number, ...between] = typeof step === 'number' ? [step] : step;
    const one = exchangeOf(exchanges, number);
    test(`${number} ${one.case}`, async (context) => {
      countRecorded(context, { answers: 1 });
      for (const each of between) await each();
      expect(await stage.play(one)).toEqual([]);
    });
  }
}

async function begin(dialect: string, servers: Record<string, string>): Promise<void> {
  stage = new RecordedBackupStage();
  await stage.start(dialect);
  for (const [recorded, name] of Object.entries(servers)) {
    stage.name(recorded, stage.control.uuidOf(name).slice(0, recorded.length));
  }
  stage.write('server.properties', 'motd=Hello');
  stage.write('world/notes2.txt', 'notes');
}

describe.runIf(pterodactyl !== null)('Pterodactyl, recorded in November 2026', () => {
  const folder = pterodactyl ?? '';
  const sockets: TestSocket[] = [];
  let seconds: number[] = [];

  beforeAll(async () => {
    await begin('panel-1.11', {
      '46b50928': 'Survival',
      '160056b1': 'Lobby',
      d9194ae0: 'Staff Room',
      c9bcda35: 'Creative',
      f4334fc6: 'Event Arena',
      '8f3ed78b': 'Skyblock',
    });
    await allow('Survival', 'websocket.connect', 'control.start')();
    await allow('Creative', 'websocket.connect', 'backup.read')();
    // A token must be from a later second than the change of permissions.
    await pause(1100);
    sockets.push(await stage.socket(), await stage.socket('subuser'));
    await sockets[0]?.status('running');
  });
  afterAll(() => stage.stop());

  const running = 'df3a9543-b7a9-4072-a4fc-cc9fab4854ba';
  const restart = async () => {
    for (const socket of sockets) socket.skip();
    await stage.control.on('owner', 'Survival', 'POST', '/power', { signal: 'start' });
    await Promise.all(sockets.map((socket) => socket.status('running')));
  };
  const unthrottled = order({ do: 'panel', backupThrottle: { limit: 2, period: 0 } });
  const secondPart = async () => {
    await deleted();
    seconds = sockets.map(({ frames }) => frames.length);
  };

  // 171 and 172 were artefacts: that panel could not take the end of a restoration.
  if (pterodactyl !== null) {
    replay(folder, [
      150,
      151,
      152,
      [155, slow, created(running, { name: 'first ✓' })],
      156,
      157,
      158,
      [161, quick, () => sockets[0]?.event('backup completed'), created('the second', { is_locked: true })],
      162,
      177,
      [229, ended(), unthrottled, deleted, unlocked, secondPart],
      [230, ended()],
      231,
      [234, created('23f022ad-dd09-4f38-aa86-28517907ea4f', { name: 'at the same time' }), ended()],
      235,
      236,
      237,
      238,
      239,
      [240, () => stage.download()],
      [241, slow],
      242,
      245,
      246,
      [247, quick, restored],
      249,
      [250, restored],
      251,
      252,
      253,
    ]);

    test.each([
      ['ws-backups.jsonl', 0, 'backups-create', 'backups-view-done'],
      ['ws-backups-subuser.jsonl', 1, 'backups-create', 'backups-view-done'],
    ] as const)('%s, the backup that is deleted while it runs', (file, at, from, to) => {
      const wanted = outlineOf(recordedEvents(folder, file, from, to));
      const came = outlineOf(sockets[at]?.frames.slice(0, seconds[at]) ?? []);
      expect(came.filter((line) => line.startsWith('backup')).slice(0, 1)).toEqual(wanted);
    });

    test.each([
      ['ws-backups-2.jsonl', 0],
      ['ws-backups-2-subuser.jsonl', 1],
    ] as const)('%s', async (file, at) => {
      if (at === 0) await restart();
      const wanted = outlineOf(recordedEvents(folder, file, 'backups-create'));
      expect(outlineOf(sockets[at]?.frames.slice(seconds[at]) ?? [])).toEqual(wanted);
    });

    test('374 activity-all-survival, of backups', async (context) => {
      countRecorded(context, { answers: 1 });
      const wanted = recordedEntries(join(folder, '374-activity-all-survival.json'), '2026-11-28T14:50:18');
      const path = '/activity?include=actor&sort=-timestamp&per_page=100';
      const { text } = await stage.control.on('owner', 'Survival', 'GET', path);
      // The entries of the first part are older. Those of one second have no fixed order.
      expect(entriesOf(JSON.parse(text)).slice(0, wanted.length).sort()).toEqual(wanted.sort());
    });

    replay(folder, [
      [257, order({ do: 'node-down', node: 'Harbor' })],
      258,
      259,
      305,
      [306, order({ do: 'node-up', node: 'Harbor' })],
      [
        326,
        created('of the subuser', {}, 'Creative'),
        allow('Creative', 'websocket.connect', 'backup.create', 'backup.read'),
      ],
      [327, ended('Creative')],
      345,
      346,
      [357, order({ do: 'node-maintenance', node: 'Summit', on: true })],
      [290, order({ do: 'revoke-keys', user: 'owner' })],
    ]);
  }

  /** The backup that was locked at its creation is still there. */
  async function unlocked(): Promise<void> {
    for (const { uuid } of await stage.list()) await stage.ask('POST', `/${uuid}/lock`);
  }
});

describe.runIf(pelican !== null)('Pelican, recorded in November 2026', () => {
  beforeAll(() =>
    begin('pelican', {
      '2f6c0995-d0c3-4717-8912-0a55ae4f0709': 'Survival',
      '1f381b90-e3f4-4bfd-abcd-ca9cfed055bb': 'Lobby',
      '7780a1cb-7733-42ef-be43-07e2b51a8ba5': 'Creative',
    }),
  );
  afterAll(() => stage.stop());

  const first = '41096fdb-23b7-4851-8f1f-3892444a3bd1';
  if (pelican !== null) {
    replay(pelican, [
      129,
      [132, ended()],
      [133, created('c62046e2-121e-4013-b871-32718e489300', { name: 'second' }), ended()],
      [135, locked(first)],
      136,
      138,
      139,
      140,
      142,
      143,
      145,
      146,
      147,
      [148, restored],
      149,
    ]);
  }
});
