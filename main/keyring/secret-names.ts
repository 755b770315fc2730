/** Names and shapes of the Secret Service API, which GNOME Keyring, KWallet and KeePassXC offer on the session bus. */
import * as z from 'zod';

export const serviceName = 'org.freedesktop.secrets';
export const servicePath = '/org/freedesktop/secrets';
export const defaultCollection = `${servicePath}/aliases/default`;
export const secrets = 'org.freedesktop.Secret';
export const properties = 'org.freedesktop.DBus.Properties';

/** KWallet's own interface. */
export const kwallet = 'org.kde.KWallet';

/** A path that stands for "nothing". */
export const nowhere = '/';

const path = z.string();
const bytes = z.array(z.number()).transform((numbers) => Uint8Array.from(numbers));
const variant = <T extends z.ZodType>(value: T) => z.tuple([z.unknown(), value]).transform((pair) => pair[1]);

/** What each method answers. */
export const answers = {
  none: z.array(z.unknown()).transform(() => undefined),
  readAlias: z.tuple([path]),
  /** Items that can be read, and items that are locked. */
  searchItems: z.tuple([z.array(path), z.array(path)]),
  openSession: z.tuple([variant(z.unknown()), path]),
  getSecret: z.tuple([z.tuple([path, bytes, bytes, z.string()])]),
  /** What was made or unlocked at once, and the prompt that the person has to answer first. */
  withPrompt: z.tuple([z.unknown(), path]),
  prompt: z.tuple([path]),
  property: z.tuple([variant(z.unknown())]),
};

export const publicKeySchema = bytes;

/** Of the signal `Completed`: whether the person said no. */
export const completedSchema = z.tuple([z.boolean(), z.unknown()]).transform(([dismissed]) => dismissed);
/** Of the signal `PropertiesChanged`: which interface, and the names of what changed. */
export const changedSchema = z
  .tuple([z.string(), z.array(z.tuple([z.string(), z.unknown()])), z.array(z.string())])
  .transform(([, changed, invalidated]) => [...changed.map(([name]) => name), ...invalidated]);
