import { describe, expect, it } from 'vitest';
import { processorTime } from '../../tests/support/fastest.js';
import { anEntry, aSpan } from '../../tests/support/some-week.js';
import { overlapsOf } from './overlaps.js';
import { cellKey, cellsOf, hourRows } from './week-grid.js';

const { days } = aSpan();
const at = (day: number, hour: number, minute = 0): number =>
  new Date(2026, 10, 30 + day, hour, minute).getTime();

describe('the grid of a week', () => {
  it('puts entries into the cell of their day and hour, in groups of one act and place', () => {
    const entries = [
      anEntry({ at: at(1, 4, 30), serverId: 'home/2' }),
      anEntry({ at: at(1, 4) }),
      anEntry({ at: at(1, 4, 10), acts: ['backup'] }),
      anEntry({ at: at(1, 4, 20), acts: ['backup'], source: { kind: 'plan' } }),
      anEntry({ at: at(6, 23, 59) }),
    ];
    const cells = cellsOf(entries, new Map(), days);
    expect([...cells.keys()]).toEqual([cellKey(1, 4), cellKey(6, 23)]);
    expect(
      cells.get(cellKey(1, 4))?.groups.map(({ act, runsOn, entries: own }) => [act, runsOn, own.length]),
    ).toEqual([
      ['restart', 'panel', 2],
      ['backup', 'panel', 1],
      ['backup', 'perch', 1],
    ]);
  });

  it('has hours without entries as one row', () => {
    const cells = cellsOf([anEntry({ at: at(0, 4) }), anEntry({ at: at(3, 6) })], new Map(), days);
    expect(hourRows(cells)).toEqual([
      { from: 0, to: 3, isQuiet: true },
      { from: 4, to: 4, isQuiet: false },
      { from: 5, to: 5, isQuiet: true },
      { from: 6, to: 6, isQuiet: false },
      { from: 7, to: 23, isQuiet: true },
    ]);
    expect(hourRows(new Map())).toEqual([{ from: 0, to: 23, isQuiet: true }]);
  });

  it('of 1,000 servers with three runs a day is made without a step for each pair, in a bounded number of cells', () => {
    const entries = Array.from({ length: 21_000 }, (_, index) => {
      const server = index % 1000;
      const run = Math.floor(index / 1000);
      return anEntry({
        at: at(run % 7, (server + run) % 24, server % 60),
        serverId: `home/${server}`,
        acts: [run % 2 === 0 ? 'restart' : 'backup'],
      });
    });
    let cells: ReturnType<typeof cellsOf> = new Map();
    const took = processorTime(() => {
      const overlaps = overlapsOf(entries, (id) => String(id.length));
      cells = cellsOf(entries, overlaps, days);
    });
    // Comparing all pairs takes a minute.
    expect(took).toBeLessThan(5000);
    expect(cells.size).toBeLessThanOrEqual(7 * 24);
    expect([...cells.values()].every(({ groups }) => groups.length <= 12)).toBe(true);
  });
});
