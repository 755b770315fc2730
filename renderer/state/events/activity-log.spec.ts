import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../../bridge/schema/activity.js';
import { ActivityLog } from './activity-log.svelte.js';

const entry = (id: string): ActivityEntry => ({
  id,
  at: 0,
  event: 'server:power.start',
  by: null,
  isApi: false,
  ip: null,
  properties: {},
});
const page = (ids: readonly string[], pages: number) => ({
  entries: ids.map(entry),
  total: ids.length,
  pages,
});

/** A log whose first of three pages has come. Its further pages come with `answer`, by the number of the request from 0. */
async function heldLog() {
  const answers: (() => void)[] = [];
  const log = new ActivityLog(
    (number) => new Promise((resolve) => answers.push(() => resolve(page([String(number)], 3)))),
  );
  const answer = async (request: number): Promise<void> => {
    answers[request]?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  void log.read();
  await answer(0);
  return { log, answer };
}

describe('the activity of a view', () => {
  it('counts the entries of all its pages that cannot be read, from the first page on', async () => {
    const log = new ActivityLog(async (number) => ({ ...page([String(number)], 2), unread: number }));
    await log.read();
    expect(log.unread).toBe(1);
    await log.more();
    expect(log.unread).toBe(3);
    await log.read();
    expect(log.unread).toBe(1);
  });

  it('has at least as many entries as its pages brought, whatever the panel says', async () => {
    const log = new ActivityLog(async (number) => page([`${number} a`, `${number} b`], 2));
    await log.read();
    await log.more();
    expect([log.entries?.length, log.total]).toEqual([4, 4]);
  });

  it('ends with a page that has no new entries, whatever the panel says', async () => {
    const log = new ActivityLog(async (number) => page(['a'], number + 1));
    await log.read();
    expect(log.hasMore).toBe(true);
    await log.more();
    expect(log.hasMore).toBe(false);
  });

  it('adds pages, and no entry twice', async () => {
    const asked: unknown[] = [];
    const log = new ActivityLog(async (number, event) => {
      asked.push([number, event]);
      return page(number === 1 ? ['c', 'b'] : ['b', 'a'], 2);
    });
    expect(log.entries).toBeNull();
    await log.read();
    expect(log.hasMore).toBe(true);
    await log.more();
    await log.more();
    expect(log.entries?.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(log.hasMore).toBe(false);
    expect(asked).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
  });

  it('keeps its entries if a page fails, and forgets an answer about other events', async () => {
    const answers: ((ids: readonly string[]) => void)[] = [];
    const log = new ActivityLog(() => new Promise((resolve) => answers.push((ids) => resolve(page(ids, 1)))));
    void log.read();
    log.choose('server:file');
    answers[1]?.(['file']);
    answers[0]?.(['power']);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(log.entries?.map(({ id }) => id)).toEqual(['file']);
  });

  it('reads the rest back to a time, until it is stopped or fails, and no repeated page', async () => {
    const asked: number[] = [];
    const times = (ids: readonly string[], pages: number) => ({
      ...page(ids, pages),
      entries: ids.map((id) => ({ ...entry(id), at: Number(id) })),
    });
    const log = new ActivityLog(async (number) => {
      asked.push(number);
      if (number === 6) throw new Error('no');
      return times([String(100 - number)], 100);
    });
    await log.read();
    await log.rest(98);
    expect(asked).toEqual([1, 2, 3]);
    await log.rest(-Infinity);
    expect([asked.at(-1), log.reading.problem === null, log.isReadingOn]).toEqual([6, false, false]);
    const same = new ActivityLog(async () => times(['1'], 1_000_000));
    await same.read();
    await same.rest(-Infinity);
    expect(same.entries).toHaveLength(1);
  });

  it('continues if the rest is wanted again before the page of the first wish has come', async () => {
    const { log, answer } = await heldLog();
    void log.rest(-Infinity);
    log.stop();
    void log.rest(-Infinity);
    expect(log.isReadingOn).toBe(true);
    await answer(1);
    await answer(2);
    expect(log.entries?.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(log.isReadingOn).toBe(false);
  });

  it('reads the rest after a page that is under way', async () => {
    const { log, answer } = await heldLog();
    void log.more();
    void log.rest(-1);
    await answer(1);
    await answer(2);
    expect(log.entries?.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect([log.isReadingOn, log.hasMore]).toEqual([false, false]);
  });

  it('forgets the rest when it reads again', async () => {
    const { log, answer } = await heldLog();
    void log.rest(-Infinity);
    void log.read();
    await answer(2);
    void log.rest(-Infinity);
    await answer(1);
    expect([log.isReadingOn, log.entries?.length]).toEqual([true, 1]);
    for (const at of [3, 4]) {
      await answer(at);
    }
    expect([log.isReadingOn, log.entries?.length]).toEqual([false, 3]);
  });

  it('stops after the page that is being read', async () => {
    const log = new ActivityLog(async (number) => {
      if (number === 3) log.stop();
      return page([String(number)], 100);
    });
    await log.read();
    await log.rest(-Infinity);
    expect(log.entries?.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });
});
