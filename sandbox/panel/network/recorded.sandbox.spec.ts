/** Recorded answers about allocations, from a real Pterodactyl and a real Pelican (PROTOCOL 2.21). */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { recordedFixtures } from '../../../tests/support/fixtures.js';
import { entriesOf, recordedEntries } from '../../../tests/support/recorded-activity.js';
import {
  backupExchanges,
  exchangeOf,
  RecordedBackupStage,
} from '../../../tests/support/recorded-backup-stage.js';
import { countRecorded } from '../../../tests/support/recorded-cases.js';

const pterodactyl = recordedFixtures('client-api-2026-11/pterodactyl');
const pelican = recordedFixtures('client-api-2026-11/pelican');
const address = '127.0.0.1';
let stage: RecordedBackupStage;

/** Steps before a recorded request that have no recording. */
type Before = () => Promise<unknown>;

const order = (fields: Record<string, unknown>) => () => stage.control.order(fields);
const looked = z.object({
  result: z.object({ allocations: z.array(z.object({ id: z.number(), port: z.number() })) }),
});
const allocationsOf = async (server: string) =>
  looked.parse(await stage.control.order({ do: 'look', server })).result.allocations;

/**
 * Names the allocation with this port as the recorded allocation. `recorded` = id in the recordings, with the rest of
 * the path.
 */
async function name(recorded: string, server: string, port: number): Promise<void> {
  const found = (await allocationsOf(server)).find((one) => one.port === port);
  if (found === undefined) throw new Error(`${server} has no port ${port}.`);
  const [, ...rest] = recorded.split('/');
  stage.name(`/allocations/${recorded}`, `/allocations/${[found.id, ...rest].join('/')}`);
}

/** Notes and default marks of an answer, which must be those of the recording. Ids and free ports differ. */
function facts(body: unknown): unknown {
  const item = z.object({
    object: z.literal('allocation'),
    attributes: z.looseObject({ notes: z.string().nullable(), is_default: z.boolean(), ip: z.string() }),
  });
  const list = z.object({ data: z.array(item) });
  const all = list.safeParse(body).data?.data ?? [item.parse(body)];
  return all.map(({ attributes: { notes, is_default: isDefault, ip } }) => ({ notes, isDefault, ip }));
}

/** Plays the recordings in order. A number alone = without steps before. */
function replay(folder: string, steps: readonly (number | [number, ...Before[]])[]): void {
  const exchanges = backupExchanges(folder);
  for (const step of steps) {
    const [number, ...before] = typeof step === 'number' ? [step] : step;
    const one = exchangeOf(exchanges, number);
    test(`${number} ${one.case}`, async (context) => {
      countRecorded(context, { answers: 1 });
      for (const each of before) await each();
      expect(await stage.play(one)).toEqual([]);
      if (one.response.status === 200) {
        expect(facts(JSON.parse(stage.lastText))).toEqual(facts(one.response.body));
      }
    });
  }
}

async function begin(dialect: string, servers: Record<string, string>): Promise<void> {
  stage = new RecordedBackupStage();
  await stage.start(dialect);
  for (const [recorded, server] of Object.entries(servers)) {
    stage.name(recorded, stage.control.uuidOf(server).slice(0, recorded.length));
  }
}

describe.runIf(pterodactyl !== null)('Pterodactyl, recorded in November 2026', () => {
  const folder = pterodactyl ?? '';
  beforeAll(async () => {
    await begin('panel-1.11', {
      '46b50928': 'Survival',
      '160056b1': 'Lobby',
      '25f20c52': 'Creative',
      c9bcda35: 'Event Arena',
    });
    const one = (server: string, port: number, limit: number) =>
      stage.control.order({ do: 'allocations', server, allocations: [{ ip: address, port }], limit });
    await one('Survival', 25_515, 3);
    await one('Creative', 26_515, 3);
    await one('Lobby', 26_514, 0);
    await one('Event Arena', 26_516, 3);
    await name('16', 'Survival', 25_515);
  });
  afterAll(() => stage.stop());

  if (pterodactyl !== null) {
    replay(folder, [48, 49, 50, 51, 53, 54, 55, 56, 57]);

    test('386 activity-filter-server-allocation', async (context) => {
      countRecorded(context, { answers: 1 });
      const about = /^server:allocation\./;
      const file = join(folder, '386-activity-filter-server-allocation.json');
      const { text } = await stage.control.on(
        'owner',
        'Survival',
        'GET',
        '/activity?include=actor&per_page=100',
      );
      // Those of one second have no fixed order.
      const own = entriesOf(JSON.parse(text), '', about);
      expect(own.sort()).toEqual(recordedEntries(file, '', about).sort());
    });

    const first = async () => {
      await stage.control.order({ do: 'panel', allocationPorts: { from: 26_589, to: 26_599 } });
      await name('127', 'Creative', 26_515);
      const answer = await stage.control.on('owner', 'Creative', 'POST', '/network/allocations', {});
      expect(answer.status).toBe(200);
      await name('201', 'Creative', 26_589);
    };
    replay(folder, [
      [272, first],
      274,
      275,
      276,
      278,
      279,
      280,
      281,
      [
        318,
        order({ do: 'unsuspend', server: 'Event Arena' }),
        order({
          do: 'permissions',
          server: 'Event Arena',
          user: 'subuser',
          permissions: ['allocation.read', 'websocket.connect'],
        }),
      ],
    ]);
  }
});

describe.runIf(pelican !== null)('Pelican, recorded in November 2026', () => {
  beforeAll(async () => {
    await begin('pelican', {
      '2f6c0995-d0c3-4717-8912-0a55ae4f0709': 'Survival',
      '1f381b90-e3f4-4bfd-abcd-ca9cfed055bb': 'Creative',
    });
    const alias = 'play.example.com';
    await stage.control.order({
      do: 'allocations',
      server: 'Survival',
      allocations: [
        { ip: address, alias, port: 21_000 },
        { ip: address, alias, port: 21_059 },
      ],
      limit: 5,
    });
    await stage.control.order({
      do: 'allocations',
      server: 'Creative',
      allocations: [{ ip: address, port: 21_001 }],
      limit: 0,
    });
    await name('60', 'Survival', 21_059);
  });
  afterAll(() => stage.stop());

  if (pelican !== null) {
    replay(pelican, [172, 173, 174, 175, 176, [177, () => pause(1100)]]);

    test('the default allocation can be removed, after which the server has none', async () => {
      const ids = (await allocationsOf('Survival')).map(({ id }) => id);
      const on = (method: string, path: string) =>
        stage.control.on('owner', 'Survival', method, `/network/allocations/${path}`);
      expect((await on('POST', `${ids[1]}/primary`)).status).toBe(200);
      expect((await on('DELETE', String(ids[1]))).status).toBe(204);
      expect(facts(JSON.parse((await on('GET', '')).text))).toEqual([
        { notes: null, isDefault: false, ip: address },
      ]);
    });

    // Named late, because a name is replaced wherever it stands.
    replay(pelican, [
      [180, () => name('1/primary', 'Survival', 21_000)],
      [182, () => name('2', 'Creative', 21_001)],
      183,
    ]);
  }
});
