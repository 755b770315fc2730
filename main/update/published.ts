import * as z from 'zod';
import { parseJson } from '../base/json.js';

/** Where new versions of this build are announced. */
export interface Published {
  /** Base URL of the feeds (`latest-linux.yml` and others) and of their files. */
  readonly feed: string;
  /** Address of the download page; null = none. */
  readonly page: string | null;
  readonly isSigned: boolean;
}

const web = z.url({ protocol: /^https$/ }).max(2000);
const manifestSchema = z.object({
  updates: z.object({
    feed: web,
    page: web.nullable().default(null),
    signed: z.boolean().default(false),
  }),
});

export interface PublishedFrom {
  readonly env: NodeJS.ProcessEnv;
  readonly isPackaged: boolean;
  /** Content of the packaged `package.json`; null if it cannot be read. */
  readonly manifest: () => Promise<string | null>;
}

/**
 * The feed that was set for this build (build/package/make.mjs); null = none.
 *
 * A checkout takes its feed from `PERCH_UPDATE_FEED`, which may be on this computer. A package ignores the variable:
 * the environment must not choose what Perch installs.
 */
export async function publishedBy({ env, isPackaged, manifest }: PublishedFrom): Promise<Published | null> {
  if (!isPackaged) {
    const feed = env['PERCH_UPDATE_FEED'];
    return feed !== undefined && URL.canParse(feed) ? { feed, page: null, isSigned: false } : null;
  }
  const { success, data } = manifestSchema.safeParse(parseJson((await manifest()) ?? ''));
  if (!success) return null;
  const { feed, page, signed } = data.updates;
  return { feed, page, isSigned: signed };
}
