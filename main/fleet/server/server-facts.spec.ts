import { describe, expect, it } from 'vitest';
import { aPanelServer } from '../../../tests/support/fleet-fakes.js';
import { withFacts } from './server-facts.js';

describe('allocations of a server', () => {
  const game = { ip: '203.0.113.10', alias: null, port: 25565, notes: null, isDefault: true };

  it('stay when the answer about one server has none, and end when a list is empty', () => {
    const listed = withFacts('home', aPanelServer('1', { allocations: [game] }), undefined);
    const read = withFacts('home', aPanelServer('1', { allocations: null }), listed);
    expect(read.allocations).toEqual([game]);
    expect(withFacts('home', aPanelServer('1', { allocations: [] }), read).allocations).toEqual([]);
    expect(withFacts('home', aPanelServer('1', { allocations: null }), undefined).allocations).toEqual([]);
  });
});

describe('permissions of a server', () => {
  const named = ['control.console', 'backup.read'];
  const read = (isOwner: boolean, permissions: string[] | null, before: string[] | null = null) => {
    const known = withFacts('home', aPanelServer('1', { isOwner, permissions: before }), undefined);
    return withFacts('home', aPanelServer('1', { isOwner, permissions }), known).permissions;
  };

  it.each([
    ['an owner has all without a list', true, null, ['*']],
    ['an owner has all besides the named ones', true, named, [...named, '*']],
    ['an owner has all once', true, ['*'], ['*']],
    ['anybody else has the named ones', false, named, named],
    ['nobody knows those of anybody else', false, null, null],
  ])('%s', (_what, isOwner, permissions, expected) => {
    expect(read(isOwner, permissions)).toEqual(expected);
  });

  it('end with the ownership, and are unknown until the panel names them', () => {
    const owner = withFacts('home', aPanelServer('1', { isOwner: true, permissions: named }), undefined);
    const after = (permissions: string[] | null) =>
      withFacts('home', aPanelServer('1', { isOwner: false, permissions }), owner).permissions;
    expect(after(null)).toBeNull();
    expect(after(named)).toEqual(named);
    const told = { ...owner, permissions: named };
    expect(
      withFacts('home', aPanelServer('1', { isOwner: false, permissions: null }), told).permissions,
    ).toEqual(named);
  });

  it('stay when a list has none', () => {
    expect(read(false, null, named)).toEqual(named);
    expect(read(true, null, named)).toEqual([...named, '*']);
  });
});
