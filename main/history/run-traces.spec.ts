import { beforeEach, describe, expect, it } from 'vitest';
import { runRecordSchema, type RunRecord } from '../../bridge/schema/rule-runs.js';
import { historyLevels } from '../../tests/support/history-level.js';
import { aCause } from '../../tests/support/rule-examples.js';
import type { TracesQuery } from '../base/past.js';
import { dayMs } from './chunks.js';
import type { Level } from './level-folder.js';
import { dropOldTraces, StoredTraces } from './run-traces.js';

const begin = 19_675 * dayMs;
const aLevel = historyLevels();
let level: Level;
let traces: StoredTraces;
let keeps: boolean;

beforeEach(async () => {
  level = await aLevel();
  keeps = true;
  traces = again();
});

/** A later run of Perch on the same store. */
function again(): StoredTraces {
  return new StoredTraces({ keeps: () => keeps, read: (work) => work(level) });
}

function trace(at: number, ruleId = 'r1', serverId = 'home/1'): RunRecord {
  const cause = aCause(`event:${at}`, { at });
  const id = `${ruleId}/${cause.key}/${serverId}`;
  const record = {
    id,
    ruleId,
    serverId,
    cause,
    isDry: false,
    at,
    endedAt: at,
    end: 'done',
    seen: [],
    steps: [],
  };
  return runRecordSchema.parse(record);
}

async function write(...all: readonly RunRecord[]): Promise<void> {
  const puts = all.map((one) => traces.put(one));
  await level.batch([...traces.unwritten]);
  traces.written(traces.unwritten);
  await Promise.all(puts);
}

const page = (query: Partial<TracesQuery> = {}, of = traces) =>
  of.page({ ruleId: null, serverId: null, before: null, count: 10, ...query });

describe('traces', () => {
  it('are replaced by a later version, in memory and on the disk', async () => {
    const one = trace(begin);
    const put = traces.put(one);
    await write({ ...one, repeats: 1 });
    await put;
    await write({ ...one, repeats: 2 });
    expect(await page()).toEqual({ records: [{ ...one, repeats: 2 }], isEnd: true });
    keeps = false;
    await traces.put(trace(begin + 1));
    await traces.put({ ...trace(begin + 1), repeats: 1 });
    expect((await page()).records.map(({ repeats }) => repeats)).toEqual([1, 2]);
  });

  it('are promised only when the disk has them, and are read meanwhile', async () => {
    const one = trace(begin);
    let isKept = false;
    const put = traces.put(one).then(() => (isKept = true));
    expect(await page()).toEqual({ records: [one], isEnd: true });
    expect([isKept, await traces.has(one)]).toEqual([false, true]);
    const written = traces.unwritten;
    await level.batch([...written]);
    traces.written(written);
    await put;
    expect([isKept, traces.unwritten.length]).toEqual([true, 0]);
    expect([await again().has(one), await again().has(trace(begin + 1))]).toEqual([true, false]);
  });

  it('come newest first, by rule and server, page by page', async () => {
    const all = Array.from({ length: 25 }, (_, index) =>
      trace(begin + index, index % 2 === 0 ? 'r1' : 'r10', index % 3 === 0 ? 'home/1' : 'home/21'),
    );
    await write(...all);
    const of = (query: Partial<TracesQuery>) =>
      all
        .filter((one) => (query.ruleId ?? one.ruleId) === one.ruleId)
        .filter((one) => (query.serverId ?? one.serverId) === one.serverId)
        .toReversed();
    for (const query of [
      {},
      { ruleId: 'r1' },
      { serverId: 'home/1' },
      { ruleId: 'r10', serverId: 'home/21' },
    ]) {
      const read: RunRecord[] = [];
      let before: RunRecord | null = null;
      for (let isEnd = false; !isEnd;) {
        const next = await page({ ...query, before, count: 4 }, again());
        read.push(...next.records);
        before = next.records.at(-1) ?? null;
        isEnd = next.isEnd;
      }
      expect(read).toEqual(of(query));
    }
  });

  it('of own rules are found behind any number of traces of settings', async () => {
    const own = [trace(begin), trace(begin + 1, 'r10')];
    const derived = Array.from({ length: 30 }, (_, index) =>
      trace(begin + 2 + index, `backup-plan:home/${index}`),
    );
    await write(...own, ...derived);
    const unwritten = trace(begin + 50, 'when-empty:home/1');
    void traces.put(unwritten);
    expect((await page({ count: 1 })).records).toEqual([unwritten]);
    expect(await page({ isOwn: true })).toEqual({ records: own.toReversed(), isEnd: true });
  });

  it('stay for 90 days', async () => {
    await write(trace(begin), trace(begin + 60 * dayMs), trace(begin + 200 * dayMs));
    await dropOldTraces(level, begin + 100 * dayMs);
    expect((await page()).records.map(({ at }) => at)).toEqual([begin + 60 * dayMs]);
  });

  it('go with their account, written or not', async () => {
    await write(trace(begin), trace(begin + 1, 'r1', 'other/1'));
    const put = traces.put(trace(begin + 2));
    traces.forgetWaiting((id) => id === 'home');
    await put;
    await traces.forget(level, (id) => id === 'home');
    expect((await page()).records.map(({ serverId }) => serverId)).toEqual(['other/1']);
  });

  it('of servers without a stored history live as long as Perch, the newest 200', async () => {
    keeps = false;
    for (let count = 0; count < 250; count++) await traces.put(trace(begin + count));
    expect(traces.unwritten).toEqual([]);
    expect((await page({ count: 300 })).records).toHaveLength(200);
    expect(await again().page({ ruleId: null, serverId: null, before: null, count: 5 })).toEqual({
      records: [],
      isEnd: true,
    });
  });

  it('that are damaged are left out', async () => {
    await write(trace(begin), trace(begin + 1));
    const [key] = await level.keys({ gte: 'r/', lt: 'r0', reverse: true, limit: 1 }).all();
    await level.put(key ?? '', new TextEncoder().encode('{"id":5}'));
    expect((await page()).records.map(({ at }) => at)).toEqual([begin]);
  });
});
