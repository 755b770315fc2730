/** Names and types of the Secret Service API, which GNOME Keyring, KWallet and KeePassXC offer on the session bus. */
import * as z from 'zod';

export const serviceName = 'org.freedesktop.secrets';
export const servicePath = '/org/freedesktop/secrets';
export const defaultCollection = `${servicePath}/aliases/default`;
export const secrets = 'org.freedesktop.Secret';
export const properties = 'org.freedesktop.DBus.Properties';

/** KWallet's own interface. */
export const kwallet = 'org.kde.KWallet';

/** Path that means "none". */
export const nowhere = '/';

const path = z.string();
const bytes = z.array(z.number()).transform((numbers) => Uint8Array.from(numbers));
const variant = <T extends z.ZodType>(value: T) => z.tuple([z.unknown(), value]).transform((pair) => pair[1]);

/** Answer of each method. */
export const answers = {
  none: z.array(z.unknown()).transform(() => undefined),
  readAlias: z.tuple([path]),
  /** Readable items and locked items. */
  searchItems: z.tuple([z.array(path), z.array(path)]),
  openSession: z.tuple([variant(z.unknown()), path]),
  getSecret: z.tuple([z.tuple([path, bytes, bytes, z.string()])]),
  /**
   * Answer with two values: the object, if it was made or unlocked at once, and otherwise the path of a prompt that the
   * user must answer first.
   */
  withPrompt: z.tuple([z.unknown(), path]),
  prompt: z.tuple([path]),
  property: z.tuple([variant(z.unknown())]),
};

export const publicKeySchema = bytes;

/** Signal `Completed`: whether the user dismissed the prompt. */
export const completedSchema = z.tuple([z.boolean(), z.unknown()]).transform(([dismissed]) => dismissed);
/** Signal `PropertiesChanged`: the names of the changed properties. */
export const changedSchema = z
  .tuple([z.string(), z.array(z.tuple([z.string(), z.unknown()])), z.array(z.string())])
  .transform(([, changed, invalidated]) => [...changed.map(([name]) => name), ...invalidated]);
