import { describe, expect, it } from 'vitest';
import {
  addSnippet,
  changeSnippet,
  longestSnippet,
  matchesWords,
  mostSnippets,
  moveSnippet,
  removeSnippet,
  tooLongFault,
} from './snippets.js';

const list = ['a', 'b', 'c'].map((id) => ({ id, name: `name ${id}`, command: `say ${id}` }));
const ids = (snippets: readonly { id: string }[]): string => snippets.map(({ id }) => id).join('');

describe('snippets', () => {
  it('move by one place and stay within the list', () => {
    expect(ids(moveSnippet(list, 'c', -1))).toBe('acb');
    expect(ids(moveSnippet(list, 'a', 1))).toBe('bac');
    expect(ids(moveSnippet(list, 'a', -1))).toBe('abc');
    expect(ids(moveSnippet(list, 'c', 1))).toBe('abc');
    expect(ids(moveSnippet(list, 'gone', 1))).toBe('abc');
  });

  it('are added up to a limit, changed and removed', () => {
    expect(ids(addSnippet(list, { id: 'd', name: '', command: 'x' }))).toBe('abcd');
    const full = Array.from({ length: mostSnippets }, (_, at) => ({ id: `${at}`, name: '', command: 'x' }));
    expect(addSnippet(full, { id: 'd', name: '', command: 'x' })).toHaveLength(mostSnippets);
    expect(changeSnippet(list, 'b', { name: 'B' })[1]).toEqual({ id: 'b', name: 'B', command: 'say b' });
    expect(ids(removeSnippet(list, 'b'))).toBe('ac');
  });

  it('have a maximum length, and name the snippet that exceeds it', () => {
    const command = 'x'.repeat(longestSnippet);
    expect(tooLongFault(changeSnippet(list, 'b', { command }))).toBeNull();
    expect(tooLongFault(changeSnippet(list, 'b', { command: `${command}x` }))).toBe(
      'The command of snippet 2 has 4,001 characters; the limit is 4,000.',
    );
  });

  it('are found by each word, in name or command', () => {
    expect(matchesWords('who LIST', 'Who is on', 'list')).toBe(true);
    expect(matchesWords('who stop', 'Who is on', 'list')).toBe(false);
    expect(matchesWords('', 'anything')).toBe(true);
  });
});
