/** Recorded answers about the people of a server, from a real Pterodactyl and a real Pelican. */
import { join } from 'node:path';
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

let stage: RecordedBackupStage;

/** Steps before a recorded request that have no recording. */
type Before = () => Promise<unknown>;

const allow =
  (server: string, ...permissions: string[]) =>
  () =>
    stage.control.order({ do: 'permissions', server, user: 'subuser', permissions });
const add =
  (server: string, email: string, ...permissions: string[]) =>
  () =>
    stage.control.on('owner', server, 'POST', '/users', { email, permissions });

const person = z.object({
  object: z.literal('server_subuser'),
  attributes: z.object({
    uuid: z.string(),
    email: z.string(),
    '2fa_enabled': z.boolean(),
    permissions: z.array(z.string()),
  }),
});
const people = z.union([person.transform((one) => [one]), z.object({ data: z.array(person) })]);

function itemsOf(body: unknown): readonly z.infer<typeof person>[] {
  const parsed = people.parse(body);
  return Array.isArray(parsed) ? parsed : parsed.data;
}

/** Address, two factors and rights in their order: what no other recording decides. */
function factsOf(body: unknown): unknown[] {
  return itemsOf(body).map(({ attributes: { email, permissions, ...more } }) => [
    email,
    more['2fa_enabled'],
    permissions,
  ]);
}

/** Plays the recordings in order. A number alone = with nothing before. */
function replay(folder: string, steps: readonly (number | [number, ...Before[]])[]): void {
  const exchanges = backupExchanges(folder);
  for (const step of steps) {
    const [number, ...before] = typeof step === 'number' ? [step] : step;
    const one = exchangeOf(exchanges, number);
    test(`${number} ${one.case}`, async (context) => {
      countRecorded(context, { answers: 1 });
      for (const each of before) await each();
      expect(await stage.play(one)).toEqual([]);
      if (one.response.status !== 200) return;
      const got = itemsOf(JSON.parse(stage.lastText));
      for (const [at, { attributes }] of itemsOf(one.response.body).entries()) {
        stage.name(attributes.uuid, got[at]?.attributes.uuid ?? '');
      }
      expect(factsOf(JSON.parse(stage.lastText))).toEqual(
        factsOf(JSON.parse(stage.renamed(one.response.body))),
      );
    });
  }
}

async function begin(dialect: string, names: Record<string, string>): Promise<void> {
  stage = new RecordedBackupStage();
  await stage.start(dialect);
  for (const [recorded, real] of Object.entries(names)) {
    const uuid = stage.control.uuidOf(real);
    stage.name(recorded, uuid === '' ? real : uuid.slice(0, recorded.length));
  }
}

const mails = { 'owner@example.com': 'olive@example.com', 'sub@example.com': 'sam@example.com' };
const anna = ['control.console', 'control.start', 'control.stop', 'control.restart', 'activity.read'];

describe.runIf(pterodactyl !== null)('Pterodactyl, recorded in November 2026', () => {
  const folder = pterodactyl ?? '';

  beforeAll(async () => {
    await begin('panel-1.11', { '46b50928': 'Survival', c9bcda35: 'Creative', ...mails });
    await allow('Survival', 'websocket.connect', 'control.start')();
    await add('Survival', 'anna@example.com', 'websocket.connect', ...anna)();
  });
  afterAll(() => stage.stop());

  if (pterodactyl !== null) {
    replay(folder, [58, 59, 60, 62, 63, 64, 65, 67, 68, 69, 70, 71, 72, 267]);

    test('374 activity about people', async (context) => {
      countRecorded(context, { answers: 1 });
      const about = /^server:subuser\./;
      // The last four of them belong to the calls above, and one call above is not in the recording.
      const wanted = recordedEntries(join(folder, '374-activity-all-survival.json'), '', about);
      const { text } = await stage.control.on(
        'owner',
        'Survival',
        'GET',
        '/activity?include=actor&per_page=100',
      );
      const here = entriesOf(JSON.parse(text), '', about).filter((entry) => !entry.includes('anna@'));
      expect(here.sort()).toEqual(wanted.sort());
    });

    replay(folder, [
      [
        319,
        allow('Creative', 'user.read', 'websocket.connect'),
        add('Creative', 'anna@example.com', 'websocket.connect', ...anna),
      ],
      [323, allow('Creative', 'control.start', 'websocket.connect')],
      [324, allow('Creative', 'user.update', 'control.stop', 'websocket.connect')],
      [325, allow('Creative', 'user.create', 'user.read', 'websocket.connect')],
    ]);
  }
});

describe.runIf(pelican !== null)('Pelican, recorded in November 2026', () => {
  const server = '2f6c0995-d0c3-4717-8912-0a55ae4f0709';

  beforeAll(async () => {
    await begin('pelican', { [server]: 'Survival', ...mails });
    await stage.control.order({ do: 'permissions', server: 'Survival', user: 'subuser', permissions: null });
  });
  afterAll(() => stage.stop());

  if (pelican !== null) replay(pelican, [188, 189, 190, 194, 195, 196, 198]);
});
