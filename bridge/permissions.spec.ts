import { describe, expect, it } from 'vitest';
import { isGranted } from './permissions.js';

describe('isGranted', () => {
  it.each<[string, readonly string[] | null, string, boolean]>([
    ['what is named', ['control.start'], 'control.start', true],
    ['nothing else', ['control.start'], 'control.stop', false],
    ['everything of a server by a star', ['*'], 'control.stop', true],
    ['nothing of an administrator by a star', ['*'], 'admin.websocket.errors', false],
    [
      'what an administrator is given by name',
      ['*', 'admin.websocket.errors'],
      'admin.websocket.errors',
      true,
    ],
    ['everything while nothing is known', null, 'control.stop', true],
  ])('grants %s', (_, grants, permission, granted) => {
    expect(isGranted(grants, permission)).toBe(granted);
  });
});
