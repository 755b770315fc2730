import { describe, expect, it } from 'vitest';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { emptyFleet, type FleetState } from '../../bridge/fleet/changes.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { causesOf } from './event-causes.js';
import { RuleIndex } from './rule-index.js';

const servers = ['home/1', 'home/2', 'home/3'];
const fleet: FleetState = {
  ...emptyFleet,
  accounts: new Map([['home', anAccount({ id: 'home' })]]),
  servers: new Map(servers.map((id) => [id, aServer({ id, accountId: 'home', uuid: id })])),
};
const rule: Rule = {
  id: 'r1',
  name: 'Tell me',
  isOn: true,
  mode: 'single',
  atMost: { times: 5, withinMs: 3_600_000 },
  target: { kind: 'group', groupId: 'g1' },
  trigger: { kind: 'schedule-stuck' },
  condition: null,
  steps: [{ kind: 'notify', text: 'Stuck' }],
  agreedAt: 1,
};
const index = new RuleIndex([rule], fleet, { groups: [{ id: 'g1', serverIds: ['home/1', 'home/3'] }] });

const place = (serverId: string) => ({ accountId: 'home', serverId });
const stuck = (first: string, ...also: string[]): HistoryEvent => ({
  ...place(first),
  id: 'e1',
  at: 5,
  endedAt: null,
  ...(also.length === 0 ? {} : { also: also.map(place) }),
  panel: 'Home',
  server: 'One',
  what: { kind: 'schedule-stuck', why: 'stuck', schedule: 'Nightly', servers: 1 + also.length },
});
const concerned = (event: HistoryEvent, before: HistoryEvent | null): (readonly string[])[] =>
  causesOf({ event, before }, index, fleet).map((cause) => cause.servers);

describe('schedules that hang', () => {
  it('are a cause for the servers of the entry that the rule is about', () => {
    expect(concerned(stuck('home/1', 'home/2'), null)).toEqual([['home/1']]);
    expect(concerned(stuck('home/2'), null)).toEqual([]);
  });

  it('are a cause for servers that join the entry later, and for these alone', () => {
    expect(concerned(stuck('home/1', 'home/3'), stuck('home/1'))).toEqual([['home/3']]);
    expect(concerned(stuck('home/1', 'home/2'), stuck('home/1'))).toEqual([]);
    const keys = [null, stuck('home/1')].flatMap((before) =>
      causesOf({ event: stuck('home/1', 'home/3'), before }, index, fleet).map(({ cause }) => cause.key),
    );
    expect(new Set(keys).size).toBe(2);
  });

  it('are none when the entry changes otherwise or ends', () => {
    const before = stuck('home/1', 'home/3');
    expect(concerned({ ...before, endedAt: 9 }, before)).toEqual([]);
  });
});
