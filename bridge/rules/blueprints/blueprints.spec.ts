import { describe, expect, it } from 'vitest';
import { calendarIn } from '../../backups/calendar.js';
import type { RuleTarget } from '../../schema/rule-parts.js';
import { ruleSchema, type Rule } from '../../schema/rules.js';
import { RuleRig } from '../../../tests/support/rule-rig.js';
import { nextPlanned } from '../../../main/rules/rule-times.js';
import { blueprintIds, type BlueprintId, type BlueprintValues } from './blueprint.js';
import { blueprintFaults, blueprints, usualValues } from './blueprints.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** A Monday, 13:00 in Berlin. */
const wall = Date.parse('2026-11-30T12:00:00Z');
const berlin = calendarIn('Europe/Berlin');
const target: RuleTarget = { kind: 'server', serverId: 'home/1' };
const order = ['home/2', 'home/3', 'home/1'];

function blueprintOf(id: BlueprintId) {
  const found = blueprints.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}
function rulesOf(id: BlueprintId, values: Partial<BlueprintValues> = {}): readonly Rule[] {
  const all = { ...usualValues(id), ...(id === 'start-in-order' ? { servers: order } : {}), ...values };
  return blueprintOf(id)
    .rules(all, target)
    .map((rule) => ({ ...rule, id: 'r1', agreedAt: 1 }));
}
function rigOf(rule: Rule | undefined, servers = ['home/1'], from = wall): RuleRig {
  if (rule === undefined) throw new Error('no rule');
  return new RuleRig(rule, { wall: from, servers });
}
const game = (rig: RuleRig, id = 'home/1') => {
  const server = rig.servers.get(id);
  if (server === undefined) throw new Error(id);
  return server;
};
const orders = (rig: RuleRig) =>
  rig.sent.map(({ act, serverId }) => `${'signal' in act ? act.signal : act.kind} ${serverId}`);
const ends = (rig: RuleRig) => [...rig.records.values()].map(({ end }) => end);
/** Wall-clock times of the orders, in UTC. */
const times = (rig: RuleRig) =>
  rig.sent.map(({ now }) => new Date(now + rig.ahead).toISOString().slice(11, 16));

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

  it.each(blueprintIds)('%s sends nothing to a server of which nothing is known', (id) => {
    for (const rule of rulesOf(id)) {
      const rig = rigOf(rule, order);
      for (const server of rig.servers.values()) {
        server.isBlind = true;
        server.seen = { power: null, before: null, figures: {}, slots: null };
      }
      rig.causeKind = rule.trigger.kind === 'node-back' ? 'node-back' : 'event';
      const isCaused = ['repeated', 'node-back', 'by-hand'].includes(rule.trigger.kind);
      for (let count = 0; count < 4 && isCaused; count++) rig.cause();
      rig.advance(26 * hour, minute);
      const touching = rig.sent.filter(({ act }) => act.kind !== 'notify' && act.kind !== 'keep-log');
      expect(touching).toEqual([]);
      expect(ends(rig)).not.toContain('done');
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

describe('nightly restart', () => {
  it('warns at 10, 5 and 1 minutes, restarts at the chosen time, and waits until the server runs', () => {
    const rig = rigOf(rulesOf('nightly-restart', { time: 14 * 60 })[0]);
    rig.advance(2 * hour);
    expect(orders(rig)).toEqual(['warn', 'warn', 'warn', 'restart'].map((one) => `${one} home/1`));
    expect(times(rig)).toEqual(['12:50', '12:55', '12:59', '13:00']);
    expect(rig.sent.map(({ act }) => ('text' in act ? act.text : ''))).toEqual([
      'The server restarts in 10 min.',
      'The server restarts in 5 min.',
      'The server restarts in 1 min.',
      '',
    ]);
    expect(ends(rig)).toEqual(['done']);
  });

  it('begins on the day before if the warnings do', () => {
    const [rule] = rulesOf('nightly-restart', { days: [1], time: 5, warnMinutes: 10 });
    expect(rule?.trigger).toEqual({ kind: 'time', days: [0], minute: 1435 });
  });

  it('leaves a server that somebody stopped alone', () => {
    const rig = rigOf(rulesOf('nightly-restart', { time: 14 * 60 })[0]);
    game(rig).power = 'offline';
    rig.advance(2 * hour);
    expect([orders(rig), ends(rig)]).toEqual([[], ['condition']]);
  });
});

describe('nightly backup', () => {
  it('backs up quietly and waits for the end', () => {
    const rig = rigOf(rulesOf('quiet-backup', { time: 14 * 60 })[0]);
    rig.advance(2 * hour);
    expect([orders(rig), ends(rig)]).toEqual([['backup home/1'], ['done']]);
    expect(rig.sent[0]?.act).toMatchObject({ kind: 'backup', quietly: true });
  });
});

describe('stop when empty', () => {
  it('stops after 20 minutes without players, a minute after it said so', () => {
    const rig = rigOf(rulesOf('stop-when-empty')[0]);
    game(rig).players = 2;
    rig.advance(hour);
    expect(rig.sent).toEqual([]);
    game(rig).players = 0;
    rig.advance(hour);
    expect(orders(rig)).toEqual(['warn home/1', 'stop home/1']);
    const [warn, stop] = rig.sent.map(({ now }) => now);
    expect((stop ?? 0) - (warn ?? 0)).toBeGreaterThanOrEqual(minute);
    expect(ends(rig)).toEqual(['done']);
  });

  it('does not stop on an answer of before somebody joined', () => {
    const rig = rigOf(rulesOf('stop-when-empty')[0]);
    rig.playersEveryMs = minute;
    rig.advance(21 * minute + 10 * second);
    expect(orders(rig)).toEqual(['warn home/1']);
    // The game has not been asked since, so its last answer still says nobody.
    game(rig).players = 1;
    rig.advance(hour);
    expect([orders(rig), ends(rig)]).toEqual([['warn home/1'], ['done']]);
  });

  it('lets the server run if somebody joins in the last minute', () => {
    const rig = rigOf(rulesOf('stop-when-empty')[0]);
    rig.advance(20 * minute + 20 * second);
    expect(orders(rig)).toEqual(['warn home/1']);
    game(rig).players = 1;
    rig.advance(hour);
    expect([orders(rig), ends(rig)]).toEqual([['warn home/1'], ['done']]);
  });

  it('does not stop if the game falls silent in the last minutes', () => {
    const rig = rigOf(rulesOf('stop-when-empty')[0]);
    rig.advance(20 * minute + 20 * second);
    game(rig).isBlind = true;
    game(rig).seen = { ...game(rig).seen, figures: {} };
    rig.advance(hour);
    expect([orders(rig), ends(rig)]).toEqual([['warn home/1'], ['unknown']]);
  });
});

describe('restart on high memory', () => {
  it('restarts only while nobody is on, and waits until then', () => {
    const rig = rigOf(rulesOf('restart-on-memory')[0]);
    game(rig).memory = 96;
    game(rig).players = 3;
    rig.advance(3 * hour);
    expect(rig.sent).toEqual([]);
    game(rig).players = 0;
    rig.advance(9 * minute);
    expect(rig.sent).toEqual([]);
    rig.advance(20 * minute);
    expect(orders(rig)).toEqual(['restart home/1']);
  });
});

describe('crash guard', () => {
  it('stops the server after the third crash, tells the user, and keeps the console', () => {
    const rig = rigOf(rulesOf('crash-guard')[0]);
    for (let count = 0; count < 3; count++) {
      rig.cause(['home/1']);
      rig.advance(5 * minute);
    }
    expect(orders(rig)).toEqual(['stop home/1', 'notify home/1', 'keep-log home/1']);
    expect(game(rig).power).toBe('offline');
    expect(ends(rig)).toEqual(['too-few', 'too-few', 'done']);
  });

  it('does nothing for three crashes on three days', () => {
    const rig = rigOf(rulesOf('crash-guard')[0]);
    for (let count = 0; count < 3; count++) {
      rig.cause(['home/1']);
      rig.advance(24 * hour, 2 * minute);
    }
    expect(rig.sent).toEqual([]);
  });

  it('tells the user too if the node had given up and the server is offline', () => {
    const rig = rigOf(rulesOf('crash-guard')[0]);
    game(rig).power = 'offline';
    for (let count = 0; count < 3; count++) rig.cause(['home/1']);
    rig.advance(hour);
    expect(orders(rig)).toEqual(['notify home/1', 'keep-log home/1']);
  });
});

describe('start after an outage', () => {
  function outage(after: 'running' | 'offline', before: 'running' | 'offline' = 'running'): RuleRig {
    const rig = rigOf(rulesOf('start-after-outage')[0]);
    rig.causeKind = 'node-back';
    game(rig).power = before;
    rig.advance(minute);
    game(rig).isBlind = true;
    rig.advance(hour);
    game(rig).power = after;
    game(rig).isBlind = false;
    rig.advance(second);
    rig.cause(['home/1']);
    rig.advance(hour);
    return rig;
  }

  it('starts what ran before, and says so', () => {
    expect(orders(outage('offline'))).toEqual(['start home/1', 'notify home/1']);
  });

  it('starts nothing that the node has started, or that was off before', () => {
    expect(orders(outage('running'))).toEqual([]);
    const off = outage('offline', 'offline');
    expect([orders(off), ends(off)]).toEqual([[], ['condition']]);
  });
});

describe('start in order', () => {
  it('starts each server when the one before runs, and passes over one that runs', () => {
    const rig = rigOf(rulesOf('start-in-order')[0], order);
    rig.causeKind = 'by-hand';
    for (const id of ['home/2', 'home/1']) game(rig, id).power = 'offline';
    rig.advance(minute);
    rig.cause(['home/1']);
    rig.advance(hour);
    expect([orders(rig), ends(rig)]).toEqual([['start home/2', 'start home/1'], ['done']]);
    const [first, second] = rig.sent.map(({ now }) => now);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(20_000);
  });

  it('starts no game without its database', () => {
    const rig = rigOf(rulesOf('start-in-order')[0], order);
    rig.causeKind = 'by-hand';
    for (const id of order) game(rig, id).power = 'offline';
    rig.faults.set('power', 'refuse');
    rig.advance(minute);
    rig.cause(['home/1']);
    rig.advance(hour);
    expect([orders(rig), ends(rig)]).toEqual([['start home/2'], ['failed']]);
  });

  it('never begins without a press', () => {
    const rig = rigOf(rulesOf('start-in-order')[0], order);
    rig.advance(48 * hour, 2 * minute);
    expect(rig.records.size).toBe(0);
  });
});

describe('low disk', () => {
  it('tells at 90 %, and switches the plan off at 95 %', () => {
    const rules = rulesOf('low-disk');
    const rigs = rules.map((rule) => rigOf(rule));
    const fill = (disk: number) => {
      for (const rig of rigs) {
        game(rig).disk = disk;
        rig.advance(10 * minute);
      }
      return rigs.map(orders);
    };
    expect(fill(89)).toEqual([[], []]);
    expect(fill(91)).toEqual([['notify home/1'], []]);
    expect(fill(95)).toEqual([['notify home/1'], ['pause-plan home/1', 'notify home/1']]);
    expect(fill(99)).toEqual([['notify home/1'], ['pause-plan home/1', 'notify home/1']]);
  });
});

describe('opening hours', () => {
  const [start, stop] = rulesOf('weekend-hours');

  it('start at 16:00 from Friday to Sunday, and stop at 1:00 on the days after, with warnings', () => {
    const friday = Date.parse('2026-12-04T12:00:00Z');
    const opened = rigOf(start, ['home/1'], friday);
    game(opened).power = 'offline';
    opened.advance(4 * hour);
    expect([orders(opened), times(opened)]).toEqual([['start home/1'], ['15:00']]);
    const closed = rigOf(stop, ['home/1'], friday);
    closed.advance(14 * hour);
    expect([orders(closed), times(closed)]).toEqual([
      ['warn', 'warn', 'warn', 'stop'].map((one) => `${one} home/1`),
      ['23:50', '23:55', '23:59', '00:00'],
    ]);
  });

  it('do nothing on Thursday, and end on Monday', () => {
    const days = (rule: Rule | undefined) =>
      rule !== undefined && rule.trigger.kind === 'time' ? rule.trigger.days : [];
    expect([days(start), days(stop)]).toEqual([
      [4, 5, 6],
      [5, 6, 0],
    ]);
    if (start?.trigger.kind !== 'time') throw new Error('no time');
    const next = nextPlanned(start.trigger, wall, berlin) ?? 0;
    expect(new Date(next).toISOString()).toBe('2026-12-04T15:00:00.000Z');
  });

  it('end on the same day if they do not pass midnight', () => {
    const [, end] = rulesOf('weekend-hours', { time: 600, until: 1320 });
    expect(end?.trigger).toEqual({ kind: 'time', days: [4, 5, 6], minute: 1310 });
  });
});
