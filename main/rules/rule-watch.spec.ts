import { describe, expect, it } from 'vitest';
import type { Server } from '../../bridge/schema/domain.js';
import type { RuleCondition, RuleStep } from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { DriverRig, emptyDisk } from '../../tests/support/driver-rig.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { someUsage } from '../../tests/support/warned-rig.js';

const minute = 60_000;
const note: RuleStep = { kind: 'notify', text: 'x' };
const live = { power: 'running', link: { kind: 'live' } } as const;

async function rigWith(rule: Partial<Rule>, servers: readonly Partial<Server>[] = [live, live]) {
  const rig = new DriverRig(emptyDisk(aRule({ steps: [note], ...rule })), undefined, servers);
  await rig.start();
  return rig;
}
const told = (rig: DriverRig) => rig.sent.map(({ serverId }) => serverId);

describe('entries of the log', () => {
  it('concern the servers of the rule alone, once for each entry', async () => {
    const rig = await rigWith({ trigger: { kind: 'event', events: ['crashed'] } });
    rig.crash('home/2');
    rig.crash('home/1');
    await rig.clock.advance(100);
    expect(told(rig)).toEqual(['home/1']);
    expect(rig.traces[0]?.record.cause).toMatchObject({ kind: 'event', value: 'crashed' });
  });

  it('name the server for a rule about the server of the event', async () => {
    const rig = await rigWith({ trigger: { kind: 'event', events: ['crashed'] }, target: { kind: 'event' } });
    rig.crash('home/2');
    await rig.clock.advance(100);
    expect(told(rig)).toEqual(['home/2']);
  });

  it('of a node that is back are a cause once the state of each server is known', async () => {
    const rig = await rigWith({ trigger: { kind: 'node-back' }, target: { kind: 'event' } });
    const { node } = rig.store.state.servers.get('home/1') ?? { node: '' };
    const at = rig.clock.now();
    const what = { kind: 'node-unreachable', node, servers: 2 } as const;
    for (const id of ['home/1', 'home/2']) rig.power(null, id);
    const event = rig.events.add({
      at,
      accountId: 'home',
      serverId: null,
      panel: 'Home',
      server: null,
      what,
      lasts: true,
    });
    rig.events.end(event.id, at + 1000);
    await rig.clock.advance(minute);
    expect(told(rig)).toEqual([]);
    rig.power('offline', 'home/2');
    await rig.clock.advance(minute);
    expect(told(rig)).toEqual(['home/2']);
    // After five minutes the cause comes whatever is known, and the trace says so.
    await rig.clock.advance(5 * minute);
    expect(told(rig)).toEqual(['home/2', 'home/1']);
  });
});

it('a node that came back while Perch was closed is no cause', async () => {
  const rig = await rigWith({ trigger: { kind: 'node-back' }, target: { kind: 'event' } });
  const { node } = rig.store.state.servers.get('home/1') ?? { node: '' };
  const what = { kind: 'node-unreachable', node, servers: 2 } as const;
  const place = { accountId: 'home', serverId: null, panel: 'Home', server: null };
  rig.events.recall([{ ...place, id: 'old', at: rig.clock.wall() - 3 * 86_400_000, what, endedAt: null }]);
  rig.events.end('old', rig.clock.now());
  await rig.clock.advance(10 * minute);
  expect([rig.traces, told(rig)]).toEqual([[], []]);
});

describe('values', () => {
  const high = { ...someUsage, uptimeMs: minute, memoryBytes: 950, memoryLimitBytes: 1000 };
  const trigger = { kind: 'figure', of: 'memory', above: 90, forMs: 5 * minute } as const;
  const nobody: RuleCondition = { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 };

  it('count while they come, and not after they are old', async () => {
    const rig = await rigWith({ trigger, condition: null });
    const server = rig.store.state.servers.get('home/1');
    if (server === undefined) throw new Error('no server');
    const limits = { ...server.limits, memoryBytes: 1000 };
    rig.store.apply([{ kind: 'server-upserted', server: { ...server, limits } }]);
    const use = async (minutes: number) => {
      for (let passed = 0; passed < minutes * 2; passed++) {
        rig.store.apply([
          {
            kind: 'usage',
            serverId: 'home/1',
            usage: { ...high, at: rig.clock.now(), uptimeMs: rig.clock.now() },
          },
        ]);
        await rig.clock.advance(minute / 2);
      }
    };
    await use(3);
    // No news for four minutes: nobody knows what the memory was.
    await rig.clock.advance(4 * minute);
    await use(4);
    expect(told(rig)).toEqual([]);
    await use(2);
    expect(told(rig)).toEqual(['home/1']);
    await use(20);
    expect(told(rig)).toEqual(['home/1']);
  });

  it('of players count with the age that their source names', async () => {
    const rig = await rigWith({ trigger: { kind: 'event', events: ['crashed'] }, condition: nobody });
    const players = (source: 'query' | 'panel' | 'console', ageMs: number) => {
      const seenAt = rig.clock.now() - ageMs;
      const patch = { players: { count: 0, slots: 20, source, seenAt } };
      rig.store.apply([{ kind: 'server-patched', serverId: 'home/1', patch }]);
      rig.crash();
      return rig.clock.advance(minute);
    };
    await players('query', 3 * minute);
    await players('panel', 0);
    await players('query', minute);
    await players('console', 30 * minute);
    expect(rig.ends).toEqual(['unknown', 'unknown', 'done', 'done']);
  });
});

describe('lines', () => {
  it('stand in the trace without tokens, colours and hidden characters', async () => {
    const rig = await rigWith({ trigger: { kind: 'line', text: 'started' } });
    rig.line('\u001B[32mPanel \u202Estarted\u001B[0m, token: abc123secret');
    await rig.clock.advance(100);
    expect(rig.traces[0]?.record.cause.value).toBe('Panel started, token: [removed]');
    expect(JSON.stringify(rig.disk.runs)).not.toContain('abc123secret');
  });

  it('that repeat the message of a rule are no cause, for no rule', async () => {
    const says = (id: string, hears: string, command: string) =>
      aRule({
        id,
        trigger: { kind: 'line', text: hears },
        steps: [{ kind: 'command', on: null, command }],
        atMost: { times: 1000, withinMs: minute },
      });
    const disk = emptyDisk(
      says('a', 'restart', 'say restart of the lobby'),
      says('b', 'lobby', 'say restart'),
    );
    const rig = new DriverRig(disk, undefined, [live, live]);
    await rig.start();
    rig.line('<Steve> restart please');
    for (let count = 0; count < 5; count++) {
      await rig.clock.advance(2000);
      for (const { act } of [...rig.sent])
        if (act.kind === 'command') rig.line(act.command.replace('say ', '[Server] '));
    }
    expect(rig.sent.map(({ act }) => ('command' in act ? act.command : ''))).toEqual([
      'say restart of the lobby',
    ]);
    await rig.clock.advance(minute);
    rig.line('<Steve> restart of the lobby, please');
    await rig.clock.advance(100);
    expect(rig.sent).toHaveLength(3);
  });

  it('are a cause while they are printed, once within a second', async () => {
    const rig = await rigWith({ trigger: { kind: 'line', text: 'Can’t keep up' } });
    expect([...rig.consoles.keys()]).toEqual(['home/1']);
    rig.line('Can’t keep up! (old)', 'home/1', 'history');
    rig.line('All is well');
    await rig.clock.advance(100);
    expect(told(rig)).toEqual([]);
    for (let count = 0; count < 500; count++) rig.line('[Server] Can’t keep up! Is it overloaded?');
    await rig.clock.advance(100);
    expect(rig.traces).toHaveLength(1);
  });

  it('of a server are read while a run may wait for one', async () => {
    const wait: RuleStep = {
      kind: 'wait',
      sign: { kind: 'line', on: 'home/2', text: 'Done' },
      limitMs: 10 * minute,
      late: 'end',
    };
    const rig = await rigWith({ trigger: { kind: 'event', events: ['crashed'] }, steps: [wait, note] });
    expect(rig.consoles.size).toBe(0);
    rig.crash();
    await rig.clock.advance(1000);
    expect([...rig.consoles.keys()]).toEqual(['home/2']);
    rig.line('Done (3 s)', 'home/2');
    await rig.clock.advance(1000);
    expect(rig.ends).toEqual(['done']);
    expect(rig.consoles.size).toBe(0);
  });
});

describe('time', () => {
  const early: Rule['trigger'] = { kind: 'time', days: [0, 1, 2, 3, 4, 5, 6], minute: 690 };

  it('brings the planned run at its minute, with a fresh state', async () => {
    const warn: RuleStep = { kind: 'warn', on: null, text: 'x' };
    const rig = await rigWith({ trigger: early, steps: [note, warn] });
    // 11:00 in Berlin.
    expect(rig.driver.current[0]?.next).toBe(rig.clock.wall() + 30 * minute);
    await rig.clock.advance(30 * minute - 1000);
    expect(told(rig)).toEqual([]);
    await rig.clock.advance(2000);
    expect(rig.acts).toEqual(['notify home/1', 'warn home/1']);
    expect(rig.refreshed).toEqual(['home/1']);
    await rig.clock.advance(60 * minute);
    expect(rig.driver.current[0]?.next).toBe(Date.parse('2026-12-01T10:30:00Z'));
  });

  it('that passed in a sleep is listed and not caught up', async () => {
    const rig = await rigWith({ trigger: early });
    rig.clock.sleep(120 * minute);
    rig.watch.woke();
    await rig.clock.advance(minute);
    expect(told(rig)).toEqual([]);
    expect(rig.driver.current[0]?.missed).toEqual([Date.parse('2026-11-30T10:30:00Z')]);
    rig.driver.forgetMissed('r1');
    await rig.clock.advance(minute);
    expect(rig.driver.current[0]?.missed).toEqual([]);
  });

  it('ends a delay, after the state was read again', async () => {
    const restart: RuleStep = { kind: 'power', on: null, signal: 'restart' };
    const rig = await rigWith({
      trigger: { kind: 'event', events: ['crashed'] },
      steps: [{ kind: 'delay', ms: 5 * minute }, restart],
    });
    rig.crash();
    await rig.clock.advance(minute);
    rig.refreshed.length = 0;
    await rig.clock.advance(5 * minute);
    expect(rig.refreshed).toEqual(['home/1']);
    expect(rig.acts).toEqual(['restart home/1']);
  });
});

describe('the start of Perch', () => {
  it('is a cause for each server when its state is known, not for a rule that comes later', async () => {
    const trigger = { kind: 'perch-started' } as const;
    const group = { kind: 'group', groupId: 'g' } as const;
    const rig = new DriverRig(emptyDisk(aRule({ trigger, target: group, steps: [note] })), undefined, [
      live,
      { power: null },
    ]);
    rig.groups.push({ id: 'g', name: 'Games', serverIds: ['home/1', 'home/2'] });
    await rig.start();
    await rig.clock.advance(minute);
    expect(told(rig)).toEqual(['home/1']);
    rig.power('offline', 'home/2');
    await rig.clock.advance(1000);
    expect(told(rig)).toEqual(['home/1', 'home/2']);
    await rig.book.save({ rule: aRule({ trigger, steps: [note] }), replaces: null, isAgreed: true });
    await rig.clock.advance(10 * minute);
    expect(told(rig)).toHaveLength(2);
  });
});

describe('two hundred rules without a cause', () => {
  it('check nothing between two rounds', async () => {
    const rules = Array.from({ length: 200 }, (_, index) =>
      aRule({
        id: `r${index}`,
        target: { kind: 'server', serverId: `home/${index + 1}` },
        trigger: { kind: 'state', state: 'offline', forMs: minute },
      }),
    );
    const rig = new DriverRig(
      emptyDisk(...rules),
      undefined,
      rules.map(() => live),
    );
    await rig.start();
    await rig.clock.advance(minute);
    const { writes } = rig.disk;
    rig.moments = 0;
    await rig.clock.advance(10 * minute);
    // Five or six rounds of 200 checks, and none in between.
    expect(rig.moments).toBeLessThan(6 * 205);
    rig.moments = 0;
    rig.power('offline', 'home/7');
    await rig.clock.advance(3000);
    expect(rig.moments).toBeLessThan(5);
    expect(rig.disk.writes).toBe(writes);
  });
});

it('take no memory for servers without a lasting state', async () => {
  const servers = Array.from({ length: 300 }, () => live);
  const rig = await rigWith(
    { trigger: { kind: 'state', state: 'offline', forMs: 10 * minute }, target: { kind: 'event' } },
    servers,
  );
  await rig.clock.advance(5 * minute);
  rig.power('offline', 'home/7');
  await rig.clock.advance(3000);
  const lanes = () => Object.keys(rig.driver.state('r1')?.lanes ?? {});
  expect(lanes()).toEqual(['home/7']);
  const { writes } = rig.disk;
  for (const power of ['running', 'offline', 'running'] as const) {
    rig.power(power, 'home/7');
    await rig.clock.advance(3000);
  }
  expect([lanes(), rig.disk.writes]).toEqual([[], writes]);
  expect(rig.driver.active).toEqual([]);
});
