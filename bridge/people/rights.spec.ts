import { describe, expect, it } from 'vitest';
import { areSameRights, isOwnEntry, ungivable } from './rights.js';

describe('areSameRights', () => {
  it('ignores order, repetition and permissions of everybody', () => {
    expect(areSameRights(['b.x', 'a.x', 'websocket.connect'], ['a.x', 'b.x', 'a.x'])).toBe(true);
    expect(areSameRights(['admin.websocket'], [])).toBe(true);
    expect(areSameRights(['a.x'], ['a.x', 'b.x'])).toBe(false);
  });
});

describe('ungivable', () => {
  it('names permissions that the user of the key lacks', () => {
    expect(ungivable(['a.x'], ['a.x', 'c.x', 'b.x', 'websocket.connect'])).toEqual(['b.x', 'c.x']);
    expect(ungivable(['*'], ['a.x', 'admin.x'])).toEqual(['admin.x']);
    expect(ungivable(null, ['a.x'])).toEqual([]);
  });
});

describe('isOwnEntry', () => {
  const user = { username: 'olive', email: 'Olive@example.com' };

  it('knows the user by name or address', () => {
    expect(isOwnEntry({ name: 'olive', email: '' }, user)).toBe(true);
    expect(isOwnEntry({ name: 'o', email: 'olive@EXAMPLE.com' }, user)).toBe(true);
    expect(isOwnEntry({ name: 'sam', email: '' }, { username: 'olive', email: '' })).toBe(false);
    expect(isOwnEntry({ name: 'olive', email: '' }, null)).toBe(false);
  });
});
