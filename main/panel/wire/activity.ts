import * as z from 'zod';
import { powerSignalSchema } from '../../../bridge/schema/domain.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import type { PanelActivity } from '../entities.js';
import { goodOnes } from './fields.js';

/** Most entries of a page; the rest is ignored. */
const mostActivity = 100;
const power = 'server:power.';

/** Username of an entry; null for a deleted user. */
const actor = z
  .looseObject({ attributes: z.looseObject({ username: z.string() }).nullish() })
  .nullish()
  .transform((user) => oneLine(user?.attributes?.username ?? '', 80) || null);

/** Power signal of an event such as `server:power.stop`. */
const signal = z
  .string()
  .startsWith(power)
  .transform((event) => event.slice(power.length))
  .pipe(powerSignalSchema);

const written = {
  timestamp: z.iso.datetime({ offset: true }),
  relationships: z.looseObject({ actor }).nullish(),
};

const powerActivity = z
  .looseObject({ attributes: z.looseObject({ event: signal, ...written }) })
  .transform(({ attributes: { event, timestamp, relationships } }): PanelActivity => ({
    at: Date.parse(timestamp),
    signal: event,
    by: relationships?.actor ?? null,
  }));

const scheduleActivity = z
  .looseObject({
    attributes: z.looseObject({
      event: z.literal('server:schedule.execute'),
      properties: z.looseObject({ name: z.string().transform((name) => oneLine(name, 80)) }),
      ...written,
    }),
  })
  .transform(({ attributes: { properties, timestamp, relationships } }): PanelActivity => ({
    at: Date.parse(timestamp),
    schedule: properties.name,
    by: relationships?.actor ?? null,
  }));

const deletionActivity = z
  .looseObject({ attributes: z.looseObject({ event: z.literal('server:backup.delete'), ...written }) })
  .transform(({ attributes: { timestamp, relationships } }): PanelActivity => ({
    at: Date.parse(timestamp),
    deletes: 'backup',
    by: relationships?.actor ?? null,
  }));

const entry = z.union([powerActivity, scheduleActivity, deletionActivity]);

/** Schema of `/activity` (PROTOCOL 2.14): power actions, manual schedule runs, backup deletions. */
export const activityAnswer = z
  .looseObject({ data: z.array(z.unknown()) })
  .transform(({ data }): PanelActivity[] => goodOnes(data.slice(0, mostActivity), entry));
