import { describe, expect, it, vi } from 'vitest';
import { offerDeveloperTools, type Inspectable } from './developer-tools.js';

/** Page whose developer tools open and close at once. */
function inspectable() {
  let opened = false;
  let press: Parameters<Inspectable['on']>[1] = () => undefined;
  const contents = {
    isDevToolsOpened: () => opened,
    openDevTools: vi.fn(() => void (opened = true)),
    closeDevTools: vi.fn(() => void (opened = false)),
    on: vi.fn((_event: 'before-input-event', listener: typeof press) => void (press = listener)),
  } satisfies Inspectable;
  const preventDefault = vi.fn();
  return {
    contents,
    preventDefault,
    press: (key: string, type = 'keyDown') => press({ preventDefault }, { type, key }),
  };
}

describe('offerDeveloperTools', () => {
  it('opens them by F12 in a separate window, and closes them by the same key', () => {
    const { contents, preventDefault, press } = inspectable();
    offerDeveloperTools(contents, true);
    press('F12');
    expect(contents.openDevTools).toHaveBeenCalledExactlyOnceWith({ mode: 'detach' });
    expect(contents.closeDevTools).not.toHaveBeenCalled();
    press('F12');
    expect(contents.closeDevTools).toHaveBeenCalledOnce();
    expect(contents.openDevTools).toHaveBeenCalledOnce();
    expect(preventDefault).toHaveBeenCalledTimes(2);
  });

  it('leaves other keys, and the release of F12, to the page', () => {
    const { contents, preventDefault, press } = inspectable();
    offerDeveloperTools(contents, true);
    press('F11');
    press('F12', 'keyUp');
    expect(contents.openDevTools).not.toHaveBeenCalled();
    expect(preventDefault).not.toHaveBeenCalled();
  });

  it('ignores keys if the tools are not allowed', () => {
    const { contents, press } = inspectable();
    offerDeveloperTools(contents, false);
    press('F12');
    expect(contents.on).not.toHaveBeenCalled();
    expect(contents.openDevTools).not.toHaveBeenCalled();
  });
});
