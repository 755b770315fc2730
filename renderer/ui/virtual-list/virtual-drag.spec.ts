import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VirtualDrag, type DragRules } from './virtual-drag.svelte.js';

/** Three rows of 20 pixels; the list begins 100 pixels below the top of the page. */
const rows = ['a', 'b', 'c'];
const offsets = [0, 20, 40, 60];
const box = (top: number, bottom: number): HTMLElement =>
  ({ getBoundingClientRect: () => ({ top, bottom }), scrollTop: 0 }) as unknown as HTMLElement;

let page: EventTarget;
let frames: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  frames = [];
  vi.stubGlobal('window', page);
  vi.stubGlobal('Element', EventTarget);
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function pointer(type: string, y: number, x = 50): PointerEvent {
  const fields = { clientX: x, clientY: y, button: 0, pointerType: 'mouse' };
  return Object.assign(new Event(type, { cancelable: true }), fields) as unknown as PointerEvent;
}

function setUp(rules: Partial<DragRules<string>> = {}) {
  const drop = vi.fn<DragRules<string>['drop']>();
  const scroller = box(0, 400);
  const drag = new VirtualDrag<string>(
    { canDrag: () => true, canDrop: (item, over) => item !== over, drop, ...rules },
    { items: () => rows, offsets: () => offsets, box: () => box(100, 160), scroller: () => scroller },
  );
  const to = (type: string, y: number, x?: number) => page.dispatchEvent(pointer(type, y, x));
  return { drag, drop, scroller, to };
}

describe('VirtualDrag', () => {
  it('drops a row where the pointer releases it', () => {
    const { drag, drop, to } = setUp();
    drag.press(pointer('pointerdown', 110), 'a');
    to('pointermove', 155);
    expect(drag.dragged).toBe('a');
    expect(drag.line).toBe(60);
    to('pointerup', 155);
    expect(drop.mock.calls).toEqual([['a', 'c', 'after']]);
    expect(drag.dragged).toBeNull();
    expect(drag.line).toBeNull();
  });

  it('drops a row onto another, and nowhere beside the rows', () => {
    const { drag, drop, to } = setUp({ isOnto: true });
    drag.press(pointer('pointerdown', 110), 'a');
    to('pointermove', 155);
    expect([drag.over, drag.line]).toEqual(['c', null]);
    to('pointermove', 165);
    expect(drag.over).toBeNull();
    to('pointermove', 125);
    to('pointerup', 125);
    expect(drop.mock.calls.map(([item, over]) => [item, over])).toEqual([['a', 'b']]);
    expect(drag.over).toBeNull();
  });

  it.each([
    ['down', 114, 50, false],
    ['down and aside', 113, 53, false],
    ['down', 115, 50, true],
    ['up', 105, 50, true],
    ['aside', 110, 55, true],
  ])('a press whose pointer moves %s to %i, %i is a drag: %s', (_, y, x, isDrag) => {
    const { drag, to } = setUp();
    drag.press(pointer('pointerdown', 110), 'a');
    to('pointermove', y, x);
    expect(drag.dragged).toBe(isDrag ? 'a' : null);
  });

  it('drops nothing for a press without a drag, and lets its click through', () => {
    const { drag, drop, to } = setUp();
    drag.press(pointer('pointerdown', 110), 'a');
    to('pointermove', 112);
    to('pointerup', 112);
    expect(drop).not.toHaveBeenCalled();
    const click = new Event('click', { cancelable: true });
    page.dispatchEvent(click);
    expect(click.defaultPrevented).toBe(false);
  });

  it('swallows the click that ends a drag, and no other', () => {
    const { drag, to } = setUp();
    drag.press(pointer('pointerdown', 110), 'a');
    to('pointermove', 155);
    to('pointerup', 155);
    const [own, next] = [new Event('click', { cancelable: true }), new Event('click', { cancelable: true })];
    page.dispatchEvent(own);
    vi.runAllTimers();
    page.dispatchEvent(next);
    expect([own.defaultPrevented, next.defaultPrevented]).toEqual([true, false]);
  });

  it('shows no line and drops no row at a forbidden place', () => {
    const { drag, drop, to } = setUp({ canDrop: () => false });
    drag.press(pointer('pointerdown', 110), 'a');
    to('pointermove', 155);
    expect(drag.line).toBeNull();
    to('pointerup', 155);
    expect(drop).not.toHaveBeenCalled();
  });

  it('is given up with Escape', () => {
    const { drag, drop, to } = setUp();
    drag.press(pointer('pointerdown', 110), 'a');
    to('pointermove', 155);
    page.dispatchEvent(Object.assign(new Event('keydown', { cancelable: true }), { key: 'Escape' }));
    expect(drag.dragged).toBeNull();
    to('pointerup', 155);
    expect(drop).not.toHaveBeenCalled();
  });

  it('starts with the first button, on draggable rows only', () => {
    const { drag, to } = setUp({ canDrag: (item) => item === 'a' });
    drag.press(Object.assign(pointer('pointerdown', 110), { button: 2 }), 'a');
    drag.press(Object.assign(pointer('pointerdown', 110), { pointerType: 'touch' }), 'a');
    drag.press(pointer('pointerdown', 130), 'b');
    to('pointermove', 155);
    expect(drag.dragged).toBeNull();
  });

  it('scrolls while the pointer is at an edge', () => {
    const { drag, scroller, to } = setUp();
    drag.press(pointer('pointerdown', 110), 'a');
    to('pointermove', 380);
    frames.at(-1)?.();
    expect(scroller.scrollTop).toBe(10);
    to('pointermove', 10);
    frames.at(-1)?.();
    frames.at(-1)?.();
    expect(scroller.scrollTop).toBe(-10);
    to('pointermove', 200);
    frames.at(-1)?.();
    expect(scroller.scrollTop).toBe(-10);
  });
});
