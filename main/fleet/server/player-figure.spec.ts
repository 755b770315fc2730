import { describe, expect, it } from 'vitest';
import type { PlayersOnline, Reach } from '../../../bridge/schema/players.js';
import { aServer } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FleetStore } from '../store.js';
import { PlayerFigure } from './player-figure.js';
import { ServerRow } from './server-row.js';

const reach: Reach = {
  kind: 'answers',
  pingMs: 20,
  version: '1.21',
  title: null,
  hasPassword: false,
  isFull: false,
};

const silent: Reach = { kind: 'silent', since: 5, hasAnswered: true, suspect: null };

function rig() {
  const clock = new FakeClock(0);
  const store = new FleetStore();
  store.apply([{ kind: 'server-upserted', server: aServer({ id: 'home/1', power: 'running' }) }]);
  const row = new ServerRow('home/1', store);
  const figure = new PlayerFigure(clock, row);
  const later = (): Promise<void> => clock.advance(1000);
  const answer = (count: number): PlayersOnline => ({
    count,
    slots: 20,
    source: 'query',
    seenAt: clock.now(),
  });
  const answered = (count: number): void => figure.answered(answer(count), reach);
  const told = (count: number): void => figure.told({ ...answer(count), source: 'panel' });
  const shown = () => [row.now?.players?.count ?? null, row.now?.players?.source ?? null];
  return { row, figure, later, answer, answered, told, shown };
}

describe('PlayerFigure', () => {
  it('shows an answer rather than an older count of the console, with slots and reach', async () => {
    const { row, figure, later, answered, shown } = rig();
    figure.console(3);
    expect(shown()).toEqual([3, 'console']);
    await later();
    answered(2);
    expect(shown()).toEqual([2, 'query']);
    expect(row.now).toMatchObject({ reach, players: { slots: 20, seenAt: 1000 } });
  });

  it('shows a newer count of the console if both agreed, with the slots of the answer', async () => {
    const { row, figure, later, answered, shown } = rig();
    figure.console(2);
    answered(2);
    await later();
    figure.console(1);
    expect(shown()).toEqual([1, 'console']);
    expect(row.now?.players).toMatchObject({ slots: 20, seenAt: 1000 });
    figure.console(0);
    expect(shown()).toEqual([0, 'console']);
  });

  it('keeps the answer if the console disagreed, but never an empty server where somebody joined', async () => {
    const { figure, later, answered, shown } = rig();
    figure.console(1);
    answered(2);
    await later();
    figure.console(0);
    expect(shown()).toEqual([2, 'query']);
    answered(0);
    await later();
    figure.console(5);
    expect(shown()).toEqual([5, 'console']);
  });

  it('shows a console that names players although the game answers "nobody", whichever is newer', async () => {
    const { figure, later, answered, shown } = rig();
    figure.console(3);
    await later();
    answered(0);
    expect(shown()).toEqual([3, 'console']);
    await later();
    answered(0);
    expect(shown()).toEqual([3, 'console']);
    figure.console(0);
    expect(shown()[0]).toBe(0);
  });

  it('goes back to a console that agreed when the answer is out of date, and to nothing without either', async () => {
    const { figure, later, answered, shown, row } = rig();
    figure.console(4);
    await later();
    answered(4);
    figure.console(1);
    figure.answered(null, silent);
    expect(shown()).toEqual([1, 'console']);
    expect(row.now?.reach?.kind).toBe('silent');
    figure.console(null);
    expect(shown()).toEqual([null, null]);
  });

  it('compares a console that speaks for the first time after the answer', () => {
    const { figure, answered, shown } = rig();
    answered(4);
    figure.console(0);
    figure.answered(null, silent);
    expect(shown()).toEqual([null, null]);
  });

  it('knows no number when the game is silent whose console disagreed, until both agree or a process begins', async () => {
    const { figure, later, answered, shown } = rig();
    figure.console(0);
    await later();
    answered(4);
    expect(shown()).toEqual([4, 'query']);
    figure.answered(null, silent);
    expect(shown()).toEqual([null, null]);
    figure.console(1);
    figure.console(0);
    expect(shown()).toEqual([null, null]);
    answered(0);
    figure.answered(null, silent);
    expect(shown(), 'agreeing on zero').toEqual([null, null]);
    figure.console(2);
    answered(2);
    figure.answered(null, silent);
    expect(shown()).toEqual([2, 'console']);
    answered(3);
    figure.answered(null, silent);
    expect(shown()).toEqual([null, null]);
    figure.ended(0);
    expect(shown()).toEqual([0, 'console']);
  });

  it('keeps a newer count of the console when a later question to the game has no answer', async () => {
    const { figure, later, answer, shown } = rig();
    figure.console(2);
    const said = answer(2);
    figure.answered(said, reach);
    await later();
    figure.console(3);
    // The question after it was lost, so the answer from before counts on.
    figure.answered({ ...said }, reach);
    expect(shown()).toEqual([3, 'console']);
  });

  it('shows the number of the panel only while the game gives this computer none', async () => {
    const { row, figure, later, told, answered, shown } = rig();
    told(2);
    expect(shown()).toEqual([2, 'panel']);
    expect(row.now?.reach).toBeUndefined();
    await later();
    answered(4);
    expect(shown()).toEqual([4, 'query']);
    told(3);
    expect(shown()).toEqual([4, 'query']);
    figure.answered(null, silent);
    expect(shown()).toEqual([3, 'panel']);
    figure.told(null);
    expect(shown()).toEqual([null, null]);
    expect(row.now?.reach).toEqual(silent);
  });

  it('shows a console that counts players although the panel says "nobody", and a newer count that agreed', async () => {
    const { figure, later, told, shown } = rig();
    figure.console(3);
    await later();
    told(0);
    expect(shown()).toEqual([3, 'console']);
    told(3);
    await later();
    figure.console(4);
    expect(shown()).toEqual([4, 'console']);
    figure.answered(null, null);
    expect(shown(), 'a question to the game failed').toEqual([4, 'console']);
    await later();
    told(1);
    figure.console(0);
    expect(shown(), 'plugins hide players from the console').toEqual([1, 'panel']);
  });

  it('forgets answer and reach with the process, and takes no answer while the server does not run', () => {
    const { row, figure, answered, told, shown } = rig();
    answered(4);
    told(3);
    row.patch({ power: 'offline' });
    figure.ended(null);
    expect([...shown(), row.now?.reach]).toEqual([null, null, null]);
    answered(4);
    told(4);
    expect([...shown(), row.now?.reach]).toEqual([null, null, null]);
    row.patch({ power: 'running' });
    expect(shown()).toEqual([null, null]);
  });
});
