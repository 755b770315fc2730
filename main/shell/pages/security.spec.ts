import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { lockDown, lockSession } from './security.js';

/** Page at `app://perch/main.html` under `lockDown`. */
function lockedPage(mayReload: boolean) {
  const app = new EventEmitter();
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: vi.fn(),
    setWebRTCIPHandlingPolicy: vi.fn(),
    getURL: () => 'app://perch/main.html',
  });
  lockDown(app as unknown as App, mayReload);
  app.emit('web-contents-created', {}, contents);
  /** Whether the navigation is allowed. */
  return (event: string, url: string): boolean => {
    const preventDefault = vi.fn();
    contents.emit(event, { url, preventDefault });
    return preventDefault.mock.calls.length === 0;
  };
}

/** Session that may open `allowed`; tests whether it opens `url`. */
function lockedSession(allowed: string | null) {
  const onBeforeRequest = vi.fn();
  const setProxy = vi.fn();
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
    setProxy,
    webRequest: { onBeforeRequest },
  });
  lockSession(session as unknown as Session, allowed);
  const opens = (url: string): boolean => {
    const answer = vi.fn();
    const [, listener] = onBeforeRequest.mock.calls[0] ?? [];
    listener({ url }, answer);
    return answer.mock.calls[0]?.[0].cancel === false;
  };
  return { opens, setProxy };
}

describe('lockDown', () => {
  it('blocks every navigation', () => {
    const goes = lockedPage(false);
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(goes(event, 'https://example.com/')).toBe(false);
      expect(goes(event, 'app://perch/main.html')).toBe(false);
    }
  });

  it('lets a page reload itself in development only', () => {
    const goes = lockedPage(true);
    expect(goes('will-navigate', 'app://perch/main.html')).toBe(true);
    expect(goes('will-navigate', 'app://perch/popover.html')).toBe(false);
    expect(goes('will-frame-navigate', 'https://example.com/')).toBe(false);
    expect(goes('will-redirect', 'app://perch/main.html')).toBe(false);
  });
});

describe('lockSession', () => {
  it('gives windows no network', () => {
    const { opens, setProxy } = lockedSession(null);
    for (const url of ['ws://127.0.0.1:5173/', 'https://example.com/', 'file:///main.html']) {
      expect(opens(url)).toBe(false);
    }
    // A request that passes all other checks goes to a proxy that does not exist, also for loopback.
    const [config] = setProxy.mock.calls[0] ?? [];
    expect(config).toMatchObject({ mode: 'fixed_servers', proxyBypassRules: '<-loopback>' });
  });

  it('allows windows only the websocket of the development server', () => {
    const { opens, setProxy } = lockedSession('ws://127.0.0.1:5173');
    expect(opens('ws://127.0.0.1:5173/?token=a')).toBe(true);
    for (const url of [
      'ws://127.0.0.1:5174/',
      'http://127.0.0.1:5173/',
      'ws://127.0.0.1.example.com:5173/',
    ]) {
      expect(opens(url)).toBe(false);
    }
    expect(setProxy).not.toHaveBeenCalled();
  });
});
