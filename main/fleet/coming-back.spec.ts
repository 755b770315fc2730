/** Perch recovers from every temporary fault of an account without a click (RETRIES "Retry table"). */
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../messages/messages.js';
import type { ProblemCode } from '../../bridge/errors.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';

const minute = 60_000;

async function started(count = 3) {
  const panel = new FakePanel();
  panel.list = Array.from({ length: count }, (_, index) => aPanelServer(`u${index}`));
  const rig = aFleet(panel);
  await rig.live();
  const state = () => rig.store.state.accounts.get('home')?.state;
  const lists = () => panel.count('servers');
  /** Makes the list fail from now on, and waits until Perch knows. */
  async function fail(code: ProblemCode, fields = {}): Promise<void> {
    panel.problems.set('servers', aProblem(code, fields));
    await rig.clock.advance(66_000);
    expect(state()?.kind).toBe('failed');
  }
  return { ...rig, state, lists, fail };
}

const everyCode = [
  'unauthorized',
  'tls-untrusted',
  'keychain-locked',
  'keychain-unavailable',
  'not-a-panel',
  'forbidden',
  'panel-unreachable',
  'panel-error',
] as const;

describe('a list that fails', () => {
  it.each(everyCode)(
    'is read again until it succeeds, and the time of the next attempt is shown (%s)',
    async (code) => {
      const { clock, fail, panel, state } = await started();
      await fail(code);
      for (let each = 0; each < 20; each++) {
        const failed = state();
        const wait = failed?.kind === 'failed' ? failed.retryAt - clock.now() : Infinity;
        expect(wait).toBeLessThanOrEqual(110_000);
        await clock.advance(minute);
      }
      panel.problems.clear();
      await clock.advance(110_000);
      expect(state()).toEqual({ kind: 'ready' });
    },
  );

  it.each(['unauthorized', 'keychain-locked', 'keychain-unavailable'] as const)(
    'is asked for once a minute at most, and every five minutes after hours (%s)',
    async (code) => {
      const { clock, fail, lists } = await started();
      await fail(code);
      let before = lists();
      await clock.advance(30 * minute);
      expect(lists() - before).toBeGreaterThanOrEqual(17);
      expect(lists() - before).toBeLessThanOrEqual(30);
      await clock.advance(2 * 60 * minute);
      before = lists();
      await clock.advance(60 * minute);
      expect(lists() - before).toBeLessThanOrEqual(13);
    },
  );

  it('recovers quickly after a captive portal', async () => {
    const { clock, fail, panel, state } = await started();
    await fail('tls-untrusted');
    await clock.advance(80_000);
    panel.problems.clear();
    await clock.advance(80_000);
    expect(state()?.kind).toBe('ready');
  });

  it.each(everyCode)('is read at once when another call of the account succeeds (%s)', async (code) => {
    const { clock, fail, lists, panel, state } = await started();
    await fail(code);
    await clock.advance(minute);
    panel.problems.clear();
    expect(state()?.kind).toBe('failed');
    const before = lists();
    await panel.power('u0', 'stop');
    await clock.advance(5000);
    expect([lists() - before, state()?.kind]).toEqual([1, 'ready']);
  });

  it('is not read after every successful call while it still fails', async () => {
    const { clock, fail, lists, panel } = await started();
    await fail('unauthorized');
    await clock.advance(minute);
    const before = lists();
    for (let second = 0; second < 60; second++) {
      await panel.power('u0', 'stop');
      await clock.advance(1000);
    }
    expect(lists() - before).toBeLessThanOrEqual(4);
  });

  it('is read at once after sleep, and when the network or the keychain is back', async () => {
    const { clock, fail, fleet, lists } = await started();
    await fail('keychain-locked');
    for (const back of [() => fleet.onResume(), () => fleet.onOnline(), () => fleet.onKeychain()]) {
      const before = lists();
      back();
      await clock.advance(0);
      expect(lists() - before).toBe(1);
    }
  });

  it('is not read for the keychain while all is well', async () => {
    const { clock, fleet, lists } = await started();
    const before = lists();
    fleet.onKeychain();
    await clock.advance(0);
    expect(lists()).toBe(before);
  });

  it.each(['unauthorized', 'tls-untrusted', 'keychain-locked'] as const)(
    'spares the panel the same refusal of every token (%s)',
    async (code) => {
      const { fail, opened, panel, fleet, clock, state } = await started();
      let tokens = 0;
      panel.socketTicket = () => {
        tokens += 1;
        return Promise.reject(new Error('This one is not read.'));
      };
      const ticket = () =>
        opened[0]?.panel.socketTicket('u0').then(
          () => 'a token',
          (error: unknown) => inEnglish((error as { problem: ReturnType<typeof aProblem> }).problem.message),
        );
      await fail(code);
      expect([await ticket(), tokens]).toEqual([`Something went wrong: ${code}.`, 0]);
      panel.problems.clear();
      await fleet.retryAccount('home');
      await clock.advance(0);
      expect(state()?.kind).toBe('ready');
      await ticket()?.catch(() => undefined);
      expect(tokens).toBe(1);
    },
  );
});

describe('a panel that was away', () => {
  it('gets few token requests until it is back, and then those of all servers', async () => {
    const { clock, fail, opened, panel, state } = await started(30);
    let [tokens, given] = [0, 0];
    let isAway = false;
    panel.socketTicket = () => {
      tokens += 1;
      return isAway
        ? Promise.reject(new Error('It is away.'))
        : Promise.resolve({ token: 't', url: 'wss://n' });
    };
    await clock.advance(minute);
    // The turn in which a session opens includes its first token request. Each further request waits for its own turn.
    for (const session of opened) await session.panel.socketTicket(session.server.identifier);
    isAway = true;
    await fail('panel-unreachable');
    tokens = 0;
    for (const session of opened) {
      session.tell({
        kind: 'link',
        link: { kind: 'reconnecting', retryAt: 0, problem: aProblem('panel-unreachable') },
      });
      session.panel.socketTicket(session.server.identifier).then(
        () => (given += 1),
        () => undefined,
      );
    }
    await clock.advance(60_000);
    expect(state()?.kind).toBe('failed');
    expect(tokens).toBeGreaterThanOrEqual(10);
    expect(tokens).toBeLessThanOrEqual(13);
    const waiting = 30 - tokens;
    isAway = false;
    panel.problems.clear();
    await clock.advance(110_000);
    expect([state()?.kind, given]).toEqual(['ready', waiting]);
  });
});

describe('a panel that asks for a pause', () => {
  it('of a day is tried again within two minutes', async () => {
    const { clock, fail, panel, state } = await started();
    await fail('rate-limited', { retryAt: clock.now() + 86_400_000 });
    expect(panel.count('lift pause')).toBe(0);
    panel.problems.clear();
    await clock.advance(110_000);
    expect([state()?.kind, panel.count('lift pause')]).toEqual(['ready', 1]);
  });

  it('is asked at once on request of the user', async () => {
    const { clock, fail, fleet, lists, panel } = await started();
    await fail('rate-limited', { retryAt: clock.now() + 86_400_000 });
    const before = lists();
    await fleet.retryAccount('home').catch(() => undefined);
    expect(lists() - before).toBe(1);
    const lifted = panel.count('lift pause');
    expect(lifted).toBeGreaterThan(0);
    await fleet.server('home/u0')?.retry();
    expect(panel.count('lift pause')).toBe(lifted + 1);
  });
});

describe('a list without servers', () => {
  it('empties the fleet only after it was seen three times', async () => {
    const { clock, lists, panel, state, store } = await started();
    const before = lists();
    panel.list = [];
    await clock.advance(63_000);
    expect([store.state.servers.size, state()?.kind]).toEqual([3, 'ready']);
    await clock.advance(9000);
    expect([store.state.servers.size, lists() - before]).toEqual([0, 3]);
  });

  it('changes nothing if the next list is whole', async () => {
    const { clock, opened, panel, store } = await started();
    const { list } = panel;
    panel.list = [];
    await clock.advance(61_000);
    panel.list = list;
    await clock.advance(120_000);
    expect([store.state.servers.size, opened.length]).toEqual([3, 3]);
    expect(opened.every(({ isStarted }) => isStarted)).toBe(true);
  });

  it('is believed at once for a server that its node reported as deleted', async () => {
    const { clock, panel, session, store } = await started(1);
    panel.list = [];
    session('u0').tell({ kind: 'deleted' });
    await clock.advance(5000);
    expect(store.state.servers.size).toBe(0);
  });

  it('that lost more than half is read once more', async () => {
    const { clock, panel, store } = await started(3);
    panel.list = panel.list.slice(0, 1);
    await clock.advance(61_000);
    expect(store.state.servers.size).toBe(3);
    await clock.advance(6000);
    expect(store.state.servers.size).toBe(1);
  });

  it('is normal for a new account', async () => {
    const { fleet, clock, store } = aFleet();
    fleet.start([aRecord()]);
    await clock.advance(0);
    expect(store.state.accounts.get('home')?.state.kind).toBe('ready');
  });
});
