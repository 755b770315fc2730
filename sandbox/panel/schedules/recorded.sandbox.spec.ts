/** Recorded answers about schedules, from a real Pterodactyl and a real Pelican, against a sandbox with nodes. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { recordedFixtures } from '../../../tests/support/fixtures.js';
import { entriesOf, recordedEntries } from '../../../tests/support/recorded-activity.js';
import {
  backupExchanges,
  exchangeOf,
  RecordedBackupStage,
  type BackupExchange,
} from '../../../tests/support/recorded-backup-stage.js';
import { countRecorded } from '../../../tests/support/recorded-cases.js';
import { nextRun } from './cron.js';

const pterodactyl = recordedFixtures('client-api-2026-11/pterodactyl');
const pelican = recordedFixtures('client-api-2026-11/pelican');

let stage: RecordedBackupStage;

/** Steps between two recorded requests that have no recording. */
type Between = () => Promise<unknown>;

const order = (fields: Record<string, unknown>) => () => stage.control.order(fields);
const allow = (server: string, ...permissions: string[]) =>
  order({ do: 'permissions', server, user: 'subuser', permissions });

const scheduleItem = z.object({
  object: z.literal('server_schedule'),
  attributes: z.object({
    cron: z.object({
      minute: z.string(),
      hour: z.string(),
      day_of_month: z.string(),
      month: z.string(),
      day_of_week: z.string(),
    }),
    is_processing: z.boolean(),
    next_run_at: z.string(),
    updated_at: z.string(),
    relationships: z.object({
      tasks: z.object({ data: z.array(z.object({ attributes: z.object({ is_queued: z.boolean() }) })) }),
    }),
  }),
});

/** Plays the recordings in order, with values compared but times. A number alone = with nothing between. */
function replay(folder: string, steps: readonly (number | [number, ...Between[]])[]): void {
  const exchanges = backupExchanges(folder);
  for (const step of steps) {
    const [number, ...between] = typeof step === 'number' ? [step] : step;
    const one = exchangeOf(exchanges, number);
    test(`${number} ${one.case}`, async (context) => {
      countRecorded(context, { answers: 1 });
      for (const each of between) await each();
      expect(await stage.play(one)).toEqual([]);
      if (one.response.status === 200) expect(timeless(JSON.parse(stage.lastText))).toEqual(wantedOf(one));
      const item = scheduleItem.safeParse(one.response.body);
      if (item.success) expect(recomputed(item.data)).toBe(Date.parse(item.data.attributes.next_run_at));
    });
  }
}

const wantedOf = ({ response }: BackupExchange) => timeless(response.body);

function timeless(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body).replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"/g, '"(time)"'),
  ) as unknown;
}

/** The next run as the sandbox computes it at the time of the recorded change. */
function recomputed({ attributes: { cron, updated_at } }: z.infer<typeof scheduleItem>): number | null {
  const { minute, hour, day_of_month: dayOfMonth, month, day_of_week: dayOfWeek } = cron;
  return nextRun({ minute, hour, dayOfMonth, month, dayOfWeek }, 'UTC', Date.parse(updated_at));
}

async function begin(dialect: string, servers: Record<string, string>): Promise<void> {
  stage = new RecordedBackupStage();
  await stage.start(dialect);
  for (const [recorded, name] of Object.entries(servers)) {
    stage.name(recorded, stage.control.uuidOf(name).slice(0, recorded.length));
  }
}

const look = z.object({ result: z.object({ state: z.string() }) });

/** Starts the server and waits until it runs. */
async function running(server: string): Promise<void> {
  await stage.control.on('owner', server, 'POST', '/power', { signal: 'start' });
  const state = async () => look.parse(await stage.control.order({ do: 'look', server })).result.state;
  await vi.waitUntil(async () => (await state()) === 'running', { timeout: 10_000 });
}

describe.runIf(pterodactyl !== null)('Pterodactyl, recorded in November 2026', () => {
  const folder = pterodactyl ?? '';

  beforeAll(async () => {
    await begin('panel-1.11', {
      '2057840f': 'Survival',
      '160056b1': 'Lobby',
      '43932963': 'Creative',
      c9bcda35: 'Event Arena',
      '495a3ac7': 'Creative',
      '8f3ed78b': 'Skyblock',
    });
    await allow('Survival', 'websocket.connect')();
    await running('Survival');
    await stage.control.on('owner', 'Creative', 'POST', '/power', { signal: 'kill' });
  });
  afterAll(() => stage.stop());

  /** Waits for both runs of 201. The second one begins before the first one ends, and is queued for up to 3 s. */
  const ended = async () => {
    let busyAt = Date.now();
    const isOver = async () => {
      const { text } = await stage.control.on('owner', 'Survival', 'GET', '/schedules/1');
      const { is_processing: isRunning, relationships } = scheduleItem.parse(JSON.parse(text)).attributes;
      if (isRunning || relationships.tasks.data.some((task) => task.attributes.is_queued))
        busyAt = Date.now();
      return Date.now() - busyAt >= 4000;
    };
    await vi.waitUntil(isOver, { timeout: 30_000, interval: 200 });
    await running('Survival');
  };
  const filled = async () => {
    for (let at = 0; at < 8; at += 1) {
      const task = { action: 'command', payload: `say ${at}`, time_offset: 0 };
      const answer = await stage.control.on('owner', 'Survival', 'POST', '/schedules/1/tasks', task);
      expect(answer.status).toBe(200);
    }
  };

  if (pterodactyl !== null) {
    replay(folder, [
      183,
      184,
      185,
      186,
      187,
      188,
      189,
      190,
      191,
      192,
      194,
      195,
      196,
      197,
      198,
      199,
      201,
      [202, ended],
      203,
      204,
      205,
      206,
      207,
      [208, filled],
      209,
      210,
      211,
      212,
      213,
    ]);

    test('215 activity-after-schedules, of schedules and tasks', async (context) => {
      countRecorded(context, { answers: 1 });
      const about = /^server:(?:schedule|task)\./;
      const wanted = recordedEntries(join(folder, '215-activity-after-schedules.json'), '', about);
      const { text } = await stage.control.on(
        'owner',
        'Survival',
        'GET',
        '/activity?include=actor&per_page=100',
      );
      // Those of one second have no fixed order.
      expect(entriesOf(JSON.parse(text), '', about).sort()).toEqual(wanted.sort());
    });

    replay(folder, [
      [
        308,
        order({ do: 'unsuspend', server: 'Event Arena' }),
        allow('Event Arena', 'schedule.read', 'websocket.connect'),
      ],
      [336, order({ do: 'status', server: 'Creative', status: 'installing' })],
      [359, order({ do: 'node-maintenance', node: 'Summit', on: true })],
    ]);
  }
});

describe.runIf(pelican !== null)('Pelican, recorded in November 2026', () => {
  beforeAll(async () => {
    await begin('pelican', {
      '2f6c0995-d0c3-4717-8912-0a55ae4f0709': 'Survival',
      '7780a1cb-7733-42ef-be43-07e2b51a8ba5': 'Creative',
    });
    await allow('Creative', 'websocket.connect')();
  });
  afterAll(() => stage.stop());

  if (pelican !== null) {
    replay(pelican, [
      151,
      152,
      153,
      // The seconds of the refusal that was recorded.
      [154, () => pause(1100)],
      155,
      156,
      157,
      158,
      159,
      160,
      161,
      162,
      163,
      164,
      165,
      166,
      167,
      168,
      169,
      170,
      171,
    ]);
  }
});
