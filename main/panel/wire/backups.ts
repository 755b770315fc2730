import * as z from 'zod';
import type { Backup } from '../../../bridge/schema/backups.js';
import {
  amount,
  answered,
  enveloped,
  flag,
  goodOnes,
  identifier,
  line,
  listed,
  optionalFlag,
  uniqueBy,
} from './fields.js';

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** Hash in a checksum such as `sha1:2fd4...`; null for another kind of checksum. */
const sha1 = z
  .string()
  .nullish()
  .transform((checksum) => /^(?:sha1:)?([0-9a-f]{40})$/i.exec(checksum ?? '')?.[1]?.toLowerCase() ?? null);

const patterns = listed
  .nullish()
  .catch(null)
  .transform((list) =>
    (list ?? []).filter((one) => typeof one === 'string').map((one) => line(1000).parse(one)),
  );

/** Schema of one backup (PROTOCOL 2.16.1). */
export const backupItem = enveloped({
  uuid: identifier,
  name: line(255),
  is_successful: flag,
  is_locked: flag,
  /** Only Pelican says it. */
  is_scheduled: optionalFlag,
  ignored_files: patterns,
  checksum: sha1,
  bytes: amount(0),
  created_at: time,
  completed_at: time.nullish(),
}).transform((attributes): Backup => {
  const completedAt = attributes.completed_at ?? null;
  const state = completedAt === null ? 'running' : attributes.is_successful ? 'good' : 'failed';
  return {
    id: attributes.uuid,
    name: attributes.name,
    state,
    locked: attributes.is_locked,
    bytes: Math.max(0, attributes.bytes),
    sha1: state === 'good' ? attributes.checksum : null,
    ignored: attributes.ignored_files,
    createdAt: attributes.created_at,
    completedAt,
    bySchedule: attributes.is_scheduled,
  };
});

/** Schema of one page of a server's backups, oldest first (PROTOCOL 2.16.2). Items that do not parse are left out. */
export const backupsAnswer = z
  .looseObject({
    data: answered,
    meta: z
      .looseObject({
        backup_count: amount(0),
        pagination: z.looseObject({ total_pages: amount(1) }).nullish(),
      })
      .nullish(),
  })
  .transform(({ data, meta }) => ({
    backups: uniqueBy(goodOnes(data, backupItem), ({ id }) => id),
    count: data.length,
    used: meta?.backup_count ?? 0,
    totalPages: meta?.pagination?.total_pages ?? 1,
  }))
  // A list of only invalid items is an error: an empty list would look like no backups.
  .refine(({ backups, count }) => backups.length > 0 || count === 0);

/** Schema of the answer with the address of an archive. The address holds a token that is good for one download. */
export const linkAnswer = enveloped({ url: z.url({ protocol: /^https?$/ }).max(10_000) }).transform(
  ({ url }) => url,
);
