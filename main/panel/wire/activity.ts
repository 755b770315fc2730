import * as z from 'zod';
import { powerSignalSchema } from '../../../bridge/schema/domain.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
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

/** Time by the clock of the panel or node that wrote the entry, and the user; null if the panel names none. */
const written = z
  .looseObject({
    timestamp: z.iso.datetime({ offset: true }),
    relationships: z.looseObject({ actor }).nullish(),
  })
  .transform(({ timestamp, relationships }) => ({
    at: Date.parse(timestamp),
    by: relationships?.actor ?? null,
  }));

const happened = z.union([
  z.looseObject({ event: signal }).transform(({ event }) => ({ signal: event })),
  z
    .looseObject({
      event: z.literal('server:schedule.execute'),
      properties: z.looseObject({ name: z.string().transform((name) => oneLine(name, 80)) }),
    })
    .transform(({ properties }) => ({ schedule: properties.name })),
  z
    .looseObject({ event: z.literal('server:backup.delete') })
    .transform(() => ({ deletes: 'backup' as const })),
]);

const entry = z
  .looseObject({ attributes: z.intersection(written, happened) })
  .transform(({ attributes }) => attributes);

/** An entry of the panel's activity log: a power action, a manual schedule run or a backup deletion. */
export type PanelActivity = z.output<typeof entry>;
export type PowerActivity = Extract<PanelActivity, { signal: unknown }>;

/** Schema of `/activity` (PROTOCOL 2.14). */
export const activityAnswer = z
  .looseObject({ data: z.array(z.unknown()) })
  .transform(({ data }) => goodOnes(data.slice(0, mostActivity), entry));
