import { expect, it, vi } from 'vitest';
import { windowCalls } from './calls.js';

const caller = { webContentsId: 7 };

function setUp() {
  const windows = {
    openMain: vi.fn(),
    close: vi.fn(),
    drawn: vi.fn(),
    setDrafts: vi.fn(),
    setView: vi.fn(),
    setHeight: vi.fn(),
  };
  const recent = { show: vi.fn() };
  const interests = { setShown: vi.fn() };
  const failures = { report: vi.fn() };
  const onDrawn = vi.fn();
  const calls = windowCalls({ clock: { wall: () => 5 }, windows, recent, interests, failures, onDrawn });
  return { calls, windows, recent, interests, failures, onDrawn };
}

it('a call acts on its own window', () => {
  const { calls, windows, recent, interests } = setUp();
  const drafts = { serverIds: ['home/1'], panel: false, dialog: false };
  const view = { kind: 'settings' } as const;
  calls['window.close'](undefined, caller);
  calls['window.setView']({ view }, caller);
  calls['window.setHeight']({ height: 400 }, caller);
  calls['window.setDrafts'](drafts, caller);
  calls['window.setShown']({ serverIds: ['home/1'] }, caller);
  expect(windows.close).toHaveBeenCalledExactlyOnceWith(7);
  expect(windows.setView).toHaveBeenCalledExactlyOnceWith(7, view);
  expect(recent.show).toHaveBeenCalledExactlyOnceWith(7, view, 5);
  expect(windows.setHeight).toHaveBeenCalledExactlyOnceWith(7, 400);
  expect(windows.setDrafts).toHaveBeenCalledExactlyOnceWith(7, drafts);
  expect(interests.setShown).toHaveBeenCalledExactlyOnceWith(7, ['home/1']);
});

it('a view opens in the main window', () => {
  const { calls, windows } = setUp();
  calls['window.open']({ view: { kind: 'fleet' } });
  expect(windows.openMain).toHaveBeenCalledExactlyOnceWith({ kind: 'fleet' });
});

it('the first picture and the failures of a window are passed on', () => {
  const { calls, windows, onDrawn, failures } = setUp();
  calls['window.drawn'](undefined, caller);
  expect(windows.drawn).toHaveBeenCalledExactlyOnceWith(7);
  expect(onDrawn).toHaveBeenCalledOnce();
  const failure = { kind: 'render', view: 'fleet', message: 'Error: no', stack: '' } as const;
  calls['window.failed'](failure);
  expect(failures.report).toHaveBeenCalledExactlyOnceWith(failure);
});
