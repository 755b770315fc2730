import { describe, expect, it, vi } from 'vitest';
import { sectionsOf, type Section } from '../../state/fleet/arrangement.js';
import { dragRules } from './drag-rules.js';
import { itemsBySection, type FleetItem } from './fleet-items.js';

const servers = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, accountId: 'home' }));
const group = (id: string, serverIds: string[]) => ({ id, name: id, isCollapsed: false, serverIds });
const sections = sectionsOf(servers, [{ id: 'home', label: 'Home' }], {
  pins: ['a', 'b'],
  groups: [group('g', ['c']), group('empty', [])],
});
const items = itemsBySection(sections, { found: null, order: (ids) => ids });

function item(key: string): FleetItem {
  const found = items.find((one) => one.key === key);
  if (found === undefined) throw new Error(`There is no row ${key}.`);
  return found;
}

function setUp(isOrderedByHand = true) {
  const control = { place: vi.fn(), moveGroup: vi.fn() };
  return { control, rules: dragRules<FleetItem>(control, () => isOrderedByHand) };
}

describe('dragRules', () => {
  it.each([
    ['a', true],
    ['d', true],
    ['group:g', true],
    ['pinned', false],
    ['panel:home', false],
  ])('lets %s be dragged: %s', (key, can) => {
    expect(setUp().rules.canDrag(item(key))).toBe(can);
    expect(setUp(false).rules.canDrag(item(key))).toBe(false);
  });

  it.each<[string, string, 'before' | 'after', boolean]>([
    ['a', 'b', 'after', true],
    ['a', 'b', 'before', true],
    ['d', 'a', 'before', true],
    ['a', 'c', 'before', true],
    // A title takes drops only on its lower half: above the title another section ends.
    ['a', 'group:empty', 'after', true],
    ['a', 'group:empty', 'before', false],
    ['a', 'panel:home', 'before', false],
    // Below its panel, a server is sorted by name.
    ['a', 'd', 'before', true],
    ['d', 'e', 'after', false],
    ['group:g', 'group:empty', 'before', true],
    ['group:g', 'group:g', 'after', false],
    ['group:g', 'c', 'after', false],
    ['group:g', 'pinned', 'before', false],
    ['group:g', 'd', 'before', false],
  ])('lets %s go to %s (%s): %s', (key, over, side, can) => {
    expect(setUp().rules.canDrop(item(key), item(over), side)).toBe(can);
  });

  it.each<[string, string, 'before' | 'after', unknown[]]>([
    ['a', 'b', 'after', [['a'], { kind: 'pinned' }, { id: 'b', side: 'after' }]],
    ['a', 'd', 'before', [['a'], { kind: 'rest' }, { id: 'd', side: 'before' }]],
    ['a', 'group:g', 'after', [['a'], { kind: 'group', groupId: 'g' }, { id: 'c', side: 'before' }]],
    ['a', 'group:empty', 'after', [['a'], { kind: 'group', groupId: 'empty' }, null]],
  ])('puts %s beside %s (%s)', (key, over, side, expected) => {
    const { control, rules } = setUp();
    rules.drop(item(key), item(over), side);
    expect(control.place.mock.calls).toEqual([expected]);
    expect(control.moveGroup).not.toHaveBeenCalled();
  });

  it('moves a group beside another', () => {
    const { control, rules } = setUp();
    rules.drop(item('group:g'), item('group:empty'), 'after');
    expect(control.moveGroup.mock.calls).toEqual([['g', { id: 'empty', side: 'after' }]]);
    expect(control.place).not.toHaveBeenCalled();
  });

  it('allows no drag in a list without sections', () => {
    const { control, rules } = setUp();
    const alone: FleetItem = { kind: 'server', key: 'a', section: null as Section | null };
    expect(rules.canDrop(item('a'), alone, 'after')).toBe(false);
    rules.drop(item('a'), alone, 'after');
    expect(control.place).not.toHaveBeenCalled();
  });
});
