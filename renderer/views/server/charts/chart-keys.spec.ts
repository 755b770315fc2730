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

it('Shift with an arrow moves the range', () => {
  expect(chartKey({ ...none, shiftKey: true, key: 'ArrowLeft' })).toEqual({ kind: 'pan', share: -0.25 });
  expect(chartKey({ ...none, shiftKey: true, key: 'ArrowRight' })).toEqual({ kind: 'pan', share: 0.25 });
});

it('shortcuts of the window and the system are not handled', () => {
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey'])
    expect(chartKey({ ...none, [modifier]: true, key: '0' })).toBeNull();
});
