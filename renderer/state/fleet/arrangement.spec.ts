import { describe, expect, it } from 'vitest';
import {
  addGroup,
  changeGroup,
  deleteGroup,
  groupOf,
  isPinned,
  moveGroup,
  placeServers,
  regroup,
  sectionsOf,
  stepAnchor,
  titleOf,
  togglePins,
  type Arrangement,
} from './arrangement.js';

const accounts = [
  { id: 'home', label: 'panel.example.com' },
  { id: 'work', label: 'games.example.org' },
];
const servers = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, accountId: id === 'e' ? 'work' : 'home' }));
const group = (id: string, ...serverIds: string[]) => ({
  id,
  name: `Group ${id}`,
  isCollapsed: false,
  serverIds,
});

function titles(arrangement: Arrangement): string[] {
  return sectionsOf(servers, accounts, arrangement).map(
    (section) => `${titleOf(section)}: ${section.serverIds.join('')}`,
  );
}

describe('sectionsOf', () => {
  it('has only the panels without pins and groups', () => {
    expect(titles({ pins: [], groups: [] })).toEqual(['panel.example.com: abcd', 'games.example.org: e']);
  });

  it('shows pins first, then groups of several panels, and every server once', () => {
    expect(titles({ pins: ['d', 'b'], groups: [group('1', 'e', 'd', 'a'), group('2')] })).toEqual([
      'Pinned: db',
      'Group 1: ea',
      'Group 2: ',
      'panel.example.com: c',
      'games.example.org: ',
    ]);
  });

  it('keeps all servers of a panel among its own, whatever is pinned or in a group', () => {
    const sections = sectionsOf(servers, accounts, { pins: ['d'], groups: [group('1', 'e', 'a')] });
    expect(sections.map(({ allIds }) => allIds.join(''))).toEqual(['d', 'ea', 'abcd', 'e']);
  });

  it('names the kind of each section, and whether it is folded', () => {
    const folded = { ...group('1', 'a'), isCollapsed: true };
    const sections = sectionsOf(servers, accounts, { pins: ['d'], groups: [folded] });
    expect(
      sections.map(({ key, place, accountId, isCollapsed }) => [key, place, accountId, isCollapsed]),
    ).toEqual([
      ['pinned', { kind: 'pinned' }, null, false],
      ['group:1', { kind: 'group', groupId: '1' }, null, true],
      ['panel:home', { kind: 'rest' }, 'home', false],
      ['panel:work', { kind: 'rest' }, 'work', false],
    ]);
  });

  it('ignores missing servers, and a second place of a server', () => {
    expect(titles({ pins: ['gone', 'a', 'a'], groups: [group('1', 'b'), group('2', 'b', 'gone')] })).toEqual([
      'Pinned: a',
      'Group 1: b',
      'Group 2: ',
      'panel.example.com: cd',
      'games.example.org: e',
    ]);
  });
});

describe('place', () => {
  const start: Arrangement = { pins: ['a', 'gone', 'b'], groups: [group('1', 'c', 'lost', 'd'), group('2')] };

  it('puts servers beside an anchor and keeps missing servers', () => {
    expect(placeServers(start, ['b'], { kind: 'pinned' }, { id: 'a', side: 'before' }).pins).toEqual([
      'b',
      'a',
      'gone',
    ]);
    expect(placeServers(start, ['d'], { kind: 'pinned' }, { id: 'a', side: 'after' }).pins).toEqual([
      'a',
      'd',
      'gone',
      'b',
    ]);
  });

  it('keeps the order if a server would go beside itself', () => {
    const beside = { id: 'gone', side: 'before' } as const;
    expect(placeServers(start, ['b', 'gone'], { kind: 'pinned' }, beside).pins).toEqual(['a', 'gone', 'b']);
    expect(placeServers(start, ['a'], { kind: 'pinned' }, { id: 'a', side: 'after' }).pins).toEqual([
      'a',
      'gone',
      'b',
    ]);
    expect(moveGroup(start, '1', { id: '1', side: 'after' }).groups.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('puts servers at the end without an anchor, or beside one that is gone', () => {
    expect(placeServers(start, ['d'], { kind: 'pinned' }).pins).toEqual(['a', 'gone', 'b', 'd']);
    const beside = { id: 'nowhere', side: 'before' } as const;
    expect(placeServers(start, ['a'], { kind: 'pinned' }, beside).pins).toEqual(['gone', 'b', 'a']);
  });

  it('moves between groups, so that a server is in one at most', () => {
    const { groups, pins } = placeServers(start, ['c', 'a'], { kind: 'group', groupId: '2' });
    expect(groups.map(({ serverIds }) => serverIds)).toEqual([
      ['lost', 'd'],
      ['c', 'a'],
    ]);
    expect(pins).toEqual(['gone', 'b']);
  });

  it('removes from pins and groups', () => {
    const { groups, pins } = placeServers(start, ['c', 'b'], { kind: 'rest' });
    expect(pins).toEqual(['a', 'gone']);
    expect(groups[0]?.serverIds).toEqual(['lost', 'd']);
  });

  it('keeps the order if a server is put beside itself', () => {
    expect(placeServers(start, ['b'], { kind: 'pinned' }, { id: 'b', side: 'after' }).pins).toEqual(
      start.pins,
    );
  });
});

describe('pins and groups', () => {
  const start: Arrangement = { pins: ['a'], groups: [group('1', 'a', 'b'), group('2', 'c')] };

  it('pins unpinned servers, and unpins if all are pinned; groups stay', () => {
    const pinned = togglePins(start, ['a', 'b']);
    expect(pinned.pins).toEqual(['a', 'b']);
    expect(isPinned(pinned, 'b')).toBe(true);
    const unpinned = togglePins(pinned, ['a', 'b']);
    expect(unpinned.pins).toEqual([]);
    expect(togglePins(pinned, ['a']).pins).toEqual(['b']);
    expect(isPinned(unpinned, 'b')).toBe(false);
    expect(groupOf(unpinned, 'a')?.id).toBe('1');
    expect(groupOf(unpinned, 'gone')).toBeUndefined();
  });

  it('regroups without touching pins', () => {
    const next = regroup(start, ['a'], '2');
    expect(next.pins).toEqual(['a']);
    expect(next.groups.map(({ serverIds }) => serverIds.join(''))).toEqual(['b', 'ca']);
    expect(regroup(start, ['a'], null).groups[0]?.serverIds).toEqual(['b']);
  });

  it('makes, renames, folds and deletes groups', () => {
    const made = addGroup(start, { id: '3', name: '  Events ' }, ['c']);
    expect(made.groups.map(({ name, serverIds }) => [name, serverIds.join('')])).toEqual([
      ['Group 1', 'ab'],
      ['Group 2', ''],
      ['Events', 'c'],
    ]);
    expect(changeGroup(made, '3', { isCollapsed: true }).groups[2]).toMatchObject({
      name: 'Events',
      isCollapsed: true,
    });
    expect(deleteGroup(start, '1').groups.map(({ id }) => id)).toEqual(['2']);
    const all = [
      addGroup(start, { id: '3', name: 'Empty' }),
      changeGroup(start, '1', {}),
      deleteGroup(start, '1'),
    ];
    expect(all.map(({ pins }) => pins)).toEqual([['a'], ['a'], ['a']]);
    expect(all[0]?.groups).toEqual([...start.groups, { ...group('3'), name: 'Empty' }]);
    expect(all[1]?.groups).toEqual(start.groups);
  });

  it('changes only the named group, and keeps the pins of moved groups', () => {
    const renamed = changeGroup(start, '1', { name: 'Events' });
    expect(renamed.groups.map(({ name }) => name)).toEqual(['Events', 'Group 2']);
    expect(moveGroup(start, '2', { id: '1', side: 'before' }).pins).toEqual(['a']);
  });

  it('orders groups', () => {
    expect(moveGroup(start, '2', { id: '1', side: 'before' }).groups.map(({ id }) => id)).toEqual(['2', '1']);
    expect(moveGroup(start, '2', { id: '2', side: 'before' }).groups.map(({ id }) => id)).toEqual(['1', '2']);
  });
});

describe('stepAnchor', () => {
  it('steps among the shown entries and stops at the ends', () => {
    expect(stepAnchor(['a', 'b', 'c'], 'b', -1)).toEqual({ id: 'a', side: 'before' });
    expect(stepAnchor(['a', 'b', 'c'], 'b', 1)).toEqual({ id: 'c', side: 'after' });
    expect(stepAnchor(['a', 'b'], 'b', 1)).toBeNull();
    expect(stepAnchor(['a', 'b'], 'x', 1)).toBeNull();
  });
});
