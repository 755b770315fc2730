import { describe, expect, it } from 'vitest';
import { someMemory } from '../../tests/support/entities.js';
import { mostKept } from './settings-limits.js';
import { looked, recentIds, visited } from './visits.js';

describe('visited', () => {
  it('has the newest first, each server once', () => {
    const visits = visited(visited(visited([], 'a', 1), 'b', 2), 'a', 3);
    expect(visits).toEqual([
      { serverId: 'a', at: 3 },
      { serverId: 'b', at: 2 },
    ]);
  });

  it('keeps the place of a server that was only looked at', () => {
    const visits = [
      { serverId: 'b', at: 2 },
      { serverId: 'a', at: 1 },
    ];
    expect(looked(visits, 'a', 5)).toEqual([
      { serverId: 'b', at: 2 },
      { serverId: 'a', at: 5 },
    ]);
  });

  it('keeps as many servers as the settings allow, and offers the last ten', () => {
    let visits: ReturnType<typeof visited> = [];
    for (let at = 0; at < mostKept.visits + 5; at++) visits = visited(visits, `${at}`, at);
    expect(visits).toHaveLength(mostKept.visits);
    expect(someMemory({ visits }).visits[0]?.serverId).toBe(`${mostKept.visits + 4}`);
    expect(recentIds(visits)).toHaveLength(10);
    expect(recentIds(visits)[0]).toBe(`${mostKept.visits + 4}`);
  });
});
