import { describe, expect, it } from 'vitest';
import type { Link } from '../../../bridge/schema/domain.js';
import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import type { ArrivingLine } from './console-buffer.js';
import { consoleCost } from '../../../bridge/console/console-cost.js';
import { FleetConsoles } from './consoles.js';

type Source = ConsoleLine['source'];

function lines(texts: string[], source: Source = 'server'): ArrivingLine[] {
  return texts.map((text) => ({ at: 1, source, text }));
}

function rig() {
  const clock = new FakeClock(0);
  const asked: string[] = [];
  const consoles = new FleetConsoles(clock, {
    linkOf: () => ({ kind: 'live' }),
    setConsoleOpen: (id, isOpen) => asked.push(`${isOpen ? 'open' : 'closed'} ${id}`),
    setPaused: (id, isPaused) => asked.push(`${isPaused ? 'paused' : 'reading'} ${id}`),
  });
  const watch = (id = 's') => {
    const seen: { kind: string; lines?: readonly ConsoleLine[]; link?: Link }[] = [];
    const end = consoles.watch(id, {
      snapshot: (lines, link) => seen.push({ kind: 'snapshot', lines, link }),
      lines: (lines) => seen.push({ kind: 'lines', lines }),
      link: (link) => seen.push({ kind: 'link', link }),
      reset: () => seen.push({ kind: 'reset' }),
    });
    const texts = () => seen.flatMap((event) => event.lines ?? []).map((line) => line.text);
    return { seen, end, texts, kinds: () => seen.map((event) => event.kind) };
  };
  return { clock, asked, consoles, watch };
}

describe('FleetConsoles', () => {
  it('remembers and numbers lines from before the first watcher', () => {
    const { consoles, watch } = rig();
    consoles.append('s', lines(['a', 'b']));
    const { seen } = watch();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ kind: 'snapshot', link: { kind: 'live' } });
    expect(seen[0]?.lines?.map((line) => [line.seq, line.text])).toEqual([
      [0, 'a'],
      [1, 'b'],
    ]);
  });

  it('gathers lines for 30 ms and cuts them into batches of 64 KB', async () => {
    const { clock, consoles, watch } = rig();
    const watching = watch();
    const text = 'x'.repeat(30_000);
    for (let count = 0; count < 5; count++) consoles.append('s', lines([text]));
    await clock.advance(29);
    expect(watching.kinds()).toEqual(['snapshot']);
    await clock.advance(1);
    expect(watching.seen.map((event) => event.lines?.length)).toEqual([0, 2, 2, 1]);
  });

  it('cuts a flood of short lines, too', async () => {
    const { clock, consoles, watch } = rig();
    const watching = watch();
    consoles.append('s', lines(Array.from({ length: 200_000 }, () => '')));
    await clock.advance(30);
    expect(watching.texts()).toHaveLength(200_000);
    for (const { lines: batch = [] } of watching.seen) {
      expect(batch.length).toBeLessThanOrEqual(1000);
      expect(consoleCost(batch)).toBeLessThanOrEqual(65_536);
    }
  });

  it('cuts a long memory in the same way, and sends each line once and in order', async () => {
    const { clock, consoles, watch } = rig();
    watch().end();
    const held = watch();
    const text = 'x'.repeat(40_000);
    for (let count = 0; count < 10; count++) consoles.append('s', lines([`${count}${text}`]));
    const late = watch();
    consoles.append('s', lines(['new']));
    await clock.advance(30);
    for (const watching of [held, late]) {
      expect(watching.texts().map((line) => line[0])).toEqual([...'0123456789', 'n']);
      expect(watching.seen.every(({ lines: batch }) => (batch?.length ?? 0) <= 2)).toBe(true);
    }
  });

  it('keeps 10,000 lines and 4,000,000 characters while somebody looks, less while nobody does', async () => {
    const { clock, consoles, watch } = rig();
    const first = watch();
    consoles.append('s', lines(Array.from({ length: 12_345 }, (_, index) => `${index}`)));
    const watching = watch();
    expect(watching.seen[0]?.lines?.[0]?.text).toBe('2345');
    first.end();
    watching.end();
    const later = watch();
    await clock.advance(30);
    expect(later.texts()).toHaveLength(2000);

    const big = rig();
    big.watch();
    big.consoles.append('s', lines(Array.from({ length: 200 }, () => 'x'.repeat(65_536))));
    const kept = big.watch();
    await big.clock.advance(30);
    expect(kept.texts().join('').length).toBeLessThanOrEqual(4_000_000);
    expect(kept.texts()).toHaveLength(61);
  });

  it('keeps fewer lines per console if many consoles are open', () => {
    const { consoles, watch } = rig();
    for (let count = 0; count < 999; count++) consoles.append(`other${count}`, lines(['a']));
    consoles.append('s', lines(Array.from({ length: 100 }, () => 'x'.repeat(1000))));
    expect(watch().texts()).toHaveLength(20);
  });

  it('bounds a line that no node would send', async () => {
    const { clock, consoles, watch } = rig();
    const watching = watch();
    consoles.append('s', lines(['x'.repeat(10_000_000)]));
    await clock.advance(30);
    expect(watching.texts()[0]).toHaveLength(131_072);
  });

  it('replaces lines by the history of a new session', async () => {
    const { clock, consoles, watch } = rig();
    consoles.sessionStarted('s');
    consoles.append('s', lines(['a', 'b'], 'history'));
    const watching = watch();
    consoles.append('s', lines(['c']));
    consoles.append('s', lines(['d'], 'history'));
    await clock.advance(30);
    expect(watching.kinds()).toEqual(['snapshot', 'lines']);
    consoles.sessionStarted('s');
    consoles.append('s', lines(['a', 'b', 'c', 'd', 'e'], 'history'));
    await clock.advance(30);
    expect(watching.kinds()).toEqual(['snapshot', 'lines', 'reset', 'lines']);
    const last = watching.seen.at(-1)?.lines;
    expect(last?.map((line) => line.text)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(last?.[0]?.seq).toBe(4);
  });

  it('keeps the lines if the new session has no history', async () => {
    const { clock, consoles, watch } = rig();
    consoles.append('s', lines(['a']));
    const watching = watch();
    consoles.sessionStarted('s');
    consoles.append('s', lines(['marked'], 'daemon'));
    consoles.append('s', lines(['b']));
    consoles.append('s', lines(['late'], 'history'));
    await clock.advance(30);
    expect(watching.texts()).toEqual(['a', 'marked', 'b', 'late']);
    expect(watching.kinds()).not.toContain('reset');
  });

  it('sends the link after the lines before it', () => {
    const { consoles, watch } = rig();
    const watching = watch();
    consoles.append('s', lines(['a']));
    consoles.link('s', { kind: 'connecting' });
    expect(watching.kinds()).toEqual(['snapshot', 'lines', 'link']);
  });

  it('pauses above 100,000 characters and resumes below 5,000', () => {
    const { asked, consoles, watch } = rig();
    watch();
    for (const backlog of [50_000, 100_000, 100_001, 120_000, 50_000, 5000, 4999, 60_000]) {
      consoles.setBacklog('s', backlog);
    }
    expect(asked).toEqual(['open s', 'paused s', 'reading s']);
    consoles.setBacklog('unknown', 1_000_000);
    expect(asked).toHaveLength(3);
  });

  it('reads on when the window that could not keep up is closed', () => {
    const { asked, consoles, watch } = rig();
    const watching = watch();
    consoles.setBacklog('s', 200_000);
    watching.end();
    expect(asked).toEqual(['open s', 'paused s', 'reading s']);
  });

  it('keeps the session for a minute after the last window has closed the console', async () => {
    const { clock, asked, watch } = rig();
    const [one, two] = [watch(), watch()];
    one.end();
    one.end();
    await clock.advance(100_000);
    expect(asked).toEqual(['open s']);
    two.end();
    await clock.advance(30_000);
    watch().end();
    await clock.advance(59_999);
    expect(asked).toEqual(['open s']);
    await clock.advance(1);
    expect(asked).toEqual(['open s', 'closed s']);
  });

  it('drops unwatched consoles only', () => {
    const { consoles, watch } = rig();
    const watching = watch();
    consoles.append('s', lines(['a']));
    consoles.drop('s');
    watching.end();
    expect(watch().seen[0]?.lines).toHaveLength(1);
    const other = rig();
    other.consoles.append('s', lines(['a']));
    other.consoles.drop('s');
    expect(other.watch().seen[0]?.lines).toEqual([]);
  });

  it('needs no session for a removed server', async () => {
    const { clock, asked, consoles, watch } = rig();
    watch().end();
    consoles.remove('s');
    expect(asked).toEqual(['open s', 'closed s']);
    await clock.advance(100_000);
    expect(asked).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('forgets the console of a server that went while somebody looked', async () => {
    const clock = new FakeClock(0);
    let asked = 0;
    const host = {
      linkOf: (): Link => {
        asked += 1;
        return { kind: 'none' };
      },
      setConsoleOpen: () => undefined,
      setPaused: () => undefined,
    };
    const consoles = new FleetConsoles(clock, host);
    const listener = { snapshot: () => 0, lines: () => 0, link: () => 0, reset: () => 0 };
    const end = consoles.watch('s', listener);
    consoles.append('s', lines(['a']));
    consoles.remove('s');
    end();
    await clock.advance(60_000);
    expect(asked).toBe(1);
    consoles.watch('s', listener);
    expect(asked).toBe(2);
  });

  it('continues when a removed server comes back', async () => {
    const { clock, consoles, watch } = rig();
    const watching = watch();
    consoles.append('s', lines(['a']));
    consoles.remove('s');
    consoles.append('s', lines(['b']));
    await clock.advance(30);
    expect(watching.texts()).toEqual(['a', 'b']);
    expect(watching.seen).toContainEqual({ kind: 'link', link: { kind: 'none' } });
  });
});
