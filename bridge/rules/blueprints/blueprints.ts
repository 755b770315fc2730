/** All blueprints, the first values of their forms, and the faults of a form (RULES "Blueprints"). Pure. */
import type { RuleTarget } from '../../schema/rule-parts.js';
import {
  fieldBounds,
  mostInOrder,
  type Blueprint,
  type BlueprintFault,
  type BlueprintField,
  type BlueprintId,
  type BlueprintValues,
  type NumberField,
} from './blueprint.js';
import { crashGuard, lowDisk, quietBackup } from './guards.js';
import { nightlyRestart, restartOnMemory } from './restarts.js';
import { startAfterOutage, startInOrder } from './starts.js';
import { stopWhenEmpty, weekendHours } from './stops.js';

/** In the order of the cards. */
export const blueprints: readonly Blueprint[] = [
  nightlyRestart,
  quietBackup,
  crashGuard,
  stopWhenEmpty,
  restartOnMemory,
  lowDisk,
  startAfterOutage,
  startInOrder,
  weekendHours,
];

const everyDay = [0, 1, 2, 3, 4, 5, 6];

const usual: BlueprintValues = {
  days: everyDay,
  time: 4 * 60,
  until: 60,
  warnMinutes: 10,
  emptyMinutes: 20,
  highMinutes: 10,
  memoryPercent: 90,
  tellPercent: 90,
  stopPercent: 95,
  crashes: 3,
  withinMinutes: 30,
  settleMinutes: 3,
  startMinutes: 10,
  servers: [],
};

const usualOf: Readonly<Partial<Record<BlueprintId, Partial<BlueprintValues>>>> = {
  'quiet-backup': { time: 5 * 60 },
  // Friday to Sunday.
  'weekend-hours': { days: [4, 5, 6], time: 16 * 60 },
};

/** First values of a blueprint's form. */
export function usualValues(id: BlueprintId): BlueprintValues {
  return { ...usual, ...usualOf[id] };
}

export interface FieldFault {
  /** `target` = the server or group of the rule. */
  readonly field: BlueprintField | 'target';
  readonly fault: BlueprintFault;
}

/** All faults, at most one for each field. `target` null = no target chosen. */
export function blueprintFaults(
  { fields, hasTarget }: Blueprint,
  values: BlueprintValues,
  target: RuleTarget | null,
): readonly FieldFault[] {
  const faults = fields.flatMap((field) => {
    const fault = faultOf(field, values, fields);
    return fault === null ? [] : [{ field, fault }];
  });
  return hasTarget && target === null ? [{ field: 'target', fault: 'no-target' }, ...faults] : faults;
}

function faultOf(
  field: BlueprintField,
  values: BlueprintValues,
  fields: readonly BlueprintField[],
): BlueprintFault | null {
  switch (field) {
    case 'days':
      return values.days.length === 0 ? 'no-day' : null;
    case 'time':
      return isTime(values.time) ? null : 'out-of-bounds';
    case 'until':
      if (!isTime(values.until)) return 'out-of-bounds';
      return values.until === values.time ? 'same-times' : null;
    case 'servers':
      if (new Set(values.servers).size < 2) return 'too-few-servers';
      return values.servers.length > mostInOrder ? 'too-many-servers' : null;
    default: {
      if (!isInBounds(field, values[field])) return 'out-of-bounds';
      const isBelow = fields.includes('tellPercent') && values.stopPercent <= values.tellPercent;
      return field === 'stopPercent' && isBelow ? 'stop-below-tell' : null;
    }
  }
}

function isTime(minute: number): boolean {
  return Number.isInteger(minute) && minute >= 0 && minute < 1440;
}

function isInBounds(field: NumberField, value: number): boolean {
  const [least, most] = fieldBounds[field];
  return Number.isInteger(value) && value >= least && value <= most;
}
