import * as z from 'zod';
import { parseJson } from '../../base/json.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { enveloped, line, listed, optionalTime } from './fields.js';
import { wholeList } from './whole-list.js';

const mostKeys = 1000;

/** Addresses between commas, spaces or ends of lines, or the JSON of a list. */
const joined = z.string().transform((text) => {
  const list = listed.safeParse(parseJson(text));
  return list.success ? list.data : text.split(/[\s,]+/).filter(Boolean);
});

/** Addresses and CIDR ranges; an empty list = from anywhere. */
const addresses = z
  .union([listed, joined])
  .nullish()
  .transform((list) => (list ?? []).slice(0, 200).map(addressOf));

/** An address of another form stays: without the address, a key would seem to work from more places than it does. */
function addressOf(sent: unknown): string {
  return typeof sent === 'string' || typeof sent === 'number' ? oneLine(String(sent), 100) : '?';
}

const fields = {
  identifier: z.string().regex(/^\w{1,40}$/),
  description: line(500),
  allowed_ips: addresses,
  last_used_at: optionalTime,
  created_at: optionalTime,
};
type Fields = { [N in keyof typeof fields]: z.output<(typeof fields)[N]> };

function keyOf({ identifier, description, allowed_ips, last_used_at, created_at }: Fields) {
  return {
    identifier,
    description,
    allowedIps: allowed_ips,
    lastUsedAt: last_used_at,
    createdAt: created_at,
  };
}

const keyItem = enveloped(fields).transform(keyOf);
/** A key of the account as the panel lists it: without its secret half. */
export type PanelKey = z.output<typeof keyItem>;

/** Schema of all API keys of the account. */
export const apiKeysAnswer = wholeList(keyItem, mostKeys, ({ identifier }) => identifier);

/**
 * Schema of the answer to a new key. `useKey` passes on the whole key, identifier and secret half together
 * (PROTOCOL 2.24.2); as a function the key can be neither logged nor sent to a window.
 */
export const createdKeyAnswer = z
  .looseObject({
    attributes: z.looseObject(fields),
    meta: z.looseObject({ secret_token: z.string().regex(/^[\x21-\x7e]{8,200}$/) }),
  })
  .transform(({ attributes, meta }) => {
    const whole = `${attributes.identifier}${meta.secret_token}`;
    return { ...keyOf(attributes), useKey: <T>(use: (key: string) => T): T => use(whole) };
  });
export type CreatedKey = z.output<typeof createdKeyAnswer>;
