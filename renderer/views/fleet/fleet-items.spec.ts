import { describe, expect, it } from 'vitest';
import type { Section } from '../../state/fleet/arrangement.js';
import { bestFirst, itemsBySection, serverItems, serversBetween } from './fleet-items.js';

const section = (key: string, serverIds: string[], isCollapsed = false): Section => ({
  key,
  title: key,
  place: { kind: 'rest' },
  accountId: null,
  isCollapsed,
  serverIds,
  allIds: serverIds,
});
const sections = [section('pinned', ['b']), section('folded', ['c', 'a'], true), section('empty', [])];
const all = { found: null, order: (ids: readonly string[]) => ids };

describe('itemsBySection', () => {
  it('shows titles and servers, and only the title of a folded section', () => {
    const items = itemsBySection(sections, all);
    expect(items.map(({ key }) => key)).toEqual(['pinned', 'b', 'folded', 'empty']);
    expect(items[2]).toMatchObject({ count: 2, isFolded: true });
  });

  it('unfolds sections with matches, and omits the rest', () => {
    const items = itemsBySection(sections, { ...all, found: new Set(['a']) });
    expect(items.map(({ key }) => key)).toEqual(['folded', 'a']);
    expect(items[0]).toMatchObject({ count: 1, isFolded: false });
  });

  it('sorts within the sections', () => {
    const items = itemsBySection([section('one', ['c', 'a'])], { ...all, order: (ids) => ids.toSorted() });
    expect(items.map(({ key }) => key)).toEqual(['one', 'a', 'c']);
  });
});

describe('bestFirst', () => {
  const three = [section('one', ['a', 'b', 'c']), section('two', ['d', 'e']), section('three', ['f'])];
  const order = (finds: readonly (readonly [string, number])[]): string[] =>
    itemsBySection(bestFirst(three, new Map(finds)), { ...all, found: new Map(finds) }).map(({ key }) => key);

  it('sorts the best match of a section first, and its section before the others', () => {
    expect(
      order([
        ['a', 4],
        ['c', 2],
        ['e', 1],
        ['d', 4],
        ['f', 2],
      ]),
    ).toEqual(['two', 'e', 'd', 'one', 'c', 'a', 'three', 'f']);
  });

  it('keeps the order of equal and of unmatched servers', () => {
    expect(
      order([
        ['f', 3],
        ['b', 3],
        ['a', 3],
        ['d', 3],
      ]),
    ).toEqual(['one', 'a', 'b', 'two', 'd', 'three', 'f']);
    expect(bestFirst(three, new Map()).map(({ key }) => key)).toEqual(['one', 'two', 'three']);
  });
});

describe('serversBetween', () => {
  it('selects the servers of a range in either direction, without titles', () => {
    const items = itemsBySection([section('one', ['a', 'b']), section('two', ['c', 'd'])], all);
    expect(serversBetween(items, 'b', 'c')).toEqual(['b', 'c']);
    expect(serversBetween(items, 'd', 'a')).toEqual(['a', 'b', 'c', 'd']);
    expect(serversBetween(serverItems(['x']), 'gone', 'x')).toEqual(['x']);
  });
});
