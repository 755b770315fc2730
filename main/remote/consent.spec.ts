import { describe, expect, it } from 'vitest';
import type { RemoteAction } from '../../bridge/schema/remote-consent.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { aServer } from '../../tests/support/entities.js';
import { Consent } from './consent.js';

const restart: RemoteAction = { kind: 'power', signal: 'restart' };
const kill: RemoteAction = { kind: 'power', signal: 'kill' };
const rotate: RemoteAction = { kind: 'database', change: 'rotate', name: 's1_main', from: '' };
const add: RemoteAction = { kind: 'network', change: 'add', address: '', notes: '', before: '' };
const removal: RemoteAction = { kind: 'access', change: 'remove', who: 'sam', permissions: [] };
const never = new Promise<void>(() => undefined);

function setUp() {
  const clock = new FakeClock();
  let ids = 0;
  let shows = 0;
  const consent = new Consent({ clock, newId: () => String((ids += 1)), show: () => (shows += 1) });
  const demand = (action = restart, { server = aServer(), client = 'Robot', ended = never } = {}) =>
    consent.demand({ client, server, panel: 'Home', beside: 'Home · 1a2b3c4d', action, ended }).then(
      () => 'allowed',
      (error: unknown) => String(error),
    );
  const seen = new Set<string>();
  consent.listen(({ questions }) => questions.forEach(({ id }) => seen.add(id)));
  const last = (): string => consent.current.questions.at(-1)?.id ?? '';
  return { clock, consent, demand, last, asked: () => seen.size, shows: () => shows };
}

describe('Consent', () => {
  it('asks in a window, with program and action', async () => {
    const { consent, demand, last, shows } = setUp();
    const answered = demand();
    expect(shows()).toBe(1);
    expect(consent.current.questions).toMatchObject([
      {
        client: 'Robot',
        server: 'Survival',
        panel: 'Home',
        beside: 'Home · 1a2b3c4d',
        action: restart,
        mayLast: true,
      },
    ]);
    consent.answer(last(), 'once');
    expect(await answered).toBe('allowed');
    expect(consent.current).toEqual({ questions: [], allowances: [] });
  });

  it('raises the window at most once a minute for withdrawn questions of any program', async () => {
    const { clock, demand, shows } = setUp();
    for (let turn = 0; turn < 12; turn++) {
      let takeBack = (): void => undefined;
      const ended = new Promise<void>((resolve) => (takeBack = resolve));
      const asked = demand(restart, { client: `Robot ${turn}`, ended });
      await clock.advance(2000);
      takeBack();
      await asked;
    }
    expect(shows()).toBe(1);
    await clock.advance(60_000);
    expect(shows()).toBe(1);
    void demand();
    expect(shows()).toBe(2);
  });

  it('raises the window ten seconds after a refusal, so that the next question is seen in time', async () => {
    const { clock, consent, demand, last, shows } = setUp();
    const first = demand();
    consent.answer(last(), 'refuse');
    await first;
    void demand(restart, { client: 'Another' });
    await clock.advance(9_000);
    expect(shows()).toBe(1);
    await clock.advance(1_000);
    expect(shows()).toBe(2);
  });

  it('raises the window for a question that still waits after the minute', async () => {
    const { clock, consent, demand, last, shows } = setUp();
    let takeBack = (): void => undefined;
    const first = demand(restart, { ended: new Promise<void>((resolve) => (takeBack = resolve)) });
    takeBack();
    await first;
    await clock.advance(30_000);
    const second = demand(restart, { client: 'Another' });
    expect(shows()).toBe(1);
    await clock.advance(30_000);
    expect(shows()).toBe(2);
    consent.answer(last(), 'once');
    expect(await second).toBe('allowed');
    void demand();
    expect(shows()).toBe(3);
  });

  it('allows one action after "once"', async () => {
    const { consent, demand, last, shows } = setUp();
    const first = demand();
    consent.answer(last(), 'once');
    await first;
    const second = demand();
    expect(shows()).toBe(2);
    consent.answer(last(), 'refuse');
    expect(await second).toContain('refused');
  });

  it('refuses without an answer in time', async () => {
    const { clock, consent, demand } = setUp();
    const answered = demand();
    await clock.advance(49_999);
    expect(consent.current.questions).toHaveLength(1);
    await clock.advance(1);
    expect(await answered).toContain('in time');
    expect(consent.current.questions).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('withdraws the question of a program that has gone', async () => {
    const { consent, demand } = setUp();
    let end = (): void => undefined;
    const answered = demand(restart, { ended: new Promise((resolve) => (end = resolve)) });
    end();
    await answered;
    expect(consent.current.questions).toEqual([]);
  });

  it('allows a program one server for an hour, and no other server or program', async () => {
    const { clock, consent, demand, last, asked } = setUp();
    const first = demand();
    consent.answer(last(), 'hour');
    await first;
    expect(consent.current.allowances).toMatchObject([
      { client: 'Robot', server: 'Survival', panel: 'Home', beside: 'Home · 1a2b3c4d' },
    ]);
    expect(await demand({ kind: 'command', command: 'say hi' })).toBe('allowed');
    expect(asked()).toBe(1);
    void demand(restart, { server: aServer({ id: 'home/other' }) });
    void demand(restart, { client: 'Other' });
    expect(asked()).toBe(3);
    await clock.advance(3_600_000);
    expect(consent.current.allowances).toEqual([]);
    void demand();
    expect(asked()).toBe(4);
  });

  it.each([kill, rotate, add, removal])('asks before every %j, whatever was allowed', async (action) => {
    const { consent, demand, last, shows } = setUp();
    const first = demand();
    consent.answer(last(), 'hour');
    await first;
    const second = demand(action);
    expect(consent.current.questions[0]?.mayLast).toBe(false);
    consent.answer(last(), 'hour');
    await second;
    expect(consent.current.allowances).toHaveLength(1);
    expect(shows()).toBe(2);
  });

  it('withdraws a permission', async () => {
    const { consent, demand, last, shows } = setUp();
    const first = demand();
    consent.answer(last(), 'hour');
    await first;
    consent.withdraw(consent.current.allowances[0]?.id ?? '');
    expect(consent.current.allowances).toEqual([]);
    void demand();
    expect(shows()).toBe(2);
  });

  it('forgets permissions and questions of a removed panel', async () => {
    const { consent, demand, last } = setUp();
    const servers = [aServer(), aServer({ id: 'work/1', name: 'Work' })];
    for (const server of servers) {
      const asked = demand(restart, { server });
      consent.answer(last(), 'hour');
      await asked;
    }
    const open = demand(restart, { client: 'Another' });
    const [home = ''] = aServer().id.split('/');
    consent.forgetAccount(home);
    expect(await open).toContain('refused');
    expect(consent.current).toMatchObject({ questions: [], allowances: [{ server: 'Work' }] });
    void demand();
    expect(consent.current.questions).toHaveLength(1);
  });

  it('limits the number of open questions', async () => {
    const { consent, demand } = setUp();
    for (let count = 0; count < 5; count++) void demand();
    expect(await demand()).toContain('Too many');
    expect(consent.current.questions).toHaveLength(5);
  });

  it('refuses a program for a minute after three refusals in a row', async () => {
    const { clock, consent, demand, last, asked } = setUp();
    const answers = async (...given: ('once' | 'refuse')[]): Promise<void> => {
      for (const answer of given) {
        const answered = demand();
        consent.answer(last(), answer);
        await answered;
      }
    };
    await answers('refuse', 'refuse', 'once', 'refuse', 'refuse', 'refuse');
    expect(asked()).toBe(6);
    expect(await demand()).toContain('several times in a row');
    expect(asked()).toBe(6);
    void demand(restart, { client: 'Other' });
    expect(asked()).toBe(7);
    await clock.advance(59_999);
    expect(await demand()).toContain('several times in a row');
    await clock.advance(1);
    void demand();
    expect(asked()).toBe(8);
  });

  it('counts no refusals that are a minute apart', async () => {
    const { clock, consent, demand, last, asked } = setUp();
    const refuse = async (): Promise<void> => {
      const answered = demand();
      consent.answer(last(), 'refuse');
      await answered;
    };
    await refuse();
    await refuse();
    await clock.advance(60_000);
    await refuse();
    expect(asked()).toBe(3);
    void demand();
    expect(asked()).toBe(4);
  });

  it('gives the end time of a question and of a permission', async () => {
    const { clock, consent, demand, last } = setUp();
    const answered = demand();
    expect(consent.current.questions.map(({ until }) => until)).toEqual([clock.now() + 50_000]);
    consent.answer('no question', 'refuse');
    consent.answer(last(), 'hour');
    await answered;
    expect(consent.current.allowances.map(({ until }) => until)).toEqual([clock.now() + 3_600_000]);
    consent.withdraw('no allowance');
    expect(consent.current.allowances).toHaveLength(1);
  });

  it('still asks about the servers of another panel after the removal of one panel', async () => {
    const { clock, consent, demand } = setUp();
    expect(consent.current).toEqual({ questions: [], allowances: [] });
    void demand(restart, { server: aServer({ id: 'home/1' }) });
    void demand(restart, { server: aServer({ id: 'work/1', name: 'Arena' }) });
    consent.forgetAccount('home');
    await clock.advance(0);
    expect(consent.current.questions.map(({ server }) => server)).toEqual(['Arena']);
  });

  it('shows names as one harmless line', () => {
    const { consent, demand } = setUp();
    void demand(restart, { client: 'Rob\u001b[2Jot\nRefuse nothing', server: aServer({ name: 'a\u202eb' }) });
    void demand(restart, { client: ' ' });
    expect(consent.current.questions).toMatchObject([
      { client: 'Robot Refuse nothing', server: 'ab' },
      { client: 'A program' },
    ]);
  });

  it('refuses open questions, and forgets permissions, when Perch quits', async () => {
    const { clock, consent, demand, last } = setUp();
    const first = demand();
    consent.answer(last(), 'hour');
    await first;
    const second = demand(kill);
    consent.stop();
    expect(await second).toContain('refused');
    expect(clock.pending).toBe(0);
  });
});
