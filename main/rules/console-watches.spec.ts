import { expect, it } from 'vitest';
import { ConsoleWatches } from './console-watches.js';

function setUp() {
  const open = new Set<string>();
  const opened: string[] = [];
  const watches = new ConsoleWatches({
    consoles: {
      watch: (serverId) => {
        open.add(serverId);
        opened.push(serverId);
        return () => void open.delete(serverId);
      },
    },
    line: () => undefined,
  });
  return { watches, open, opened };
}

it('watches the servers of runs and of triggers, each once, and ends what nobody waits for', () => {
  const { watches, open, opened } = setUp();
  const triggers = ['a', 'b'];
  watches.watch(['b', 'c'], triggers);
  expect([...open].sort()).toEqual(['a', 'b', 'c']);
  watches.watch([], triggers);
  expect([...open].sort()).toEqual(['a', 'b']);
  watches.watch([], ['b']);
  expect([...open]).toEqual(['b']);
  watches.stop();
  expect([...open]).toEqual([]);
  expect(opened.sort()).toEqual(['a', 'b', 'c']);
});

it('looks at no server again while neither runs nor triggers have changed', () => {
  const { watches, open } = setUp();
  let reads = 0;
  const triggers = new Proxy(['a'], {
    get: (list, key) => {
      if (key === Symbol.iterator) reads += 1;
      return Reflect.get(list, key) as unknown;
    },
  });
  for (let count = 0; count < 100; count++) watches.watch(['b'], triggers);
  expect([reads, [...open].sort()]).toEqual([1, ['a', 'b']]);
});

it('watches fifty consoles at most, those of runs first', () => {
  const { watches, open } = setUp();
  watches.watch(
    ['run'],
    Array.from({ length: 80 }, (_, at) => `s${at}`),
  );
  expect([open.size, open.has('run'), open.has('s48'), open.has('s49')]).toEqual([50, true, true, false]);
});
