import { expect, it, vi } from 'vitest';
import { actOnKey, chartKey } from './chart-keys.js';

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

it('changes view and cross-hair, and leaves alone a key that does nothing', () => {
  const view = {
    samples: [],
    span: { from: 0, until: 1200 },
    zoom: vi.fn(),
    panBy: vi.fn(),
    showAll: vi.fn(),
    include: vi.fn(),
  };
  const crossHair = { at: null as number | null };
  expect(actOnKey({ kind: 'leave' }, view, crossHair)).toBe(false);
  expect(actOnKey({ kind: 'move', key: 'x' }, view, crossHair)).toBe(false);
  crossHair.at = 300;
  expect(actOnKey({ kind: 'zoom', factor: 2 }, view, crossHair)).toBe(true);
  expect(view.zoom).toHaveBeenCalledWith(2, 300);
  expect(actOnKey({ kind: 'pan', share: 0.25 }, view, crossHair)).toBe(true);
  expect(view.panBy).toHaveBeenCalledWith(0.25);
  expect(actOnKey({ kind: 'whole' }, view, crossHair)).toBe(true);
  expect(view.showAll).toHaveBeenCalledOnce();
  expect(actOnKey({ kind: 'leave' }, view, crossHair)).toBe(true);
  expect(crossHair.at).toBeNull();
});
