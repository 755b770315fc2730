import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { PageHealth, type PageHealthDeps } from './page-health.js';

function setUp({ debugged = false, answers = true } = {}) {
  const clock = new FakeClock();
  const log = new FakeLog();
  const events = new EventEmitter();
  const [reload, onGone, giveUp] = [vi.fn(), vi.fn(), vi.fn()];
  const crash = (): void => void events.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
  const forcefullyCrashRenderer = vi.fn(crash);
  const executeJavaScript = vi.fn(() => (answers ? Promise.resolve(0) : new Promise(() => undefined)));
  const contents = Object.assign(events, {
    reload,
    forcefullyCrashRenderer,
    isDevToolsOpened: () => debugged,
    mainFrame: { executeJavaScript },
  }) as unknown as PageHealthDeps['contents'];
  const health = new PageHealth({ page: 'main', contents, clock, log, onGone, giveUp });
  health.watch();
  return {
    clock,
    log,
    events,
    health,
    reload,
    onGone,
    giveUp,
    crash,
    forcefullyCrashRenderer,
    executeJavaScript,
  };
}

describe('PageHealth', () => {
  it('reloads a crashed page, twice', () => {
    const { log, reload, onGone, giveUp, crash } = setUp();
    crash();
    crash();
    expect(reload).toHaveBeenCalledTimes(2);
    expect(onGone).toHaveBeenCalledTimes(2);
    expect(giveUp).not.toHaveBeenCalled();
    expect(log.lines[0]).toBe('error window.crashed {"page":"main","reason":"crashed","exitCode":5}');
    crash();
    expect(reload).toHaveBeenCalledTimes(2);
    expect(giveUp).toHaveBeenCalledTimes(1);
  });

  it('counts only the crashes of the last ten minutes', async () => {
    const { clock, reload, giveUp, crash } = setUp();
    for (let n = 0; n < 5; n++) {
      crash();
      await clock.advance(5 * 60_000);
    }
    expect(reload).toHaveBeenCalledTimes(5);
    expect(giveUp).not.toHaveBeenCalled();
  });

  it('replaces a hanging page', async () => {
    const { clock, events, reload, forcefullyCrashRenderer } = setUp();
    events.emit('unresponsive');
    await clock.advance(9999);
    expect(forcefullyCrashRenderer).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(forcefullyCrashRenderer).toHaveBeenCalledTimes(1);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('leaves a page alone that answers again', async () => {
    const { clock, events, forcefullyCrashRenderer } = setUp();
    events.emit('unresponsive');
    await clock.advance(5000);
    events.emit('responsive');
    await clock.advance(60_000);
    expect(forcefullyCrashRenderer).not.toHaveBeenCalled();
  });

  it('replaces a page that hangs before its first picture, and closes the window if the next ones hang too', async () => {
    const { clock, reload, giveUp, forcefullyCrashRenderer } = setUp({ answers: false });
    await clock.advance(24_999);
    expect(forcefullyCrashRenderer).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(reload).toHaveBeenCalledTimes(1);
    await clock.advance(50_000);
    expect(reload).toHaveBeenCalledTimes(2);
    expect(giveUp).toHaveBeenCalledTimes(1);
    await clock.advance(60_000);
    expect(forcefullyCrashRenderer).toHaveBeenCalledTimes(3);
  });

  it('leaves a slow page alone that answers, and asks nothing of a page that has drawn', async () => {
    const slow = setUp();
    await slow.clock.advance(60_000);
    expect(slow.forcefullyCrashRenderer).not.toHaveBeenCalled();

    const drawn = setUp({ answers: false });
    drawn.health.drawn();
    await drawn.clock.advance(60_000);
    expect(drawn.executeJavaScript).not.toHaveBeenCalled();
    expect(drawn.forcefullyCrashRenderer).not.toHaveBeenCalled();
  });

  it('leaves a page alone that is in a debugger or gone', async () => {
    const debugged = setUp({ debugged: true });
    debugged.events.emit('unresponsive');
    await debugged.clock.advance(60_000);
    expect(debugged.forcefullyCrashRenderer).not.toHaveBeenCalled();

    const gone = setUp();
    gone.events.emit('unresponsive');
    gone.health.stop();
    await gone.clock.advance(60_000);
    expect(gone.forcefullyCrashRenderer).not.toHaveBeenCalled();
  });
});
