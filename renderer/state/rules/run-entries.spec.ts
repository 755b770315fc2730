import { describe, expect, it } from 'vitest';
import { idTime } from '../../../bridge/events/id-time.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { PerchClient } from '../../api.js';
import { RunEntries } from './run-entries.svelte.js';

const minuteMs = 60_000;
const record = { id: 'r1/k/home/1', serverId: 'home/1', at: 100 * minuteMs, endedAt: 110 * minuteMs };
const idAt = (minute: number): string => `${idTime(minute * minuteMs)}-0000-test`;
const run = { kind: 'rule-run', rule: 'R', end: 'failed', isTold: true, isOff: false } as const;
const ofRun = (minute: number, id = record.id): HistoryEvent =>
  anEvent({ id: idAt(minute), what: { ...run, run: id } });
const ofStep = (minute: number, place: string): HistoryEvent =>
  anEvent({
    id: idAt(minute),
    what: { kind: 'rule-told', rule: 'R', text: 'Done', order: `${record.id}#${place}` },
  });

function setUp(...all: readonly HistoryEvent[]) {
  const bridge = new FakeBridge();
  const entries = new RunEntries(new PerchClient(bridge), { all }, record);
  const asked = () => bridge.calls.map(({ input }) => (input as { before: string }).before);
  return { bridge, entries, asked };
}

describe('entries about a run', () => {
  it('is in the entries of the run and of its steps, which the window has', async () => {
    const other = ofRun(111, 'r1/k/home/2');
    const { entries, asked } = setUp(other, ofRun(110), ofStep(105, '3.then.1'), anEvent({ id: idAt(90) }));
    await entries.read();
    expect(asked()).toEqual([]);
    expect(entries.ofRun?.id).toBe(idAt(110));
    expect(entries.ofStep('3.then.1')?.id).toBe(idAt(105));
    expect(entries.ofStep('3')).toBeUndefined();
  });

  it('is read from the disk for an older run, page by page back to its beginning', async () => {
    const { bridge, entries, asked } = setUp(anEvent({ id: idAt(500) }));
    const pages = [
      { events: [ofRun(110), anEvent({ id: idAt(108) })], isEnd: false },
      { events: [ofStep(101, '1'), anEvent({ id: idAt(99) })], isEnd: false },
    ];
    bridge.answerWith('events.older', () => pages.shift());
    await entries.read();
    expect(asked()).toEqual([idTime(111 * minuteMs), idAt(108)]);
    expect([entries.ofRun?.id, entries.ofStep('1')?.id]).toEqual([idAt(110), idAt(101)]);
  });

  it('begins to read behind the oldest entry that the window has', async () => {
    const { bridge, entries, asked } = setUp(ofRun(110), anEvent({ id: idAt(105) }));
    bridge.answer('events.older', { events: [], isEnd: true });
    await entries.read();
    expect(asked()).toEqual([idAt(105)]);
  });
});
