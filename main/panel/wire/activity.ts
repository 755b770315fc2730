import * as z from 'zod';
import { powerSignalSchema } from '../../../bridge/schema/domain.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { answered, validItems } from './fields.js';

/** Most entries of a page; the rest is ignored. */
const mostActivity = 100;
const power = 'server:power.';
const ofBackup = 'server:backup.';

/** Username of an entry; null for a deleted user. */
const actor = z
  .looseObject({ attributes: z.looseObject({ username: z.string() }).nullish() })
  .nullish()
  .catch(null)
  .transform((user) => oneLine(user?.attributes?.username ?? '', 80) || null);

/** Power signal of an event such as `server:power.stop`. */
const signal = z
  .string()
  .startsWith(power)
  .transform((event) => event.slice(power.length))
  .pipe(powerSignalSchema);

/** Time by the clock of the panel or node that wrote the entry, and the user; null if the panel names none. */
const written = z
  .looseObject({
    timestamp: z.iso.datetime({ offset: true }),
    relationships: z.looseObject({ actor }).nullish().catch(null),
  })
  .transform(({ timestamp, relationships }) => ({
    at: Date.parse(timestamp),
    by: relationships?.actor ?? null,
  }));

const name = (max: number) => z.string().transform((text) => oneLine(text, max));

/** What happened to a backup, from an event such as `server:backup.start` (PROTOCOL 2.16.19). */
const backup = z
  .string()
  .startsWith(ofBackup)
  .transform((event) => event.slice(ofBackup.length))
  .pipe(z.enum(['start', 'complete', 'fail', 'delete', 'restore', 'restore-complete', 'restore-failed']));

const happened = z.union([
  z.looseObject({ event: signal }).transform(({ event }) => ({ signal: event })),
  z
    .looseObject({
      event: z.literal('server:schedule.execute'),
      properties: z.looseObject({ name: name(80) }),
    })
    .transform(({ properties }) => ({ schedule: properties.name })),
  z
    .looseObject({ event: backup, properties: z.looseObject({ name: name(255) }) })
    .transform(({ event, properties }) => ({ backup: event, name: properties.name })),
]);

const entry = z
  .looseObject({ attributes: z.intersection(written, happened) })
  .transform(({ attributes }) => attributes);

/** An entry of the panel's activity log: a power action, a manual schedule run or something about a backup. */
export type PanelActivity = z.output<typeof entry>;
export type PowerActivity = Extract<PanelActivity, { signal: unknown }>;
export type BackupActivity = Extract<PanelActivity, { backup: unknown }>;

/** Schema of `/activity` (PROTOCOL 2.14). */
export const activityAnswer = z
  .looseObject({ data: answered })
  .transform(({ data }) => validItems(data.slice(0, mostActivity), entry));
