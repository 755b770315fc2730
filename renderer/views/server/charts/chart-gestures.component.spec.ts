import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chartGestures, type GestureTarget } from './chart-gestures.js';

const width = 100;
const target = {
  timeAt: (x: number) => x * 10,
  span: () => ({ from: 0, until: 1000 }),
  select: vi.fn(),
  show: vi.fn(),
  pan: vi.fn(),
  zoom: vi.fn(),
  showAll: vi.fn(),
} satisfies GestureTarget;
let element: HTMLElement;
let end: () => void;

beforeEach(() => {
  vi.clearAllMocks();
  element = document.createElement('div');
  Object.defineProperty(element, 'clientWidth', { value: width });
  element.setPointerCapture = vi.fn();
  document.body.append(element);
  end = chartGestures(element, target);
  return () => element.remove();
});

function pointer(kind: string, clientX: number, fields: MouseEventInit = {}, on: Element = element): void {
  on.dispatchEvent(new MouseEvent(kind, { bubbles: true, clientX, ...fields }));
}
function wheel(fields: WheelEventInit): boolean {
  return element.dispatchEvent(new WheelEvent('wheel', { cancelable: true, ...fields }));
}

describe('dragging', () => {
  it('marks a range in either direction, and zooms into it', () => {
    pointer('pointerdown', 60);
    pointer('pointermove', 20);
    expect(target.select).toHaveBeenLastCalledWith({ from: 200, until: 600 });
    pointer('pointerup', 20);
    expect(target.select).toHaveBeenLastCalledWith(null);
    expect(target.show).toHaveBeenCalledExactlyOnceWith({ from: 200, until: 600 });
    pointer('pointermove', 90);
    expect(target.select).toHaveBeenCalledTimes(2);
  });

  it('is no click, no other button, and no press of a mark', () => {
    pointer('pointerdown', 60);
    pointer('pointermove', 62);
    pointer('pointerup', 62);
    pointer('pointerdown', 10, { button: 2 });
    pointer('pointermove', 90);
    const button = document.createElement('button');
    element.append(button);
    pointer('pointerdown', 10, {}, button);
    pointer('pointermove', 90);
    pointer('pointerup', 90);
    expect(target.show).not.toHaveBeenCalled();
  });

  it('pans with Shift', () => {
    pointer('pointerdown', 60, { shiftKey: true });
    pointer('pointermove', 70);
    pointer('pointermove', 65);
    pointer('pointerup', 65);
    expect(target.pan.mock.calls).toEqual([[-100], [50]]);
    expect(target.show).not.toHaveBeenCalled();
  });
});

describe('the wheel', () => {
  it('zooms in and out with Ctrl', () => {
    expect(wheel({ ctrlKey: true, deltaY: -100, clientX: 30 })).toBe(false);
    expect(target.zoom).toHaveBeenCalledExactlyOnceWith(0.8, 300);
  });

  it('pans sideways, and leaves scrolling alone', () => {
    expect(wheel({ deltaX: 10, deltaY: 2 })).toBe(false);
    expect(wheel({ deltaY: 20, shiftKey: true })).toBe(false);
    expect(wheel({ deltaY: 100, deltaX: 5 })).toBe(true);
    expect(target.pan.mock.calls).toEqual([[100], [200]]);
  });
});

it('a double click shows the whole range, and does nothing after the end', () => {
  pointer('dblclick', 5);
  expect(target.showAll).toHaveBeenCalledOnce();
  end();
  pointer('dblclick', 5);
  expect(target.showAll).toHaveBeenCalledOnce();
});
