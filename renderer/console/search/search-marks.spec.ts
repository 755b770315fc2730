import type { Terminal } from '@xterm/xterm';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SearchMarks } from './search-marks.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function rig() {
  const state = { isDisposed: false, top: 0, drawn: 0, released: 0 };
  let rendered: () => void = () => undefined;
  const active = {
    get viewportY() {
      if (state.isDisposed) throw new Error('The terminal is disposed.');
      return state.top;
    },
    baseY: 500,
    cursorY: 0,
    getLine: () => undefined,
  };
  const terminal = {
    rows: 10,
    cols: 80,
    buffer: { active },
    onRender: (listener: () => void) => void (rendered = listener),
    registerMarker: () => ({ dispose: () => undefined }),
    registerDecoration: () => undefined,
  };
  const colours = { match: '#111111', current: '#222222', onCurrent: '#333333' };
  const marks = new SearchMarks(terminal as unknown as Terminal, () => {
    state.drawn += 1;
    return colours;
  });
  const snapshot = {
    text: '',
    firstRows: [],
    lengths: [],
    gone: () => 0,
    release: () => void (state.released += 1),
  };
  marks.show([{ row: 3, offset: 0, length: 2 }], snapshot, 0);
  return { marks, state, render: () => rendered() };
}

it('the marks follow the view a moment after it has moved', () => {
  const { render, state } = rig();
  state.top = 300;
  render();
  expect(state.drawn).toBe(1);
  vi.advanceTimersByTime(80);
  expect(state.drawn).toBe(2);
});

it('no mark is drawn after the stop', () => {
  const { marks, render, state } = rig();
  state.top = 300;
  render();
  marks.stop();
  state.isDisposed = true;
  vi.advanceTimersByTime(1000);
  render();
  expect(state).toMatchObject({ drawn: 1, released: 1 });
});
