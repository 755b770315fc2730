import * as z from 'zod';
import { powerSignalSchema } from '../../../bridge/domain.js';
import { oneLine } from '../../../bridge/plain-line.js';
import type { PanelDeed } from '../entities.js';
import { goodOnes } from './fields.js';

/** As many as a page may hold; more is no answer of a panel. */
const mostDeeds = 100;
const power = 'server:power.';

/** Nobody stands there for a user who is gone. */
const actor = z
  .looseObject({ attributes: z.looseObject({ username: z.string() }).nullish() })
  .nullish()
  .transform((user) => oneLine(user?.attributes?.username ?? '', 80) || null);

/** `server:power.stop` and its like. */
const signal = z
  .string()
  .startsWith(power)
  .transform((event) => event.slice(power.length))
  .pipe(powerSignalSchema);

const written = {
  timestamp: z.iso.datetime({ offset: true }),
  relationships: z.looseObject({ actor }).nullish(),
};

const powerDeed = z
  .looseObject({ attributes: z.looseObject({ event: signal, ...written }) })
  .transform(({ attributes: { event, timestamp, relationships } }): PanelDeed => ({
    at: Date.parse(timestamp),
    signal: event,
    by: relationships?.actor ?? null,
  }));

const scheduleDeed = z
  .looseObject({
    attributes: z.looseObject({
      event: z.literal('server:schedule.execute'),
      properties: z.looseObject({ name: z.string().transform((name) => oneLine(name, 80)) }),
      ...written,
    }),
  })
  .transform(({ attributes: { properties, timestamp, relationships } }): PanelDeed => ({
    at: Date.parse(timestamp),
    schedule: properties.name,
    by: relationships?.actor ?? null,
  }));

const deletionDeed = z
  .looseObject({ attributes: z.looseObject({ event: z.literal('server:backup.delete'), ...written }) })
  .transform(({ attributes: { timestamp, relationships } }): PanelDeed => ({
    at: Date.parse(timestamp),
    deletes: 'backup',
    by: relationships?.actor ?? null,
  }));

const deed = z.union([powerDeed, scheduleDeed, deletionDeed]);

/** The answer of `/activity` (PROTOCOL 2.14): power actions, schedules that were run by hand, deleted backups. */
export const activityAnswer = z
  .looseObject({ data: z.array(z.unknown()) })
  .transform(({ data }): PanelDeed[] => goodOnes(data.slice(0, mostDeeds), deed));
