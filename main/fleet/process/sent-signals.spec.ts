import { describe, expect, it } from 'vitest';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { someSignals } from '../../../tests/support/sent-signals.js';
import { FleetStore } from '../store.js';
import { newestId } from './sent-signals.js';

/** One server in two accounts of a panel, and a server with the same uuid on another panel. */
function aMemory() {
  const clock = new FakeClock();
  const store = new FleetStore();
  for (const id of ['home', 'sub', 'copy']) {
    const panelUrl = id === 'copy' ? 'https://copy.example.com' : 'https://panel.example.com';
    store.apply([
      { kind: 'account-upserted', account: anAccount({ id, panelUrl }) },
      { kind: 'server-upserted', server: aServer({ id: `${id}/u0`, accountId: id, uuid: 'u0' }) },
    ]);
  }
  const sent = someSignals(clock, store, (serverId) => ({ bulk: serverId === 'sub/u0' }));
  const [home, sub, copy] = [sent.of('home/u0'), sent.of('sub/u0'), sent.of('copy/u0')];
  return { clock, store, sent, home, sub, copy };
}

describe("The user's signals to a server", () => {
  it('are the same in every account of its panel, and in no other panel', () => {
    const { sent, home, sub, copy } = aMemory();
    sent.sent('home/u0', 'stop');
    sent.sent('sub/u0', 'start');
    expect(home(0)).toMatchObject([
      { signal: 'stop', actor: { kind: 'me', bulk: false } },
      { signal: 'start', actor: { kind: 'me', bulk: true } },
    ]);
    expect(sub(0)).toEqual(home(0));
    expect(copy(0)).toEqual([]);
  });

  it('begin after the signal that the reader names', () => {
    const { clock, sent, home } = aMemory();
    expect(newestId(home)).toBe(0);
    sent.sent('home/u0', 'stop');
    const id = newestId(home);
    clock.sleep(1000);
    sent.sent('home/u0', 'kill');
    expect(home(id)).toMatchObject([{ signal: 'kill', at: clock.now() }]);
    expect(home(newestId(home))).toEqual([]);
  });

  it('stay in the memory of a remaining account when the account that sent them is removed', () => {
    const { store, sent, home, sub } = aMemory();
    sent.sent('home/u0', 'stop');
    expect(home(0)).toHaveLength(1);
    store.apply([{ kind: 'account-removed', accountId: 'home' }]);
    expect([home(0).length, sub(0).length]).toEqual([1, 1]);
  });

  it('are forgotten once refused, one at a time, the newest of its kind first', () => {
    const { sent, home } = aMemory();
    for (const signal of ['stop', 'stop', 'kill'] as const) sent.sent('home/u0', signal);
    const ids = (): number[] => home(0).map(({ id }) => id);
    sent.refused('home/u0', 'stop');
    expect(ids()).toEqual([1, 3]);
    sent.refused('home/u0', 'start');
    expect(ids()).toEqual([1, 3]);
    sent.refused('home/u0', 'stop');
    expect(ids()).toEqual([3]);
  });

  it('are the last ten', () => {
    const { sent, home } = aMemory();
    sent.sent('home/u0', 'kill');
    for (let count = 0; count < 10; count++) sent.sent('home/u0', 'stop');
    expect(home(0).map(({ signal }) => signal)).toEqual(Array.from({ length: 10 }, () => 'stop'));
  });

  it('have the stop that a stop word brings about, with the time and the sender of the word', () => {
    const { clock, sent, home } = aMemory();
    sent.typed('sub/u0', ' /Stop ');
    const at = clock.now();
    clock.sleep(3000);
    expect(home(0)).toEqual([]);
    sent.stopping('home/u0');
    expect(home(0)).toMatchObject([{ signal: 'stop', at, actor: { kind: 'me', bulk: true } }]);
    sent.stopping('home/u0');
    expect(home(0)).toHaveLength(1);
  });

  it.each([
    ['another command', 'say stop', 1000],
    ['a stop word without effect for long', 'stop', 21_000],
  ])('have no stop after %s', (_what, command, ms) => {
    const { clock, sent, home } = aMemory();
    sent.typed('home/u0', command);
    clock.sleep(ms);
    sent.stopping('home/u0');
    expect(home(0)).toEqual([]);
  });
});
