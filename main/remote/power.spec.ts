import { describe, expect, it, vi } from 'vitest';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { BulkRun } from '../../bridge/schema/bulk.js';
import { RemoteError } from '../../bridge/remote/remote-error.js';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import { verbatim } from '../../messages/messages.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { ProgramSignals } from '../actions/servers/program-signals.js';
import { Emitter } from '../base/emitter.js';
import { FleetStore } from '../fleet/store.js';
import type { Call } from './call.js';
import { sendSignals } from './power.js';

function setUp(confirmStop = false) {
  const store = new FleetStore();
  const servers = ['Survival', 'Creative'].map((name, index) =>
    aServer({ id: `home/${index}`, uuid: `${index}`, identifier: `id${index}`, name, power: 'running' }),
  );
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    ...servers.map((server) => ({ kind: 'server-upserted', server }) as const),
  ]);
  const runs = new Emitter<BulkRun | null>();
  const bulk = { current: null as BulkRun | null, start: vi.fn(), listen: runs.listen.bind(runs) };
  bulk.start.mockImplementation((ids: string[], signal: PowerSignal) => {
    const items = ids.map((serverId) => ({ serverId, name: '', outcome: 'waiting' as const, problem: null }));
    const at = {
      startedAt: 0,
      nextAt: null,
      finishedAt: null,
      pauseMs: 0,
      isCancelled: false,
      waitsForEach: false,
    };
    bulk.current = { id: 'run', action: signal, items, ...at };
  });
  const sent = vi.fn(() => Promise.resolve());
  const demand = vi.fn(() => Promise.resolve());
  const deps = {
    store,
    clock: new FakeClock(),
    actions: { 'power.send': sent },
    bulk,
    settings: { current: someSettings({ confirmStop }) },
    consent: { demand },
    programs: new ProgramSignals(),
  };
  const call = (kind: 'person' | 'program' = 'person'): Call<'power'> => ({
    client: { kind, name: 'Robot' },
    event: () => undefined,
    ended: new Promise(() => undefined),
    isEnded: false,
  });
  const ask = (signal: PowerSignal, names = ['Survival'], isAgreed = false) =>
    sendSignals(deps, { names, signal, isAgreed }, call());
  return { deps, bulk, runs, sent, demand, call, ask };
}

describe('power', () => {
  it('sends to one server like a click', async () => {
    const { ask, sent, bulk } = setUp();
    expect(await ask('stop')).toMatchObject({ results: [{ server: { name: 'Survival' }, outcome: 'sent' }] });
    expect(sent).toHaveBeenCalledExactlyOnceWith({ serverId: 'home/0', signal: 'stop' });
    expect(bulk.start).not.toHaveBeenCalled();
  });

  it.each([
    ['kill of one', false, 'kill', ['Survival'], 'Kill “Survival”?'],
    ['stop where the settings want it', true, 'stop', ['Survival'], 'Stop “Survival”?'],
    ['stop of several', false, 'stop', ['Survival', 'Creative'], 'Stop 2 servers?'],
  ] as const)('requires a yes for a %s', async (_what, confirmStop, signal, names, message) => {
    const { ask, sent, bulk } = setUp(confirmStop);
    const error: unknown = await ask(signal, [...names]).catch((thrown: unknown) => thrown);
    expect((error as RemoteError).failure).toMatchObject({ cause: 'needs-yes', message });
    expect(sent).not.toHaveBeenCalled();
    expect(bulk.start).not.toHaveBeenCalled();
  });

  it('requires a yes for a start while the panel is away; a program is refused', async () => {
    const { ask, call, deps, sent } = setUp();
    const problem = { code: 'panel-unreachable', message: verbatim('Away.'), next: verbatim('') } as const;
    deps.store.apply([
      { kind: 'account-upserted', account: anAccount({ state: { kind: 'failed', problem, retryAt: 0 } }) },
      { kind: 'server-patched', serverId: 'home/0', patch: { power: 'offline' } },
    ]);
    const error: unknown = await ask('start').catch((thrown: unknown) => thrown);
    expect((error as RemoteError).failure).toMatchObject({
      cause: 'needs-yes',
      message: 'Start “Survival”?',
    });
    await ask('start', ['Survival'], true);
    expect(sent).toHaveBeenCalledExactlyOnceWith({ serverId: 'home/0', signal: 'start', despitePanel: true });
    sent.mockClear();
    await sendSignals(deps, { names: ['Survival'], signal: 'start', isAgreed: true }, call('program'));
    expect(sent).toHaveBeenCalledExactlyOnceWith({ serverId: 'home/0', signal: 'start' });
  });

  it('counts a server named twice once', async () => {
    const { ask, sent } = setUp();
    await ask('stop', ['Survival', 'id0']);
    expect(sent).toHaveBeenCalledOnce();
  });

  it('sends to several servers as a bulk action, and reports each result', async () => {
    const { ask, bulk, runs } = setUp();
    const answer = ask('restart', ['Survival', 'Creative'], true);
    await vi.waitFor(() =>
      expect(bulk.start).toHaveBeenCalledExactlyOnceWith(['home/0', 'home/1'], 'restart'),
    );
    const begun = bulk.current;
    if (begun === null) throw new Error('It did not begin.');
    const items = begun.items.map(
      (item, index) => ({ ...item, outcome: index === 0 ? 'done' : 'skipped' }) as const,
    );
    runs.emit({ ...begun, items });
    runs.emit({ ...begun, items, finishedAt: 1 });
    expect((await answer).results.map(({ outcome }) => outcome)).toEqual(['done', 'skipped']);
    expect(runs.hasListeners).toBe(false);
  });

  it('asks the user before a program sends a signal', async () => {
    const { deps, demand, sent, call } = setUp();
    demand.mockRejectedValueOnce(new RemoteError({ cause: 'refused', message: 'No.', next: '' }));
    const input = { names: ['Survival'], signal: 'start', isAgreed: true } as const;
    await expect(sendSignals(deps, { ...input, names: ['Survival'] }, call('program'))).rejects.toThrow(
      'No.',
    );
    expect(sent).not.toHaveBeenCalled();
    await sendSignals(deps, { ...input, names: ['Survival'] }, call('program'));
    expect(demand).toHaveBeenLastCalledWith(
      expect.objectContaining({ client: 'Robot', action: { kind: 'power', signal: 'start' } }),
    );
    expect(sent).toHaveBeenCalledOnce();
  });

  it.each([
    ['program', 'Robot'],
    ['person', undefined],
  ] as const)('logs that a %s sent the signal', async (kind, name) => {
    const { deps, sent, call } = setUp();
    let during: string | undefined;
    sent.mockImplementationOnce(async () => void (during = deps.programs.of('home/0')));
    await sendSignals(deps, { names: ['Survival'], signal: 'stop', isAgreed: true }, call(kind));
    expect(during).toBe(name);
    expect(deps.programs.of('home/0')).toBeUndefined();
  });

  it('asks with the text that distinguishes servers of the same name', async () => {
    const { deps, demand, call } = setUp();
    const twin = aServer({ id: 'home/2', uuid: '2', identifier: 'id2', name: 'Survival', power: 'running' });
    await sendSignals(deps, { names: ['Survival'], signal: 'stop', isAgreed: true }, call('program'));
    expect(demand).toHaveBeenLastCalledWith(expect.objectContaining({ beside: '' }));
    deps.store.apply([{ kind: 'server-upserted', server: twin }]);
    await sendSignals(deps, { names: ['id2'], signal: 'stop', isAgreed: true }, call('program'));
    expect(demand).toHaveBeenLastCalledWith(
      expect.objectContaining({ panel: 'panel.example.com', beside: 'panel.example.com · id2' }),
    );
  });

  it.each([['Survival'], ['Survival', 'Creative']])(
    'sends nothing for a client that has gone',
    async (...names) => {
      const { deps, bulk, sent, demand, call } = setUp();
      for (const kind of ['person', 'program'] as const) {
        const gone = { ...call(kind), isEnded: true };
        await expect(sendSignals(deps, { names, signal: 'stop', isAgreed: true }, gone)).rejects.toThrow(
          'cancelled',
        );
      }
      expect(demand).not.toHaveBeenCalled();
      expect(sent).not.toHaveBeenCalled();
      expect(bulk.start).not.toHaveBeenCalled();
    },
  );

  it('asks before it sends to several servers, and names the effect, the unread servers and all servers', async () => {
    const { ask, deps } = setUp();
    const failed = async (signal: PowerSignal, names = ['Survival', 'Creative']) => {
      const error: unknown = await ask(signal, names).catch((thrown: unknown) => thrown);
      return (error as RemoteError).failure;
    };
    const candidates = ['Survival', 'Creative'];
    expect(await failed('start')).toEqual({
      cause: 'needs-yes',
      message: 'Start 2 servers?',
      next: '',
      candidates,
    });
    const kill = await failed('kill');
    expect(kill).toMatchObject({ message: 'Kill 2 servers?', candidates });
    expect(kill.next).not.toBe('');
    expect(await failed('kill', ['Creative'])).not.toHaveProperty('candidates');
    deps.store.apply([{ kind: 'server-patched', serverId: 'home/0', patch: { power: null } }]);
    const waits = failed('start');
    await deps.clock.advance(10_000);
    expect((await waits).next).toMatch(/whether 1 of these servers runs/);
    const both = failed('kill');
    await deps.clock.advance(10_000);
    expect((await both).next).toBe(`${kill.next} ${(await waits).next}`);
  });

  describe('of several', () => {
    type Item = BulkRun['items'][number];
    async function ended(
      change: (run: BulkRun) => BulkRun | null,
      by?: (rig: ReturnType<typeof setUp>) => void,
    ) {
      const rig = setUp();
      by?.(rig);
      const answer = rig.ask('restart', ['Survival', 'Creative'], true);
      await vi.waitFor(() => expect(rig.runs.hasListeners).toBe(true), { interval: 1 });
      const { current } = rig.bulk;
      if (current === null) throw new Error('It did not begin.');
      rig.runs.emit(change(current));
      const { results } = await answer;
      expect(rig.runs.hasListeners).toBe(false);
      return results.map(({ server, outcome, problem }) => [server.name, outcome, problem]);
    }
    const item = (serverId: string, outcome: Item['outcome'], problem: Item['problem'] = null): Item => ({
      serverId,
      name: '',
      outcome,
      problem,
    });
    const problem = { code: 'internal', message: verbatim('It broke.'), next: verbatim('') } as const;

    it('returns the problem of each server, and null for a server that is not part of the run', async () => {
      const items = [item('home/1', 'failed', problem)];
      expect(await ended((run) => ({ ...run, items, finishedAt: 1 }))).toEqual([
        ['Survival', 'unknown', null],
        ['Creative', 'failed', 'It broke.'],
      ]);
    });

    it('reports servers that still wait at the end of the run as unknown', async () => {
      const items = [item('home/0', 'done'), item('home/1', 'waiting')];
      expect(await ended((run) => ({ ...run, items, finishedAt: 1 }))).toEqual([
        ['Survival', 'done', null],
        ['Creative', 'unknown', null],
      ]);
    });

    it('keeps the known results of a run that the user dismisses, or another run replaces', async () => {
      const unknown = [
        ['Survival', 'unknown', null],
        ['Creative', 'unknown', null],
      ];
      expect(await ended(() => null)).toEqual(unknown);
      const items = [item('home/0', 'done'), item('home/1', 'done')];
      expect(await ended((run) => ({ ...run, id: 'another', items, finishedAt: 1 }))).toEqual(unknown);
    });

    it.each([null, 1] as const)('answers at once if the run has ended at once (%s)', async (finishedAt) => {
      const { ask, bulk, runs } = setUp();
      const { start } = bulk;
      const begin = start.getMockImplementation();
      start.mockImplementation((...given: [string[], PowerSignal]) => {
        begin?.(...given);
        const run = bulk.current;
        if (run === null || finishedAt === null) bulk.current = null;
        else
          bulk.current = { ...run, finishedAt, items: run.items.map((of) => ({ ...of, outcome: 'done' })) };
      });
      const { results } = await ask('restart', ['Survival', 'Creative'], true);
      const outcome = finishedAt === null ? 'unknown' : 'done';
      expect(results.map((result) => result.outcome)).toEqual([outcome, outcome]);
      expect(runs.hasListeners).toBe(false);
    });

    it('shows each server in its latest state, also a removed one', async () => {
      const rig = setUp();
      const answer = rig.ask('restart', ['Survival', 'Creative'], true);
      await vi.waitFor(() => expect(rig.runs.hasListeners).toBe(true), { interval: 1 });
      rig.deps.store.apply([
        { kind: 'server-patched', serverId: 'home/0', patch: { power: 'starting' } },
        { kind: 'server-removed', serverId: 'home/1' },
      ]);
      rig.runs.emit(rig.bulk.current && { ...rig.bulk.current, finishedAt: 1 });
      expect((await answer).results.map(({ server }) => [server.name, server.state])).toEqual([
        ['Survival', 'starting'],
        ['Creative', 'running'],
      ]);
    });
  });
});
