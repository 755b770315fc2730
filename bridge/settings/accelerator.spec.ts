import { describe, expect, it } from 'vitest';
import { acceleratorOf, isAccelerator } from './accelerator.js';

const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };

describe('acceleratorOf', () => {
  it.each([
    [{ ctrlKey: true, altKey: true, code: 'KeyP' }, 'Ctrl+Alt+P'],
    [{ metaKey: true, shiftKey: true, code: 'Digit7' }, 'Shift+Super+7'],
    [{ altKey: true, code: 'F12' }, 'Alt+F12'],
    [{ ctrlKey: true, code: 'ArrowUp' }, 'Ctrl+Up'],
    [{ ctrlKey: true, code: 'Enter' }, 'Ctrl+Return'],
    [{ code: 'KeyP' }, null],
    [{ shiftKey: true, code: 'KeyP' }, null],
    [{ code: 'F5' }, null],
    [{ ctrlKey: true, code: 'ControlLeft' }, null],
    [{ ctrlKey: true, code: 'Tab' }, null],
    [{ ctrlKey: true, code: 'F25' }, null],
    [{ ctrlKey: true, code: '' }, null],
  ])('%j: %s', (pressed, text) => {
    expect(acceleratorOf({ ...none, ...pressed })).toBe(text);
  });
});

describe('isAccelerator', () => {
  it.each(['Ctrl+P', 'Ctrl+Alt+Shift+Super+F24', 'Super+Space'])('takes %s', (text) => {
    expect(isAccelerator(text)).toBe(true);
  });

  it.each([
    '',
    'P',
    'Shift+P',
    'Ctrl',
    'Ctrl+',
    'Ctrl+Ctrl+P',
    'Alt+Ctrl+P',
    'Hyper+P',
    'Ctrl+PP',
    'Ctrl+F25',
    'ctrl+p',
  ])('refuses %j', (text) => {
    expect(isAccelerator(text)).toBe(false);
  });
});
