/**
 * Pointer gestures of a chart. Dragging zooms into the marked range; with Shift it pans. A horizontal wheel pans, a
 * wheel with Ctrl zooms. A double click shows the whole range.
 */
import { spanLength, type Span } from './chart-span.js';

export interface GestureTarget {
  timeAt(clientX: number): number;
  span(): Span;
  /** Shows the marked range; null removes the mark. */
  select(span: Span | null): void;
  show(span: Span): void;
  pan(by: number): void;
  zoom(factor: number, around: number): void;
  showAll(): void;
}

/** A press that moves less is a click, in pixels. */
const clickPx = 4;
/** Zoom factor per wheel notch (100 units). */
const notch = 1.25;

export function chartGestures(element: HTMLElement, target: GestureTarget): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  element.addEventListener('pointerdown', (event) => press(element, target, event, signal), { signal });
  element.addEventListener('dblclick', () => target.showAll(), { signal });
  element.addEventListener('wheel', (event) => turn(element, target, event), { signal, passive: false });
  return () => ends.abort();
}

function press(element: HTMLElement, target: GestureTarget, event: PointerEvent, over: AbortSignal): void {
  if (event.button !== 0 || !(event.target instanceof Element) || event.target.closest('button') !== null)
    return;
  const drag = new AbortController();
  const signal = AbortSignal.any([over, drag.signal]);
  const began = { x: event.clientX, at: target.timeAt(event.clientX), isPan: event.shiftKey };
  let marked: Span | null = null;
  let lastX = event.clientX;
  element.setPointerCapture(event.pointerId);
  const onMove = (moved: PointerEvent): void => {
    if (began.isPan) {
      target.pan(((lastX - moved.clientX) / element.clientWidth) * spanLength(target.span()));
      lastX = moved.clientX;
      return;
    }
    const at = target.timeAt(moved.clientX);
    const isDrag = Math.abs(moved.clientX - began.x) >= clickPx;
    marked = isDrag ? { from: Math.min(began.at, at), until: Math.max(began.at, at) } : null;
    target.select(marked);
  };
  const end = (): void => {
    drag.abort();
    target.select(null);
  };
  element.addEventListener('pointermove', onMove, { signal });
  element.addEventListener('pointercancel', end, { signal });
  element.addEventListener(
    'pointerup',
    () => {
      end();
      if (marked !== null) target.show(marked);
    },
    { signal },
  );
}

function turn(element: HTMLElement, target: GestureTarget, event: WheelEvent): void {
  if (event.ctrlKey) {
    event.preventDefault();
    target.zoom(notch ** (event.deltaY / 100), target.timeAt(event.clientX));
    return;
  }
  const across = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
  if (Math.abs(across) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
  event.preventDefault();
  target.pan((across / Math.max(1, element.clientWidth)) * spanLength(target.span()));
}
