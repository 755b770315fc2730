import * as z from 'zod';
import { historyEventSchema, type HistoryEvent } from '../../bridge/schema/events.js';
import { parseJson } from '../base/json.js';

/** Earlier versions stored `deliveries` as `told`, with the state `told` for `sent`. */
const earlierSchema = z
  .looseObject({ told: z.array(z.looseObject({ state: z.string() })) })
  .transform(({ told, ...event }): unknown => ({
    deliveries: told.map((one) => (one.state === 'told' ? { ...one, state: 'sent' } : one)),
    ...event,
  }))
  .pipe(historyEventSchema);

const storedSchema = z.union([earlierSchema, historyEventSchema]);

/** Reads an event that this or an earlier version stored; null = damaged. */
export function storedEvent(text: string): HistoryEvent | null {
  return storedSchema.safeParse(parseJson(text)).data ?? null;
}
