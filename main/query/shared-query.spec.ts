import { expect, it } from 'vitest';
import { anAnswer } from '../../tests/support/fake-queries.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { QueryFailure, type QueryPlace } from '../base/query-ports.js';
import type { QueryAnswer } from './query-answer.js';
import { SharedQuery } from './shared-query.js';

const { signal } = new AbortController();

function setUp({ fails = false, isProxied = false } = {}) {
  const clock = new FakeClock();
  const asked: string[] = [];
  const answers = (): Promise<QueryAnswer> =>
    fails ? Promise.reject(new QueryFailure('silent')) : Promise.resolve(anAnswer({ players: asked.length }));
  const query = new SharedQuery({
    clock,
    query: {
      ask: async (protocol, { host }) => {
        asked.push(`${protocol} ${host}`);
        await new Promise<void>((resolve) => clock.after(50, resolve));
        return answers();
      },
    },
    wire: {
      addressOf: ({ host }: QueryPlace) =>
        Promise.resolve(isProxied ? null : host.endsWith('.one') ? '203.0.113.1' : '203.0.113.2'),
    },
  });
  return { clock, asked, query };
}

const at = (host: string, port = 27_015): QueryPlace => ({ host, port });

it('asks an address with many names once in 15 seconds, and dates a shared answer by its question', async () => {
  const { clock, asked, query } = setUp();
  const names = Array.from({ length: 200 }, (_, number) => at(`s${number}.one`));
  const asks = clock.now();
  const first = Promise.all(names.map((place) => query.ask('source', place, signal)));
  await clock.advance(50);
  expect(new Set((await first).map(({ toldAt }) => toldAt))).toEqual(new Set([undefined, asks]));
  await clock.advance(14_949);
  expect(await query.ask('source', at('late.one'), signal)).toMatchObject({ players: 1, toldAt: asks });
  expect(asked).toHaveLength(1);
  await clock.advance(1);
  const next = query.ask('source', at('s0.one'), signal);
  await clock.advance(50);
  expect(await next).toEqual(anAnswer({ players: 2, from: 'source 203.0.113.1 27015' }));
});

it('shares no answer between addresses, ports and protocols', async () => {
  const { clock, asked, query } = setUp();
  const all = [
    query.ask('source', at('a.one'), signal),
    query.ask('source', at('a.two'), signal),
    query.ask('source', at('a.one', 27_016), signal),
    query.ask('bedrock', at('a.one'), signal),
  ];
  await clock.advance(50);
  await Promise.all(all);
  expect(asked).toHaveLength(4);
});

it('shares no answer over TCP, where a proxy answers by name, nor one that a proxy of the user fetches', async () => {
  const tcp = setUp();
  const proxied = setUp({ isProxied: true });
  const both = [
    ...['a.one', 'b.one'].map((host) => tcp.query.ask('minecraft-status', at(host), signal)),
    ...['a.one', 'b.one'].map((host) => proxied.query.ask('source', at(host), signal)),
  ];
  await tcp.clock.advance(50);
  await proxied.clock.advance(50);
  await Promise.all(both);
  expect([tcp.asked.length, proxied.asked.length]).toEqual([2, 2]);
  const from = (await Promise.all(both)).map((answer) => answer.from);
  const address = 'minecraft-status 203.0.113.1 27015';
  expect(from).toEqual([address, address, undefined, undefined]);
});

it('shares silence, too', async () => {
  const { clock, asked, query } = setUp({ fails: true });
  const both = ['a.one', 'b.one'].map((host) => query.ask('source', at(host), signal));
  const settled = Promise.allSettled(both);
  await clock.advance(50);
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(asked).toHaveLength(1);
});
