import { describe, expect, it, vi } from 'vitest';
import { calls } from '../../bridge/schema/calls.js';
import type { CallName } from '../../bridge/schema/contract.js';
import { PerchError } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import type { Log } from '../base/ports.js';
import type { Caller, Handlers } from '../base/calls.js';
import { Router } from './router.js';
import type { SenderEvent } from './trust.js';
import { saying } from '../../tests/support/spoken-problem.js';

const ours: SenderEvent = { sender: { id: 7 }, senderFrame: { url: 'app://perch/main.html', parent: null } };
const foreign: SenderEvent = {
  sender: { id: 7 },
  senderFrame: { url: 'https://example.com/', parent: null },
};
const info = { version: '1.2.3', platform: 'linux', hasTray: true, dataFolder: '/data', isPortable: false };

function setUp(own: Partial<Handlers> = {}) {
  const guard = { demand: vi.fn((..._asked: unknown[]) => Promise.resolve()), answered: vi.fn() };
  const asked: { name: string; input: unknown; caller: Caller }[] = [];
  const recording = Object.fromEntries(
    (Object.keys(calls) as CallName[]).map((name) => [
      name,
      (input: unknown, caller: Caller) => void asked.push({ name, input, caller }),
    ]),
  ) as unknown as Handlers;
  const log: Log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const feeds = { watch: vi.fn(), unwatch: vi.fn() };
  const handlers = { ...recording, 'app.info': () => info, ...own };
  const router = new Router({ handlers, feeds, guard, isOurs: (id) => id === 7, log });
  return { router, asked, feeds, guard, log };
}

describe('Router', () => {
  it('answers a trusted page', async () => {
    const { router } = setUp();
    expect(await router.answer(ours, { kind: 'call', name: 'app.info', input: undefined })).toEqual({
      ok: true,
      value: info,
    });
  });

  it('passes parsed input and the caller to the handler', async () => {
    const { router, asked } = setUp();
    const input = { serverId: 'home/1', signal: 'stop', more: 'dropped' };
    expect(await router.answer(ours, { kind: 'call', name: 'power.send', input })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(asked).toEqual([
      {
        name: 'power.send',
        input: { serverId: 'home/1', signal: 'stop' },
        caller: { webContentsId: 7 },
      },
    ]);
  });

  it('runs no call that the guard refuses', async () => {
    const { router, asked, guard } = setUp();
    const problem = { code: 'forbidden', message: verbatim('No.'), next: verbatim('') } as const;
    guard.demand.mockRejectedValueOnce(new PerchError(problem));
    const input = { serverId: 'home/1', signal: 'kill' };
    const answer = await router.answer(ours, { kind: 'call', name: 'power.send', input });
    expect(answer).toEqual({ ok: false, error: problem });
    expect(guard.demand).toHaveBeenCalledWith('power.send', input, { webContentsId: 7 });
    expect(guard.answered).not.toHaveBeenCalled();
    expect(asked).toEqual([]);
  });

  it('refuses a foreign page before reading its request', async () => {
    const { router, asked, feeds, log } = setUp();
    const requests = [
      { kind: 'call', name: 'power.send', input: { serverId: 'home/1', signal: 'kill' } },
      { kind: 'watch', name: 'fleet', subscription: 1, params: undefined },
      'anything',
    ];
    for (const request of requests) {
      expect(await router.answer(foreign, request)).toMatchObject({
        ok: false,
        error: { code: 'forbidden' },
      });
    }
    expect(asked).toEqual([]);
    expect(feeds.watch).not.toHaveBeenCalled();
    expect(log.warn).toHaveBeenCalledTimes(3);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'accounts.readKey', ''])(
    'does not know the call %j',
    async (name) => {
      const { router } = setUp();
      const answer = await router.answer(ours, { kind: 'call', name, input: {} });
      expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
    },
  );

  it('names the wrong field without its value', async () => {
    const { router, asked } = setUp();
    const input = { url: 'https://panel.example.com', key: 'ptlc_'.padEnd(1001, 'x'), keep: 'keychain' };
    const answer = await router.answer(ours, { kind: 'call', name: 'accounts.add', input });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'invalid', fields: { key: saying('This is too long.') } },
    });
    expect(JSON.stringify(answer)).not.toContain('ptlc_');
    expect(asked).toEqual([]);
  });

  it.each([
    null,
    7,
    {},
    { kind: 'call' },
    { kind: 'shutdown' },
    { kind: 'watch', name: 'fleet', subscription: 'x' },
  ])('refuses the malformed request %j', async (request) => {
    const { router } = setUp();
    expect(await router.answer(ours, request)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  it('passes on the problem of an action', async () => {
    const problem = {
      code: 'conflict',
      message: verbatim('Survival is suspended.'),
      next: verbatim('Ask the host.'),
    } as const;
    const { router, log } = setUp({ 'power.send': () => Promise.reject(new PerchError(problem)) });
    const input = { serverId: 'home/1', signal: 'start' };
    expect(await router.answer(ours, { kind: 'call', name: 'power.send', input })).toEqual({
      ok: false,
      error: problem,
    });
    expect(log.error).not.toHaveBeenCalled();
  });

  it('writes the text of an unexpected error to the log only', async () => {
    const { router, log } = setUp({
      'app.info': () => {
        throw new Error('secret words');
      },
    });
    const answer = await router.answer(ours, { kind: 'call', name: 'app.info', input: undefined });
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(log.error).toHaveBeenCalledOnce();
  });

  it('holds back an answer that does not fit the contract', async () => {
    const { router } = setUp({ 'app.info': () => ({ ...info, version: 3 as unknown as string }) });
    const answer = await router.answer(ours, { kind: 'call', name: 'app.info', input: undefined });
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
  });

  it('removes fields of an answer that the contract lacks', async () => {
    const { router } = setUp({ 'app.info': () => ({ ...info, key: 'ptlc_x' }) });
    const answer = await router.answer(ours, { kind: 'call', name: 'app.info', input: undefined });
    expect(answer).toEqual({ ok: true, value: info });
  });

  it('passes subscriptions to the feeds of their window', async () => {
    const { router, feeds } = setUp();
    await router.answer(ours, { kind: 'watch', name: 'fleet', subscription: 4, params: undefined });
    await router.answer(ours, { kind: 'unwatch', subscription: 4 });
    expect(feeds.watch).toHaveBeenCalledWith(7, 4, 'fleet', undefined);
    expect(feeds.unwatch).toHaveBeenCalledWith(7, 4);
  });
});
