import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readJson, recordedFixtures } from '../../tests/support/fixtures.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import type { PanelActivity } from '../fleet/api.js';
import { activityAnswer } from '../panel/wire/activity.js';
import { backupCause } from './backup-cause.js';

const wall = Date.UTC(2026, 10, 28, 14, 50, 26);
const second = 1000;

function entry(
  backup: 'start' | 'complete',
  ago: number,
  by: string | null,
  name = 'Nightly',
): PanelActivity {
  return { backup, name, by, at: wall - ago };
}

describe('two backups of one name at the same time', () => {
  const activity = [
    entry('complete', 0, null),
    entry('start', 20 * second, 'bert'),
    entry('start', 80 * second, 'anna'),
  ];
  const cause = (createdAt?: number) =>
    backupCause(activity, { name: 'Nightly', createdAt, end: 'complete', wall });

  it('are distinguished by the time of their beginning', () => {
    expect(cause(wall - 80 * second)?.by).toEqual({ kind: 'person', name: 'anna' });
    expect(cause(wall - 20 * second)?.by).toEqual({ kind: 'person', name: 'bert' });
  });

  it('are nobody’s if that time is unknown or nobody began one then', () => {
    expect(cause()).toEqual({ name: 'Nightly' });
    expect(cause(wall - 50 * second)).toEqual({ name: 'Nightly' });
  });
});

const recorded = recordedFixtures('client-api-2026-11/pterodactyl');

describe.skipIf(recorded === null)('recorded activity', () => {
  const answer = (file: string): unknown =>
    z.object({ response: z.object({ body: z.unknown() }) }).parse(readJson(join(recorded ?? '', file)))
      .response.body;
  const ofBackup = z.object({
    attributes: z.object({ name: z.string(), created_at: z.iso.datetime({ offset: true }) }),
  });
  const listed = z.object({ data: z.array(ofBackup) });
  const raw = z.object({ data: z.array(z.object({ attributes: z.looseObject({ event: z.string() }) })) });

  it('names no id of a backup, but its beginning in the same second', (context) => {
    countRecorded(context, { answers: 2 });
    const log = answer('374-activity-all-survival.json');
    const { data } = listed.parse(answer('234-backups-list.json'));
    const activity = activityAnswer.parse(log);
    for (const { attributes } of data) {
      const createdAt = Date.parse(attributes.created_at);
      const cause = backupCause(activity, {
        name: attributes.name,
        createdAt,
        end: 'complete',
        wall: createdAt + 3 * second,
      });
      expect(cause).toEqual({ name: attributes.name, by: { kind: 'person', name: 'owner' } });
    }
    const entries = raw
      .parse(log)
      .data.filter(({ attributes: { event } }) => event.startsWith('server:backup.'));
    expect([data.length, entries.length > 10]).toEqual([3, true]);
    const text = JSON.stringify(entries.map(({ attributes }) => attributes['properties']));
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
  });
});
