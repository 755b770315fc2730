import { expect, it } from 'vitest';
import { isPress } from './is-press.js';

it.each([
  ...(['mouseDown', 'mouseUp', 'keyDown', 'rawKeyDown', 'keyUp'] as const),
  ...(['touchStart', 'touchEnd', 'gestureTap'] as const),
])('%s is a part of a press', (type) => {
  expect(isPress({ type })).toBe(true);
});

it.each(['char', 'mouseMove', 'mouseWheel', 'mouseEnter', 'gestureScrollBegin'] as const)(
  '%s is no press',
  (type) => {
    expect(isPress({ type })).toBe(false);
  },
);

it('a held key is no press', () => {
  expect(isPress({ type: 'keyDown', modifiers: ['isautorepeat'] })).toBe(false);
});
