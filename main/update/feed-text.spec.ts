import { expect, it } from 'vitest';
import { announce } from '../../tests/support/update-feed.js';
import { mayRepeatItself } from './feed-text.js';

it.each([
  ['a list in lists', 'a: &a [x, x]\nfiles:\n  - url: &b [*a, *a]\n'],
  ['one without a space', '{"a":&a [x],"b*c":*a}'],
  ['one behind stars', '- &a x\n- "**" \n- *a'],
  ['one at the end of a line', 'a: &a\r\n  - x\r\nb: *a\r\n'],
  ['a merge', 'a: &a { b: c }\nd:\n  <<: *a\n'],
  ['a long name', `a: &${'n'.repeat(900)} x\nb: *${'n'.repeat(900)}\n`],
])('an alias is found: %s', (_what, feed) => {
  expect(mayRepeatItself(feed)).toBe(true);
});

it('notes may contain both characters', () => {
  const notes = '* Groups &amp; servers\n* R&D, *quick* & **small**\n*a*';
  expect(mayRepeatItself(announce('0.9.0', Buffer.from('x'), { notes }))).toBe(false);
});
