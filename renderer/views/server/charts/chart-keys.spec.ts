import { expect, it } from 'vitest';
import { chartKey } from './chart-keys.js';

const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

it.each([
  ['+', { kind: 'zoom', factor: 0.5 }],
  ['=', { kind: 'zoom', factor: 0.5 }],
  ['-', { kind: 'zoom', factor: 2 }],
  ['0', { kind: 'whole' }],
  ['Escape', { kind: 'leave' }],
  ['ArrowLeft', { kind: 'move', key: 'ArrowLeft' }],
  ['PageUp', { kind: 'move', key: 'PageUp' }],
])('%s', (key, does) => {
  expect(chartKey({ ...none, key })).toEqual(does);
});

it('moves along with Shift', () => {
  expect(chartKey({ ...none, shiftKey: true, key: 'ArrowLeft' })).toEqual({ kind: 'pan', share: -0.25 });
  expect(chartKey({ ...none, shiftKey: true, key: 'ArrowRight' })).toEqual({ kind: 'pan', share: 0.25 });
});

it('leaves what is a shortcut of the window or the system', () => {
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey'])
    expect(chartKey({ ...none, [modifier]: true, key: '0' })).toBeNull();
});
