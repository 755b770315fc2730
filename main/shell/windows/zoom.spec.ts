import { expect, it, vi } from 'vitest';
import { offerZoom, type Zoomable } from './zoom.js';

function zoomable(platform: NodeJS.Platform = 'linux') {
  let level = 0;
  let press: Parameters<Zoomable['on']>[1] = () => undefined;
  const preventDefault = vi.fn();
  offerZoom(
    {
      getZoomLevel: () => level,
      setZoomLevel: (next) => void (level = next),
      on: (_event: 'before-input-event', listener: typeof press) => void (press = listener),
    },
    platform,
  );
  return {
    preventDefault,
    press: (key: string, held: object = {}) => {
      press({ preventDefault }, { type: 'keyDown', key, control: true, alt: false, meta: false, ...held });
      return level;
    },
  };
}

it('keys zoom in, out and back', () => {
  const { press, preventDefault } = zoomable();
  expect(['+', '=', '-', '0'].map((key) => press(key))).toEqual([0.5, 1, 0.5, 0]);
  expect(preventDefault).toHaveBeenCalledTimes(4);
});

it('the zoom stops where text would be unreadable or too large', () => {
  const { press } = zoomable();
  for (let times = 0; times < 20; times += 1) press('+');
  expect(press('+')).toBe(3);
  for (let times = 0; times < 20; times += 1) press('-');
  expect(press('-')).toBe(-2);
});

it.each([
  ['without Ctrl', '+', { control: false }],
  ['with AltGr', '0', { alt: true }],
  ['let go', '+', { type: 'keyUp' }],
  ['another key', 'k', {}],
])('%s is left to the page', (_what, key, held) => {
  const { press, preventDefault } = zoomable();
  expect(press(key, held)).toBe(0);
  expect(preventDefault).not.toHaveBeenCalled();
});

it('on macOS the menu zooms', () => {
  expect(zoomable('darwin').press('+')).toBe(0);
});
