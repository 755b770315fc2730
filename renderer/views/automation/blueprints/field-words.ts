/** Names and units of the fields of blueprints. */
import type {
  BlueprintField,
  BlueprintId,
  NumberField,
} from '../../../../bridge/rules/blueprints/blueprint.js';
import { say, type PlainId } from '../../../../messages/messages.js';

const names: Readonly<Record<BlueprintField, PlainId>> = {
  days: 'blueprints.days',
  time: 'blueprints.time',
  until: 'blueprints.until',
  warnMinutes: 'blueprints.warn-minutes',
  emptyMinutes: 'blueprints.empty-minutes',
  highMinutes: 'blueprints.high-minutes',
  memoryPercent: 'blueprints.memory-percent',
  tellPercent: 'blueprints.tell-percent',
  stopPercent: 'blueprints.stop-percent',
  crashes: 'blueprints.crashes',
  withinMinutes: 'blueprints.within-minutes',
  settleMinutes: 'blueprints.settle-minutes',
  startMinutes: 'blueprints.start-minutes',
  servers: 'blueprints.servers',
};

export function fieldName(id: BlueprintId, field: BlueprintField): string {
  return say(id === 'weekend-hours' && field === 'time' ? 'blueprints.opens' : names[field]);
}

export function unitOf(field: NumberField): 'minutes' | 'percent' | 'times' {
  if (field === 'crashes') return 'times';
  return /percent$/i.test(field) ? 'percent' : 'minutes';
}
