import * as z from 'zod';
import { UpdateFailure } from './source.js';

/** By the rules of semantic versioning, and short enough for a sentence. */
const version = z
  .string()
  .max(60)
  .regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z.-]+)?$/);
/** SHA-512 in base64, as electron-builder writes it. Others that electron-updater would take are not good enough. */
const sum = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);

const announcementSchema = z.object({
  version,
  files: z
    .array(z.object({ url: z.string().min(1).max(2000), sha512: sum }))
    .min(1)
    .max(50),
  releaseNotes: z.string().catch(''),
});

/** What of a feed (`latest-linux.yml`) Perch relies on. */
export type Announcement = z.infer<typeof announcementSchema>;

/**
 * Checks what electron-updater has read, before any of it is shown or downloaded. Rejects what is no feed, and one whose
 * files are to come in the open while it did not itself.
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

/** Encrypted, or no less than the feed is (that of a checkout, on this computer). */
export function isAsSafe(protocol: string, feed: string): boolean {
  return protocol === 'https:' || (protocol === 'http:' && new URL(feed).protocol === 'http:');
}
