/** Form of `memory.json`, and of the same fields in the `settings.json` of older versions. Pure functions. */
import { memorySchema, type Memory } from '../../bridge/schema/memory.js';
import { recordSchema, type FieldsFormat, type RawFields } from './stored-fields.js';
import { whatFits } from './what-fits.js';

export const memoryFormat: FieldsFormat<Memory> = {
  name: 'memory',
  version: 1,
  schema: memorySchema,
  migrations: {},
};

const oldNames: readonly string[] = [
  'visits',
  'stoppedTogether',
  'eventsSeenAt',
  'told',
  'startedByPortal',
  'updatesSeen',
];

/** The application memory among the fields of a settings file. */
export function oldMemory(settings: RawFields): RawFields {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => oldNames.includes(name)));
}

/** The valid parts of such an application memory, by the names of today. */
export function memoryOf({ told, updatesSeen, ...others }: RawFields): Partial<Memory> {
  const shownOnce = Array.isArray(told)
    ? told.map((what: unknown) => (what === 'goes-on' ? 'still-running' : what))
    : [];
  const { told: announced, lot: rolloutBucket, ...seen } = recordSchema.safeParse(updatesSeen).data ?? {};
  const updates = { ...seen, announced, rolloutBucket };
  const fitting = whatFits({ ...others, shownOnce, updates }, memorySchema);
  return memorySchema.parse(fitting ?? {});
}
