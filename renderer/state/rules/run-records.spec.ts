import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../bridge/schema/rule-runs.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { aCause } from '../../../tests/support/rule-examples.js';
import { PerchClient } from '../../api.js';
import { RunRecords } from './run-records.svelte.js';

const run = (at: number): RunRecord => ({
  id: `r#${at}`,
  ruleId: 'r',
  serverId: 'home/1',
  cause: aCause(`k${at}`),
  isDry: false,
  at,
  endedAt: at,
  end: 'done',
  seen: [],
  steps: [],
});
const all = { ruleId: null, serverId: null };

function setUp() {
  const bridge = new FakeBridge();
  const records = new RunRecords(new PerchClient(bridge));
  const page = (isEnd: boolean, ...times: number[]) =>
    bridge.answer('rules.records', { records: times.map(run), isEnd });
  return { bridge, records, page, times: () => records.all?.map(({ at }) => at) };
}

describe('runs of rules', () => {
  it('come page by page, each page behind the last run', async () => {
    const { bridge, records, page, times } = setUp();
    page(false, 9, 8);
    await records.choose(all);
    page(true, 7);
    await records.more();
    await records.more();
    expect(times()).toEqual([9, 8, 7]);
    expect(records.isEnd).toBe(true);
    expect(bridge.calls.map(({ input }) => (input as { before: unknown }).before)).toEqual([
      null,
      { at: 8, id: 'r#8' },
    ]);
  });

  it('that came since are added once; after a gap the list starts again', async () => {
    const { records, page, times } = setUp();
    page(false, 9, 8);
    await records.choose(all);
    page(false, 10, 9);
    await records.newest();
    expect(times()).toEqual([10, 9, 8]);
    page(false, 99, 98);
    await records.newest();
    expect(times()).toEqual([99, 98]);
    expect(records.isEnd).toBe(false);
  });

  it('of another choice replace those of the last one, also if its answer comes late', async () => {
    const { bridge, records, page, times } = setUp();
    const late = bridge.hold('rules.records');
    const first = records.choose(all);
    page(true, 5);
    await records.choose({ ruleId: 'r', serverId: null });
    late({ records: [run(1)], isEnd: false });
    await first;
    expect(times()).toEqual([5]);
    expect(records.isEnd).toBe(true);
  });
});
