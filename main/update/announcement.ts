import * as z from 'zod';
import { UpdateFailure } from './source.js';

/** A version number after semantic versioning, short enough for a sentence. */
const version = z
  .string()
  .max(60)
  .regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z.-]+)?$/);
/** SHA-512 in base64, as electron-builder writes it. The other digests of electron-updater are rejected as too weak. */
const sum = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);

const announcementSchema = z.object({
  version,
  files: z
    .array(z.object({ url: z.string().min(1).max(2000), sha512: sum }))
    .min(1)
    .max(50),
  releaseNotes: z.string().catch(''),
});

/** The fields of a feed (`latest-linux.yml`) that Perch uses. */
export type Announcement = z.infer<typeof announcementSchema>;

/**
 * Checks the feed that electron-updater has read, before any of it is shown or downloaded.
 *
 * Throws `UpdateFailure('not-a-feed')` if the shape is wrong, or if a file would come without TLS although the feed
 * has TLS.
 */
export function announcementOf(info: unknown, feed: string): Announcement {
  const { success, data, error } = announcementSchema.safeParse(info);
  if (!success) throw new UpdateFailure('not-a-feed', z.prettifyError(error));
  for (const { url } of data.files) {
    if (!URL.canParse(url, feed)) throw new UpdateFailure('not-a-feed', 'a file without an address');
    if (!isAsSafe(new URL(url, feed).protocol, feed))
      throw new UpdateFailure('not-a-feed', 'a file without TLS');
  }
  return data;
}

/** True for https, and for http if the feed itself uses http (a checkout's feed on this computer). */
export function isAsSafe(protocol: string, feed: string): boolean {
  return protocol === 'https:' || (protocol === 'http:' && new URL(feed).protocol === 'http:');
}
