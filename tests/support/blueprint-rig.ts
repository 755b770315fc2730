/** Plays the rules of blueprints on servers that a test moves (`rule-rig.ts`). */
import { calendarIn } from '../../bridge/backups/calendar.js';
import type { Blueprint, BlueprintId, BlueprintValues } from '../../bridge/rules/blueprints/blueprint.js';
import { blueprints, usualValues } from '../../bridge/rules/blueprints/blueprints.js';
import type { RuleTarget } from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { RuleRig } from './rule-rig.js';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
/** A Monday, 13:00 in Berlin. */
export const wall = Date.parse('2026-11-30T12:00:00Z');
export const berlin = calendarIn('Europe/Berlin');
export const target: RuleTarget = { kind: 'server', serverId: 'home/1' };
/** Servers of a start in order. */
export const order = ['home/2', 'home/3', 'home/1'];

export function blueprintOf(id: BlueprintId): Blueprint {
  const found = blueprints.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

/** The rules of a blueprint, agreed to. */
export function rulesOf(id: BlueprintId, values: Partial<BlueprintValues> = {}): readonly Rule[] {
  const all = { ...usualValues(id), ...(id === 'start-in-order' ? { servers: order } : {}), ...values };
  return blueprintOf(id)
    .rules(all, target)
    .map((rule) => ({ ...rule, id: 'r1', agreedAt: 1 }));
}

export function rigOf(rule: Rule | undefined, servers = ['home/1'], from = wall): RuleRig {
  if (rule === undefined) throw new Error('no rule');
  return new RuleRig(rule, { wall: from, servers });
}

/** A server of the rig, which a test may change. */
export function game(rig: RuleRig, id = 'home/1') {
  const server = rig.servers.get(id);
  if (server === undefined) throw new Error(id);
  return server;
}

/** `restart home/1` for each order that left. */
export function orders(rig: RuleRig): string[] {
  return rig.sent.map(({ act, serverId }) => `${'signal' in act ? act.signal : act.kind} ${serverId}`);
}

export function runEnds(rig: RuleRig) {
  return [...rig.records.values()].map(({ end }) => end);
}

/** Wall-clock times of the orders, in UTC: `15:00`. */
export function times(rig: RuleRig): string[] {
  return rig.sent.map(({ now }) => new Date(now + rig.ahead).toISOString().slice(11, 16));
}
