import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { CallPacer } from './call-pacer.js';
import type { PollOutcome } from './silent-nodes.js';
import { Poller, type PollPlan } from './poller.js';

const paces = { neededMs: 20_000, restMs: 30_000 };

function rig() {
  const clock = new FakeClock(0);
  const sent: string[] = [];
  const answers: (() => void)[] = [];
  const outcomes = new Map<string, PollOutcome>();
  const nodes = new Map<string, string>();
  const liveNodes = new Set<string>();
  const held: string[] = [];
  const awaitingToken = new Set<string>();
  let hangs = false;
  let fails = false;
  const send = (what: string): Promise<void> => {
    sent.push(`${clock.now()} ${what}`);
    return hangs ? new Promise((resolve) => answers.push(resolve)) : Promise.resolve();
  };
  const pacer = new CallPacer(clock, () => 1, { rateLimit: () => 480, restUntil: () => null });
  const work = {
    poll: (id: string) => send(id).then(() => outcomes.get(id) ?? ('seen' as const)),
    nodeOf: (id: string) => nodes.get(id) ?? 'Node 1',
    isLive: (node: string) => liveNodes.has(node),
    heldBack: (id: string) => void held.push(id),
    read: (id: string) => send(`read ${id}`).then(() => !fails),
  };
  const poller = new Poller(clock, work, {
    changed: () => pacer.look(),
    awaitsToken: (id) => awaitingToken.has(id),
  });
  pacer.serve(poller.sources);
  return {
    clock,
    awaitingToken,
    held,
    liveNodes,
    nodes,
    outcomes,
    sent,
    answers,
    poller,
    hang: () => (hangs = true),
    fail: (isFailing: boolean) => (fails = isFailing),
    follow: (plan: Partial<PollPlan>) =>
      poller.follow({ polled: [], fallback: [], unread: [], needed: new Set(), paces, ...plan }),
  };
}

describe('Poller', () => {
  it('spreads polls and repeats them at the interval', async () => {
    const { clock, sent, follow } = rig();
    follow({ polled: ['a', 'b', 'c'] });
    await clock.advance(30_300);
    expect(sent).toEqual(['0 a', '50 b', '100 c', '30000 a', '30050 b', '30100 c']);
  });

  it('polls needed servers first and more often', async () => {
    const { clock, sent, follow } = rig();
    follow({ polled: ['a', 'b', 'c'], needed: new Set(['c']) });
    await clock.advance(30_000);
    expect(sent).toEqual(['0 c', '50 a', '100 b', '20000 c']);
  });

  it('polls a server sooner once it is visible', async () => {
    const { clock, sent, follow } = rig();
    follow({ polled: ['a'], paces: { neededMs: 20_000, restMs: 600_000 } });
    await clock.advance(1000);
    follow({ polled: ['a'], needed: new Set(['a']) });
    await clock.advance(20_000);
    expect(sent).toEqual(['0 a', '21000 a']);
  });

  it('sends single reads in between, once', async () => {
    const { clock, sent, follow } = rig();
    follow({ polled: ['a', 'b'], unread: ['b'] });
    await clock.advance(5000);
    follow({ polled: ['a', 'b'], unread: ['b'] });
    await clock.advance(5000);
    expect(sent).toEqual(['0 a', '50 b', '100 read b']);
  });

  it('repeats a failed single read, with growing pauses, while the plan still wants it', async () => {
    const { clock, sent, follow, fail } = rig();
    fail(true);
    for (let minute = 0; minute < 10; minute++) {
      if (minute === 5) fail(false);
      follow({ unread: ['a'] });
      await clock.advance(61_000);
    }
    expect(sent).toEqual(['0 read a', '61000 read a', '183000 read a', '427000 read a']);
  });

  it('polls everything again at once, also servers that were or will be read', async () => {
    const { clock, sent, follow, fail, poller } = rig();
    follow({ unread: ['a'] });
    await clock.advance(1000);
    fail(true);
    follow({ unread: ['b'] });
    await clock.advance(1000);
    poller.allNow();
    follow({ unread: ['a', 'b'] });
    await clock.advance(1000);
    expect(sent).toEqual(['0 read a', '1000 read b', '2000 read a', '2050 read b']);
  });

  it('gives a lost socket a moment before it polls', async () => {
    const { clock, sent, follow } = rig();
    follow({ fallback: ['a'] });
    await clock.advance(9999);
    expect(sent).toEqual([]);
    await clock.advance(1);
    expect(sent).toEqual(['10000 a']);
  });

  it('gives lost sockets that moment again when all are polled, as after sleep', async () => {
    const { clock, sent, follow, poller } = rig();
    follow({ polled: ['a'], fallback: ['b'] });
    await clock.advance(20_000);
    expect(sent).toEqual(['0 a', '10000 b']);
    poller.allNow();
    await clock.advance(10_000);
    expect(sent.slice(2)).toEqual(['20000 a', '30000 b']);
  });

  it('polls no server whose token waits for its turn, and polls it again once the token was sent', async () => {
    const { clock, sent, follow, poller, awaitingToken } = rig();
    awaitingToken.add('a');
    follow({ fallback: ['a', 'b'] });
    await clock.advance(15_000);
    expect(sent).toEqual(['10000 b']);
    awaitingToken.delete('a');
    poller.resume();
    await clock.advance(1000);
    expect(sent.slice(1)).toEqual(['15000 a']);
  });

  it('polls at once if the socket gives up within that moment', async () => {
    const { clock, sent, follow } = rig();
    follow({ fallback: ['a'] });
    await clock.advance(3000);
    for (let each = 0; each < 2; each++) {
      follow({ polled: ['a'] });
      await clock.advance(5000);
    }
    expect(sent).toEqual(['3000 a']);
  });

  it("polls sooner after an answer that may come from the panel's cache", async () => {
    const { clock, sent, poller, follow } = rig();
    follow({ polled: ['a'] });
    await clock.advance(18_000);
    poller.soon('a', 0);
    await clock.advance(60_000);
    expect(sent).toEqual(['0 a', '18000 a', '39000 a', '69000 a']);
  });

  it('polls sooner on an expected change, and forgets servers that are no longer polled', async () => {
    const { clock, sent, follow, poller } = rig();
    follow({ polled: ['a'] });
    await clock.advance(1000);
    poller.soon('a', 2000);
    poller.soon('b', 0);
    await clock.advance(3000);
    expect(sent).toEqual(['0 a', '3000 a']);
    follow({});
    await clock.advance(100_000);
    expect(sent).toHaveLength(2);
  });

  it('has at most six requests at a time', async () => {
    const { clock, sent, answers, follow, hang } = rig();
    hang();
    follow({ polled: Array.from({ length: 10 }, (_, index) => `s${index}`) });
    await clock.advance(20_000);
    expect(sent).toHaveLength(6);
    answers[0]?.();
    await clock.advance(1000);
    expect(sent).toHaveLength(7);
  });

  it('sends nothing while it is paused', async () => {
    const { clock, sent, follow, poller } = rig();
    poller.pauseUntil(Infinity);
    follow({ polled: ['a'], unread: ['a'] });
    await clock.advance(100_000);
    expect(sent).toEqual([]);
    poller.resume();
    await clock.advance(0);
    expect(sent).toEqual(['100000 a']);
  });

  it('sends nothing after its stop', async () => {
    const { clock, sent, follow, poller } = rig();
    follow({ polled: ['a'] });
    await clock.advance(0);
    poller.stop();
    await clock.advance(100_000);
    expect(sent).toEqual(['0 a']);
    expect(poller.sources.map((source) => source.next())).toEqual([null, null]);
  });
});

describe('a node that does not answer', () => {
  const names = Array.from({ length: 21 }, (_, index) => `s${index}`);

  it('gets a single poll at times instead of one for each server, in turn, and all servers get its problem', async () => {
    const { clock, follow, held, outcomes, sent } = rig();
    for (const name of names) outcomes.set(name, 'silent');
    follow({ polled: names });
    await clock.advance(5000);
    // Six calls are under way before the first three have failed.
    expect(sent.length).toBeLessThanOrEqual(8);
    expect(new Set([...held, ...sent.map((one) => one.split(' ')[1])])).toEqual(new Set(names));
    const before = sent.length;
    await clock.advance(120_000);
    const probes = sent.slice(before);
    expect(probes).toHaveLength(6);
    expect(new Set(probes.map((one) => one.split(' ')[1])).size).toBe(6);
  });

  it('is polled for all of its servers as soon as it answers about one server', async () => {
    const { clock, follow, outcomes, sent } = rig();
    for (const name of names) outcomes.set(name, 'silent');
    follow({ polled: names });
    await clock.advance(60_000);
    outcomes.clear();
    const before = sent.length;
    await clock.advance(25_000);
    expect(new Set(sent.slice(before).map((one) => one.split(' ')[1])).size).toBe(names.length);
  });

  it('does not hold back servers of another node, or a server with a pending signal', async () => {
    const { clock, follow, nodes, outcomes, poller, sent } = rig();
    for (const name of names) outcomes.set(name, 'silent');
    nodes.set('other', 'Node 2');
    follow({ polled: [...names, 'other'] });
    await clock.advance(65_000);
    expect(sent.filter((one) => one.endsWith(' other')).length).toBeGreaterThanOrEqual(3);
    poller.soon('s20', 0);
    await clock.advance(100);
    expect(sent.at(-1)).toBe('65000 s20');
  });
});

describe('a server that fails alone', () => {
  it('does not affect other servers of its node', async () => {
    const { clock, follow, held, outcomes, sent } = rig();
    const lost = ['a', 'b', 'c', 'd'];
    for (const name of lost) outcomes.set(name, 'alone');
    follow({ polled: [...lost, 'well'] });
    await clock.advance(300_000);
    expect(held).toEqual([]);
    expect(sent.filter((one) => one.endsWith(' a'))).toHaveLength(5);
    expect(sent.filter((one) => one.endsWith(' well')).length).toBeGreaterThanOrEqual(10);
  });

  it('is polled less and less often, but within two minutes, while its node answers for others', async () => {
    const { clock, follow, liveNodes, outcomes, sent } = rig();
    liveNodes.add('Node 1');
    outcomes.set('lost', 'silent');
    follow({ polled: ['lost', 'well'], needed: new Set(['lost']) });
    await clock.advance(600_000);
    const times = sent.filter((one) => one.endsWith(' lost')).map((one) => Number(one.split(' ')[0]));
    const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(pauses.slice(0, 3)).toEqual([30_000, 60_000, 100_000]);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(100_100);
    expect(sent.filter((one) => one.endsWith(' well')).length).toBeGreaterThanOrEqual(19);
  });
});
