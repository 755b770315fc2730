import * as z from 'zod';

/** Where new versions of this build are announced. */
export interface Published {
  /** The feeds lie below it: `latest-linux.yml` and the like, and the files that they name. */
  readonly feed: string;
  /** Where people download. */
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
  /** The text of the `package.json` that lies in the package; null where it can't be read. */
  readonly manifest: () => Promise<string | null>;
}

/**
 * What the build was told (build/package/make.mjs); null where nobody said it. A checkout takes a feed from the
 * environment, on this computer as well; a package never does: who sets a variable must not choose what is installed.
 */
export async function publishedBy({ env, isPackaged, manifest }: PublishedFrom): Promise<Published | null> {
  if (!isPackaged) {
    const feed = env['PERCH_UPDATE_FEED'];
    return feed !== undefined && URL.canParse(feed) ? { feed, page: null, isSigned: false } : null;
  }
  const { success, data } = manifestSchema.safeParse(parsed((await manifest()) ?? ''));
  if (!success) return null;
  const { feed, page, signed } = data.updates;
  return { feed, page, isSigned: signed };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
