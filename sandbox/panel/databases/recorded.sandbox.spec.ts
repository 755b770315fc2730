/** Recorded answers about databases, from a real Pterodactyl and a real Pelican, against a sandbox. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

let stage: RecordedBackupStage;

const order = (fields: Record<string, unknown>) => () => stage.control.order(fields);

/** Ids, passwords and names of users are made by chance; the number of the server is another here. */
function steady(body: unknown): unknown {
  const text = JSON.stringify(body)
    .replace(/"id":(?:"[A-Za-z0-9]{8}"|\d+)/g, '"id":"(id)"')
    .replace(/"password":"[A-Za-z0-9!@=.+^]{24}"/g, '"password":"(password)"')
    .replace(/"u\d+_[A-Za-z0-9]{10}"/g, '"(user)"')
    .replace(/"s\d+_/g, '"s(number)_');
  return JSON.parse(text) as unknown;
}

/** Plays the recordings in order, with values compared. A number alone = with nothing between. */
function replay(folder: string, steps: readonly (number | [number, ...(() => Promise<unknown>)[]])[]): void {
  const exchanges = backupExchanges(folder);
  for (const step of steps) {
    const [number, ...between] = typeof step === 'number' ? [step] : step;
    const one = exchangeOf(exchanges, number);
    test(`${number} ${one.case}`, async (context) => {
      countRecorded(context, { answers: 1 });
      for (const each of between) await each();
      expect(await stage.play(one)).toEqual([]);
      if (one.response.status !== 200) return;
      expect(steady(JSON.parse(stage.lastText))).toEqual(steady(one.response.body));
      learnIds(one.response.body, JSON.parse(stage.lastText));
    });
  }
}

/** Notes which database of the recording is which one here. */
function learnIds(recorded: unknown, got: unknown): void {
  const ids = [recorded, got].map(
    (body) => (body as { attributes?: { id?: string | number } }).attributes?.id,
  );
  if (ids[0] !== undefined && ids[1] !== undefined) stage.name(String(ids[0]), String(ids[1]));
}

async function begin(dialect: string, servers: Record<string, string>): Promise<void> {
  stage = new RecordedBackupStage();
  await stage.start(dialect);
  for (const [recorded, name] of Object.entries(servers)) {
    stage.name(recorded, stage.control.uuidOf(name).slice(0, recorded.length));
  }
}

describe.runIf(pterodactyl !== null)('Pterodactyl, recorded in November 2026', () => {
  const folder = pterodactyl ?? '';
  beforeAll(async () => {
    await begin('panel-1.11', {
      '46b50928': 'Survival',
      '160056b1': 'Lobby',
      '25f20c52': 'Skyblock',
      c9bcda35: 'Event Arena',
    });
    await order({ do: 'database-limit', server: 'Survival', limit: 2 })();
    await order({ do: 'database-limit', server: 'Lobby', limit: 0 })();
    await order({ do: 'permissions', server: 'Survival', user: 'subuser', permissions: [] })();
    await order({ do: 'unsuspend', server: 'Event Arena' })();
  });
  afterAll(() => stage.stop());

  if (pterodactyl !== null) {
    const only = (...permissions: string[]) =>
      order({
        do: 'permissions',
        server: 'Event Arena',
        user: 'subuser',
        permissions: [...permissions, 'websocket.connect'],
      });
    replay(folder, [
      33,
      34,
      35,
      36,
      37,
      38,
      40,
      41,
      42,
      43,
      44,
      45,
      47,
      269,
      270,
      [309, only('database.read')],
      [310, only('database.view_password')],
    ]);

    test('374 activity-all-survival, of databases', async (context) => {
      countRecorded(context, { answers: 1 });
      const about = /^server:database\./;
      const wanted = recordedEntries(join(folder, '374-activity-all-survival.json'), '', about);
      expect(wanted).toHaveLength(4);
      const { text } = await stage.control.on('owner', 'Survival', 'GET', '/activity?include=actor');
      const plain = (lines: readonly string[]) => lines.map((line) => line.replace(/"s\d+_/, '"s_')).sort();
      expect(plain(entriesOf(JSON.parse(text), '', about))).toEqual(plain(wanted));
    });
  }
});

describe.runIf(pelican !== null)('Pelican, recorded in November 2026', () => {
  beforeAll(async () => {
    await begin('pelican', {
      '2f6c0995-d0c3-4717-8912-0a55ae4f0709': 'Survival',
      '1f381b90-e3f4-4bfd-abcd-ca9cfed055bb': 'Creative',
    });
    await order({ do: 'panel', databaseHost: null })();
    await order({ do: 'database-limit', server: 'Creative', limit: 0 })();
  });
  afterAll(() => stage.stop());

  if (pelican !== null) replay(pelican, [184, 185, 186, 187]);
});
