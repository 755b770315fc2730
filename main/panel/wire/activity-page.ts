/** Schema of a page of an activity log, of a server or of the account (PROTOCOL 2.14, 2.24.9). */
import * as z from 'zod';
import type { ActivityEntry, ActivityValue } from '../../../bridge/schema/activity.js';
import { activityPageSize } from '../activity-query.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import {
  answered,
  flag,
  validItems,
  optionalAmount,
  optionalFlag,
  optionalLine,
  uniqueBy,
} from './fields.js';

const mostProperties = 30;
const mostItems = 50;
const mostLetters = 500;

const actor = z
  .looseObject({
    attributes: z
      .looseObject({
        username: optionalLine(80),
        email: optionalLine(200),
        '2fa_enabled': optionalFlag,
      })
      .nullish(),
  })
  .nullish()
  .catch(null)
  .transform((user) => user?.attributes ?? null);

const item = z
  .looseObject({
    attributes: z.looseObject({
      // The first panels with an activity send none (PROTOCOL 2.14.11).
      id: z.union([z.string().max(100), z.int().transform(String)]).nullish(),
      event: z.string().max(200),
      is_api: flag,
      ip: optionalLine(100).catch(null),
      // Pelican sends an empty list for no properties.
      properties: z
        .union([z.record(z.string(), z.unknown()), z.array(z.unknown())])
        .nullish()
        .catch(null),
      timestamp: z.iso.datetime({ offset: true }),
      // An entry stays, whatever is wrong with the person in the entry.
      relationships: z.looseObject({ actor }).nullish().catch(null),
    }),
  })
  .transform(({ attributes }) => {
    const by = attributes.relationships?.actor ?? null;
    const entry: ActivityEntry = {
      id: oneLine(attributes.id ?? '', 100),
      at: Date.parse(attributes.timestamp),
      event: oneLine(attributes.event, 200),
      by: by?.username ?? null,
      isApi: attributes.is_api,
      ip: attributes.ip,
      properties: propertiesOf(attributes.properties),
    };
    return { entry, hasTwoFactor: by?.['2fa_enabled'] ?? null };
  });
type ReadEntry = z.output<typeof item>;

function propertiesOf(raw: unknown): Record<string, ActivityValue> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return {};
  const listed = Object.entries(raw).slice(0, mostProperties);
  return Object.fromEntries(listed.map(([name, value]) => [oneLine(name, 60), valueOf(value)]));
}

function valueOf(value: unknown): ActivityValue {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.slice(0, mostItems).map(textOf);
  return textOf(value);
}

/** Text of a value. A renamed file is `from → to`. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return oneLine(value, mostLetters);
  const renamed = z.object({ from: z.string(), to: z.string() }).safeParse(value);
  if (renamed.success) return oneLine(`${renamed.data.from} → ${renamed.data.to}`, mostLetters);
  return oneLine(jsonOf(value), mostLetters);
}

/** JSON of a value; '' for one that is nested deeper than a program can write, though a program can read it. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

/** The entries, each with an id. An entry without an id gets its content as id, with its number among equal entries. */
function withIds(read: readonly ReadEntry[]): ReadEntry[] {
  const seen = new Map<string, number>();
  return read.map(({ entry, hasTwoFactor }) => {
    if (entry.id !== '') return { entry, hasTwoFactor };
    const content = JSON.stringify(entry).slice(0, 1000);
    const number = (seen.get(content) ?? 0) + 1;
    seen.set(content, number);
    return { entry: { ...entry, id: `${content} ${number}` }, hasTwoFactor };
  });
}

/** null if the panel does not say. */
const whole = optionalAmount.transform((count) => (count === null ? null : Math.max(0, Math.trunc(count))));

const pagination = z.looseObject({ pagination: z.looseObject({ total: whole, total_pages: whole }) });

function twoFactorOf(read: readonly ReadEntry[]): ReadonlyMap<string, boolean> {
  const told = read.flatMap(({ entry, hasTwoFactor }): [string, boolean][] =>
    entry.by === null || hasTwoFactor === null ? [] : [[entry.by, hasTwoFactor]],
  );
  return new Map(told);
}

/** Schema of page number `page`. A longer list of entries is cut. */
export function activityPageAnswer(page: number) {
  return z
    .looseObject({ data: answered, meta: pagination.nullish().catch(null) })
    .transform(({ data, meta }, context) => {
      const taken = data.slice(0, activityPageSize);
      const good = validItems(taken, item);
      const unread = taken.length - good.length;
      if (good.length === 0 && data.length > 0) {
        // An empty page would claim that nobody had done anything.
        context.issues.push({ code: 'custom', message: 'unreadable', input: data, path: ['data'] });
        return z.NEVER;
      }
      const read = uniqueBy(withIds(good), ({ entry }) => entry.id);
      return {
        entries: read.map(({ entry }) => entry),
        /** Entries of the panel that match, on all pages; those of this page if the panel does not say. */
        total: meta?.pagination.total ?? read.length,
        // Without a number of pages, the page after the last one is empty, or repeats earlier items.
        pages: meta?.pagination.total_pages ?? (taken.length === 0 ? page : page + 1),
        ...(unread === 0 ? {} : { unread }),
        /** Which users of the entries have two-factor authentication, by user name. */
        twoFactor: twoFactorOf(read),
      };
    });
}
