import { describe, expect, it } from 'vitest';
import { anAccount } from '../../../tests/support/entities.js';
import { sectionsOf } from '../../state/fleet/arrangement.js';
import { itemsBySection } from '../fleet/fleet-items.js';
import { isListComplete, withFolds, withNotices } from './sidebar-items.js';

const accounts = [
  anAccount(),
  anAccount({ id: 'work', state: { kind: 'loading' } }),
  anAccount({ id: 'none' }),
];
const servers = [{ id: 'a', accountId: 'home' }];

function rows(pins: string[]): string[] {
  const sections = sectionsOf(servers, accounts, { pins, groups: [] });
  const items = itemsBySection(sections, { found: null, order: (ids) => ids });
  return withNotices(items, accounts, (accountId) => accountId !== 'none').map(({ key }) => key);
}

describe('withNotices', () => {
  it("puts a panel's notice below its title", () => {
    expect(rows([])).toEqual(['panel:home', 'a', 'panel:work', 'notice:work', 'panel:none', 'notice:none']);
  });

  it('keeps the title of a panel whose servers are all listed above', () => {
    expect(rows(['a'])).toEqual([
      'pinned',
      'a',
      'panel:home',
      'panel:work',
      'notice:work',
      'panel:none',
      'notice:none',
    ]);
  });

  it('adds the notice about servers that a panel fails to show', () => {
    const [home = anAccount()] = accounts;
    const partly = { ...home, unreadServers: 1 };
    const items = itemsBySection(sectionsOf(servers, [partly], { pins: [], groups: [] }), {
      found: null,
      order: (ids) => ids,
    });
    expect(withNotices(items, [partly], () => true).map(({ key }) => key)).toEqual([
      'panel:home',
      'notice:home',
      'a',
    ]);
    expect([home, partly, { ...home, strangeServers: 1 }].map(isListComplete)).toEqual([true, false, false]);
  });
});

describe('withFolds', () => {
  const folded = (count: number, folds: Record<string, boolean> = {}): boolean[] => {
    const listed = Array.from({ length: count }, (_, at) => ({ id: String(at), accountId: 'home' }));
    const groups = [{ id: 'g', name: 'G', isCollapsed: true, serverIds: [] }];
    const arranged = sectionsOf(listed, [anAccount()], { pins: [], groups });
    return withFolds(arranged, folds).map(({ isCollapsed }) => isCollapsed);
  };

  it('folds a panel above 50 servers, and a group by its own setting', () => {
    expect(folded(50)).toEqual([true, false]);
    expect(folded(51)).toEqual([true, true]);
  });

  it('keeps a panel as the user left it', () => {
    expect(folded(51, { 'panel:home': false, 'group:g': false })).toEqual([true, false]);
    expect(folded(1, { 'panel:home': true })).toEqual([true, true]);
  });
});
