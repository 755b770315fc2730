/** Names and types of the Secret Service API, which GNOME Keyring, KWallet and KeePassXC offer on the session bus. */
import * as z from 'zod';

export const serviceName = 'org.freedesktop.secrets';
export const servicePath = '/org/freedesktop/secrets';
export const defaultCollection = `${servicePath}/aliases/default`;
export const secrets = 'org.freedesktop.Secret';
const properties = 'org.freedesktop.DBus.Properties';

/** KWallet's own interface. */
export const kwallet = 'org.kde.KWallet';

/** Path that means "none". */
export const nowhere = '/';

const path = z.string();
const bytes = z.array(z.number()).transform((numbers) => Uint8Array.from(numbers));
const variant = <T extends z.ZodType>(value: T) => z.tuple([z.unknown(), value]).transform((pair) => pair[1]);

/** Method of the API with the schema of its answer. `signature` = types of its arguments in D-Bus's letters. */
export interface SecretMethod<T> {
  readonly interface: string;
  readonly member: string;
  readonly signature: string;
  readonly answer: z.ZodType<T>;
}

function method<T>(on: string, member: string, signature: string, answer: z.ZodType<T>): SecretMethod<T> {
  return { interface: on, member, signature, answer };
}

const service = `${secrets}.Service`;
const onePath = z.tuple([path]);
/**
 * Answer with two values: the object, if it was made or unlocked at once, and otherwise the path of a prompt that the
 * user must answer first.
 */
const withPrompt = z.tuple([z.unknown(), path]);

export const methods = {
  openSession: method(service, 'OpenSession', 'sv', z.tuple([variant(z.unknown()), path])),
  /** Answers with the readable items and the locked items. */
  searchItems: method(service, 'SearchItems', 'a{ss}', z.tuple([z.array(path), z.array(path)])),
  readAlias: method(service, 'ReadAlias', 's', onePath),
  createCollection: method(service, 'CreateCollection', 'a{sv}s', withPrompt),
  unlock: method(service, 'Unlock', 'ao', withPrompt),
  createItem: method(`${secrets}.Collection`, 'CreateItem', 'a{sv}(oayays)b', withPrompt),
  getSecret: method(
    `${secrets}.Item`,
    'GetSecret',
    'o',
    z.tuple([z.tuple([path, bytes, bytes, z.string()])]),
  ),
  /** Answers with the path of a prompt. */
  deleteItem: method(`${secrets}.Item`, 'Delete', '', onePath),
  prompt: method(`${secrets}.Prompt`, 'Prompt', 's', z.array(z.unknown())),
  property: method(properties, 'Get', 'ss', z.tuple([variant(z.unknown())])),
};

export const publicKeySchema = bytes;

/** Signal `Completed`: whether the user dismissed the prompt. */
export const completedSchema = z.tuple([z.boolean(), z.unknown()]).transform(([dismissed]) => dismissed);
/** Signal `PropertiesChanged`: the names of the changed properties. */
export const changedSchema = z
  .tuple([z.string(), z.array(z.tuple([z.string(), z.unknown()])), z.array(z.string())])
  .transform(([, changed, invalidated]) => [...changed.map(([name]) => name), ...invalidated]);
