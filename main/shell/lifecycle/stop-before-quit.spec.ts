import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock.js';
import { stopBeforeQuit, type StopDeps } from './stop-before-quit.js';

function setUp(stop: () => Promise<void>, last: () => Promise<void> = () => Promise.resolve()) {
  const clock = new FakeClock();
  const app = Object.assign(new EventEmitter(), { exit: vi.fn(), quit: vi.fn() });
  const startNext = vi.fn();
  const process = new EventEmitter();
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  stopBeforeQuit({
    app: app as unknown as StopDeps['app'],
    process: process as unknown as StopDeps['process'],
    clock,
    log,
    stop,
    last,
    startNext,
  });
  const quit = () => {
    const preventDefault = vi.fn();
    app.emit('before-quit', { preventDefault });
    return preventDefault;
  };
  const startElsewhere = (data: string) => app.emit('second-instance', {}, [], '/', data);
  return { clock, app, process, quit, startElsewhere, startNext };
}

describe('stopBeforeQuit', () => {
  it('exits once all modules have stopped, and stops them once', async () => {
    const stop = vi.fn(() => Promise.resolve());
    const { app, quit } = setUp(stop);
    expect(quit()).toHaveBeenCalledOnce();
    expect(app.exit).not.toHaveBeenCalled();
    quit();
    await settle();
    expect(stop).toHaveBeenCalledOnce();
    expect(app.exit).toHaveBeenCalledExactlyOnceWith(0);
  });

  it('exits after a time limit if a module does not stop', async () => {
    const { clock, app, quit } = setUp(() => new Promise(() => undefined));
    quit();
    await clock.advance(5999);
    expect(app.exit).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(app.exit).toHaveBeenCalledOnce();
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('treats %s as a request to quit', (signal) => {
    const { app, process } = setUp(() => Promise.resolve());
    process.emit(signal, signal);
    expect(app.quit).toHaveBeenCalledOnce();
  });

  it('runs the last work after all modules have stopped or timed out', async () => {
    const last = vi.fn(() => Promise.resolve());
    let stopped = (): void => undefined;
    const { app, quit } = setUp(() => new Promise((resolve) => (stopped = resolve)), last);
    quit();
    await settle();
    expect(last).not.toHaveBeenCalled();
    stopped();
    await settle();
    expect(last).toHaveBeenCalledOnce();
    expect(app.exit).toHaveBeenCalledExactlyOnceWith(0);
  });

  it('exits in the end if the last work does not end', async () => {
    const { clock, app, quit } = setUp(
      () => Promise.resolve(),
      () => new Promise(() => undefined),
    );
    quit();
    await clock.advance(59_999);
    expect(app.exit).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(app.exit).toHaveBeenCalledOnce();
  });

  it('starts Perch after its end if another start asked meanwhile, as the last one asked', async () => {
    const { app, quit, startElsewhere, startNext } = setUp(() => Promise.resolve());
    quit();
    startElsewhere('first');
    startElsewhere('last');
    expect(startNext).not.toHaveBeenCalled();
    await settle();
    expect(startNext).toHaveBeenCalledExactlyOnceWith('last');
    expect(app.exit).toHaveBeenCalledOnce();
  });

  it('starts nothing if the other start came before', async () => {
    const { quit, startElsewhere, startNext } = setUp(() => Promise.resolve());
    startElsewhere('too early');
    quit();
    await settle();
    expect(startNext).not.toHaveBeenCalled();
  });

  it('exits when stopping fails', async () => {
    const { app, quit } = setUp(() => Promise.reject(new Error('no')));
    quit();
    await settle();
    expect(app.exit).toHaveBeenCalledOnce();
  });
});
