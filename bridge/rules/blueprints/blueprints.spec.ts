import { aRuleServer } from '../../../tests/support/rule-examples.js';
import { describe, expect, it } from 'vitest';
import {
  minute,
  hour,
  target,
  order,
  blueprintOf,
  rulesOf,
  rigOf,
  runEnds,
} from '../../../tests/support/blueprint-rig.js';
import { ruleSchema } from '../../schema/rules.js';
import { blueprintIds, type BlueprintId, type BlueprintValues } from './blueprint.js';
import { blueprintFaults, blueprints, usualValues } from './blueprints.js';

describe('every blueprint', () => {
  it('is in the list once, has two or three fields besides servers at most, and its usual values are fine', () => {
    expect(blueprints.map(({ id }) => id).sort()).toEqual([...blueprintIds].sort());
    for (const one of blueprints) {
      expect(one.fields.length).toBeLessThanOrEqual(3);
      const values = { ...usualValues(one.id), servers: order };
      expect(blueprintFaults(one, values, target)).toEqual([]);
    }
  });

  it.each(blueprintIds)('%s gives rules that fit the schema and wait for an agreement', (id) => {
    const values = { ...usualValues(id), servers: order };
    for (const rule of blueprintOf(id).rules(values, target)) {
      expect(ruleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
      expect([rule.agreedAt, rule.isOn]).toEqual([null, true]);
    }
  });

  it.each(blueprintIds)('%s fits the schema at every bound of its fields', (id) => {
    for (const extreme of [0, 1] as const) {
      const values: BlueprintValues = {
        ...usualValues(id),
        ...(extreme === 0
          ? { days: [0], time: 0, until: 1439, warnMinutes: 0, emptyMinutes: 5, highMinutes: 1 }
          : { time: 1439, until: 0, warnMinutes: 60, emptyMinutes: 720, highMinutes: 240 }),
        ...(extreme === 0
          ? { memoryPercent: 50, tellPercent: 50, stopPercent: 51, crashes: 2, withinMinutes: 5 }
          : { memoryPercent: 100, tellPercent: 99, stopPercent: 100, crashes: 20, withinMinutes: 720 }),
        ...(extreme === 0 ? { settleMinutes: 1, startMinutes: 1 } : { settleMinutes: 60, startMinutes: 60 }),
        servers: Array.from({ length: extreme === 0 ? 2 : 8 }, (_, index) => `home/${index + 1}`),
      };
      expect(blueprintFaults(blueprintOf(id), values, target)).toEqual([]);
      for (const rule of blueprintOf(id).rules(values, target))
        expect(ruleSchema.safeParse(rule).error).toBeUndefined();
    }
  });

  it.each(blueprintIds)('%s sends nothing to a server without known facts', (id) => {
    for (const rule of rulesOf(id)) {
      const rig = rigOf(rule, order);
      for (const server of rig.servers.values()) {
        server.isBlind = true;
        server.seen = aRuleServer({ power: null });
      }
      rig.causeKind = rule.trigger.kind === 'node-back' ? 'node-back' : 'event';
      const isCaused = ['repeated', 'node-back', 'by-hand'].includes(rule.trigger.kind);
      for (let count = 0; count < 4 && isCaused; count++) rig.cause();
      rig.advance(26 * hour, minute);
      const touching = rig.sent.filter(({ act }) => act.kind !== 'notify' && act.kind !== 'keep-log');
      expect(touching).toEqual([]);
      expect(runEnds(rig)).not.toContain('done');
    }
  });

  it.each<[BlueprintId, Partial<BlueprintValues>, string[]]>([
    ['nightly-restart', { days: [] }, ['days no-day']],
    ['nightly-restart', { time: 1440 }, ['time out-of-bounds']],
    ['nightly-restart', { warnMinutes: 61 }, ['warnMinutes out-of-bounds']],
    ['stop-when-empty', { emptyMinutes: 4 }, ['emptyMinutes out-of-bounds']],
    ['stop-when-empty', { emptyMinutes: Number.NaN }, ['emptyMinutes out-of-bounds']],
    ['stop-when-empty', { emptyMinutes: 7.5 }, ['emptyMinutes out-of-bounds']],
    ['low-disk', { tellPercent: 95 }, ['stopPercent stop-below-tell']],
    ['weekend-hours', { until: 960 }, ['until same-times']],
    ['start-in-order', { servers: ['home/1', 'home/1'] }, ['servers too-few-servers']],
    ['start-in-order', { servers: [...'123456789'] }, ['servers too-many-servers']],
    // Fields that the form does not show do not matter.
    ['stop-when-empty', { days: [], crashes: 0 }, []],
  ])('%s with %o has the faults %o', (id, values, faults) => {
    const found = blueprintFaults(blueprintOf(id), { ...usualValues(id), ...values }, target);
    expect(found.map(({ field, fault }) => `${field} ${fault}`)).toEqual(faults);
  });

  it('needs a server or a group, unless its fields name the servers', () => {
    expect(blueprintFaults(blueprintOf('low-disk'), usualValues('low-disk'), null)).toEqual([
      { field: 'target', fault: 'no-target' },
    ]);
    const values = { ...usualValues('start-in-order'), servers: order };
    expect(blueprintFaults(blueprintOf('start-in-order'), values, null)).toEqual([]);
  });
});
