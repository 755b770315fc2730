import * as z from 'zod';
import { readJson } from './fixtures.js';

const listed = z.object({
  data: z.array(
    z.object({
      attributes: z.object({
        event: z.string(),
        is_api: z.boolean(),
        ip: z.string().nullable(),
        properties: z.unknown(),
        has_additional_metadata: z.boolean(),
        timestamp: z.string(),
        relationships: z.object({ actor: z.object({ object: z.string() }) }),
      }),
    }),
  ),
});

/** Entries about backups, or another matter, newest first, each as one line without what differs from run to run. */
export function entriesOf(body: unknown, since = '', about = /^server:backup\./): string[] {
  return listed
    .parse(body)
    .data.map(({ attributes }) => attributes)
    .filter(({ event, timestamp }) => about.test(event) && timestamp >= since)
    .map(({ event, is_api, ip, properties, has_additional_metadata, relationships: { actor } }) =>
      [
        event,
        JSON.stringify(properties).replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, '(time)'),
        `api ${is_api}, address ${ip !== null}, more ${has_additional_metadata}, by ${actor.object}`,
      ].join(' '),
    );
}

/** Such entries of a recorded answer. */
export function recordedEntries(file: string, since: string, about?: RegExp): string[] {
  const { response } = z.object({ response: z.object({ body: z.unknown() }) }).parse(readJson(file));
  return entriesOf(response.body, since, about);
}
