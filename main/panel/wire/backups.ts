import * as z from 'zod';
import type { Backup } from '../../../bridge/schema/backups.js';
import {
  amount,
  answered,
  enveloped,
  flag,
  validItems,
  identifier,
  line,
  listed,
  optionalAmount,
  optionalFlag,
  optionalTime,
  uniqueBy,
} from './fields.js';

/** Hash in a checksum such as `sha1:2fd4...`; null for another kind of checksum. */
const sha1 = z
  .string()
  .nullish()
  .catch(null)
  .transform((checksum) => /^(?:sha1:)?([0-9a-f]{40})$/i.exec(checksum ?? '')?.[1]?.toLowerCase() ?? null);

const patterns = listed
  .nullish()
  .catch(null)
  .transform((list) =>
    (list ?? []).filter((one) => typeof one === 'string').map((one) => line(1000).parse(one)),
  );

/** End of a backup: any value but null, also a time that cannot be read. */
const ended = z
  .unknown()
  .optional()
  .transform((value) => ({
    isEnded: (value ?? null) !== null,
    at: optionalTime.parse(value),
  }));

/** Schema of one backup (PROTOCOL 2.16.1). A backup whose times cannot be read can still be restored or deleted. */
export const backupItem = enveloped({
  uuid: identifier,
  name: line(255),
  is_successful: flag,
  is_locked: flag,
  /** Only Pelican says it. */
  is_scheduled: optionalFlag,
  ignored_files: patterns,
  checksum: sha1,
  bytes: amount(0).catch(0),
  created_at: optionalTime,
  completed_at: ended,
}).transform((attributes): Backup => {
  const { isEnded, at } = attributes.completed_at;
  const state = !isEnded ? 'running' : attributes.is_successful ? 'good' : 'failed';
  return {
    id: attributes.uuid,
    name: attributes.name,
    state,
    locked: attributes.is_locked,
    bytes: Math.max(0, attributes.bytes),
    sha1: state === 'good' ? attributes.checksum : null,
    ignored: attributes.ignored_files,
    createdAt: attributes.created_at,
    completedAt: at,
    bySchedule: attributes.is_scheduled,
  };
});

/** Schema of one page of a server's backups, oldest first (PROTOCOL 2.16.2). Items that do not parse are counted. */
export const backupsAnswer = z
  .looseObject({
    data: answered,
    meta: z
      .looseObject({
        backup_count: optionalAmount,
        pagination: z.looseObject({ total_pages: optionalAmount }).nullish().catch(null),
      })
      .nullish()
      .catch(null),
  })
  .transform(({ data, meta }) => ({ good: validItems(data, backupItem), count: data.length, meta }))
  // A list of only invalid items is an error: an empty list would look like no backups.
  .refine(({ good, count }) => good.length > 0 || count === 0)
  .transform(({ good, count, meta }) => ({
    backups: uniqueBy(good, ({ id }) => id),
    count,
    /** Number of items that do not parse. */
    unread: count - good.length,
    /** null if the panel does not say. */
    used: meta?.backup_count ?? null,
    /** null if the panel does not say. */
    totalPages: meta?.pagination?.total_pages ?? null,
  }));

/** Schema of the answer with the address of an archive. The address holds a token that is good for one download. */
export const linkAnswer = enveloped({ url: z.url({ protocol: /^https?$/ }).max(10_000) }).transform(
  ({ url }) => url,
);
