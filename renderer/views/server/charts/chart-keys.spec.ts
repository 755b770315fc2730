import { expect, it, vi } from 'vitest';
import type { UsageSample } from '../../../../bridge/schema/history.js';
import { aSample } from '../../../../tests/support/samples.js';
import { pressChartKey } from './chart-keys.js';

const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

function aChart(at: number | null = null, samples: UsageSample[] = []) {
  const view = {
    samples,
    span: { from: 0, until: 1200 },
    zoom: vi.fn(),
    panBy: vi.fn(),
    showAll: vi.fn(),
    include: vi.fn(),
  };
  const crossHair = { at };
  const press = (key: string, modifiers: Partial<typeof none> = {}): boolean =>
    pressChartKey({ ...none, ...modifiers, key }, view, crossHair);
  const calls = (): number =>
    [view.zoom, view.panBy, view.showAll, view.include].reduce((sum, { mock }) => sum + mock.calls.length, 0);
  return { view, crossHair, press, calls };
}

it.each([
  ['+', 0.5],
  ['=', 0.5],
  ['-', 2],
  ['_', 2],
])('%s zooms around the cross-hair', (key, factor) => {
  const { view, press, calls } = aChart(300);
  expect(press(key)).toBe(true);
  expect(view.zoom).toHaveBeenCalledWith(factor, 300);
  expect(calls()).toBe(1);
});

it('0 shows the whole range', () => {
  const { view, press, calls } = aChart(300);
  expect(press('0')).toBe(true);
  expect(view.showAll).toHaveBeenCalledOnce();
  expect(calls()).toBe(1);
});

it('Shift with an arrow moves the range', () => {
  const { view, press, calls } = aChart(300);
  expect([press('ArrowLeft', { shiftKey: true }), press('ArrowRight', { shiftKey: true })]).toEqual([
    true,
    true,
  ]);
  expect(view.panBy.mock.calls).toEqual([[-0.25], [0.25]]);
  expect(calls()).toBe(2);
});

it.each(['ArrowLeft', 'PageUp'])('%s moves the cross-hair and keeps it in view', (key) => {
  const { view, crossHair, press, calls } = aChart(800, [aSample(400), aSample(750), aSample(800)]);
  expect([press('x'), calls()]).toEqual([false, 0]);
  expect(press(key)).toBe(true);
  expect(crossHair.at).toBe(750);
  expect(view.include).toHaveBeenCalledWith(750);
  expect(calls()).toBe(1);
});

it('Escape hides the cross-hair, and has another effect without a cross-hair', () => {
  const { crossHair, press, calls } = aChart(300);
  expect(press('Escape')).toBe(true);
  expect(crossHair.at).toBeNull();
  expect(press('Escape')).toBe(false);
  expect(calls()).toBe(0);
});

it('shortcuts of the window and the system are not handled', () => {
  const { press, calls } = aChart(300);
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) {
    for (const key of ['0', '+', 'Escape', 'ArrowLeft']) expect(press(key, { [modifier]: true })).toBe(false);
  }
  expect(calls()).toBe(0);
});
