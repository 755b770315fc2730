import { describe, expect, it, vi } from 'vitest';
import { settle } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import type { BulkItem, BulkRun } from '../../../bridge/schema/bulk.js';
import type { Question } from '../../base/question.js';
import { quitQuestion, Quitting, waitingServers } from './quitting.js';

const named = (...names: string[]): { name: string }[] => names.map((name) => ({ name }));

describe('quitQuestion', () => {
  it('is null without unsaved text', () => {
    expect(quitQuestion({ servers: [], panel: false, dialog: false })).toBeNull();
  });

  it('names the loss, with the safe button first', () => {
    expect(quitQuestion({ servers: named('Survival\u202e'), panel: false, dialog: false })).toEqual({
      message: 'Quit Perch with unsaved changes?',
      detail: 'Unsaved or unsent input for Survival will be lost.',
      keep: 'Keep editing',
      confirm: 'Quit and discard',
    });
  });

  it('counts servers, and names the first of them', () => {
    expect(quitQuestion({ servers: named('A', 'B'), panel: false, dialog: false })?.detail).toContain(
      'for 2 servers (A, B)',
    );
    const { detail } =
      quitQuestion({ servers: named('A', 'B', 'C', 'D', 'E'), panel: true, dialog: true }) ?? {};
    expect(detail).toContain('for 5 servers (A, B, C and 2 more)');
    expect(detail).toContain('The address of a panel that is not connected yet will be lost.');
    expect(detail).toContain('Unsaved input in an open dialog will be lost.');
  });

  it('is asked also for input in a dialog only', () => {
    const { detail } = quitQuestion({ servers: [], panel: false, dialog: true }) ?? {};
    expect(detail).toBe('Unsaved input in an open dialog will be lost.');
  });
});

describe('quitQuestion about quiet backups', () => {
  const nothing = { servers: [], panel: false, dialog: false };

  it('is asked while a server is not back, and says what happens then', () => {
    expect(quitQuestion(nothing, [], named('Survival\u202e'))).toEqual({
      message: 'Quit Perch during a quiet backup?',
      detail:
        'Perch ends the quiet backup of Survival and brings the server back. If that takes longer than two seconds, the next start of Perch does the rest.',
      keep: 'Keep Perch running',
      confirm: 'Quit',
    });
  });

  it('is named below losses and restarts', () => {
    const { message, detail } = quitQuestion({ ...nothing, panel: true }, named('A'), named('B', 'C')) ?? {};
    expect(message).toBe('Quit Perch with unsaved changes?');
    expect(detail?.split('\n')).toHaveLength(3);
    expect(detail).toContain('the quiet backups of 2 servers (B, C)');
  });
});

describe('quitQuestion about a bulk action', () => {
  const nothing = { servers: [], panel: false, dialog: false };
  const item = (name: string, outcome: BulkItem['outcome']): BulkItem => ({
    serverId: name,
    name,
    outcome,
    problem: null,
  });
  const run = (...items: BulkItem[]): BulkRun => ({
    id: '1',
    action: 'take-access',
    pauseMs: 900_000,
    startedAt: 0,
    nextAt: 900_000,
    finishedAt: null,
    isCancelled: false,
    waitsForEach: false,
    items,
  });

  it('is asked while servers wait for their turn, and says that the action ends', () => {
    const waiting = waitingServers(
      run(item('A', 'done'), item('B', 'waiting'), item('C', 'sent'), item('D', 'waiting')),
    );
    expect(quitQuestion(nothing, [], [], waiting)).toEqual({
      message: 'Quit Perch before the bulk action ends?',
      detail:
        '2 servers (B, D) still wait for their turn in a bulk action. After a restart, Perch does not continue this action, and you have to begin the action again.',
      keep: 'Keep Perch running',
      confirm: 'Quit',
    });
    expect(quitQuestion({ ...nothing, panel: true }, [], [], waiting)?.detail.split('\n')).toHaveLength(2);
  });

  it('is not asked without one, and not after its last server', () => {
    for (const over of [null, run(item('A', 'done'), item('B', 'cancelled'))])
      expect(quitQuestion(nothing, [], [], waitingServers(over))).toBeNull();
  });
});

describe('quitQuestion about restarts that players were warned of', () => {
  const nothing = { servers: [], panel: false, dialog: false };

  it('is asked without unsaved text, and names their cancellation', () => {
    expect(quitQuestion(nothing, named('Survival\u202e'))).toEqual({
      message: 'Quit Perch before the restart?',
      detail: 'Perch cancels the restart of Survival and tells its players.',
      keep: 'Keep Perch running',
      confirm: 'Quit',
    });
    expect(quitQuestion(nothing, named('A', 'B', 'C', 'D'))?.detail).toBe(
      'Perch cancels the restarts of 4 servers (A, B, C, …) and tells their players.',
    );
  });

  it('names the restarts below the losses', () => {
    const { message, detail } = quitQuestion({ ...nothing, panel: true }, named('A')) ?? {};
    expect(message).toBe('Quit Perch with unsaved changes?');
    expect(detail?.split('\n')).toHaveLength(2);
  });
});

function setUp(asked: Question | null, ask: () => Promise<boolean>) {
  const deps = {
    question: () => asked,
    dialogs: { ask: vi.fn(ask) },
    showMain: vi.fn(),
    quit: vi.fn(),
    log: new FakeLog(),
  };
  return { deps, quitting: new Quitting(deps) };
}

const question = { message: 'Quit?', detail: '', confirm: 'Quit' };

describe('Quitting', () => {
  it('quits without a question if no data or work would be lost', async () => {
    const { deps, quitting } = setUp(null, () => Promise.resolve(false));
    expect(await quitting.request()).toBe(true);
    expect(deps.quit).toHaveBeenCalledOnce();
    expect(deps.dialogs.ask).not.toHaveBeenCalled();
  });

  it('quits if the user accepts the loss', async () => {
    const { deps, quitting } = setUp(question, () => Promise.resolve(true));
    await quitting.request();
    expect(deps.dialogs.ask).toHaveBeenCalledExactlyOnceWith(question);
    expect(deps.quit).toHaveBeenCalledOnce();
    expect(deps.showMain).not.toHaveBeenCalled();
  });

  it('shows the window if the user continues, and asks again next time', async () => {
    const { deps, quitting } = setUp(question, () => Promise.resolve(false));
    expect(await quitting.request()).toBe(false);
    expect(deps.quit).not.toHaveBeenCalled();
    expect(deps.showMain).toHaveBeenCalledOnce();
    await quitting.request();
    expect(deps.dialogs.ask).toHaveBeenCalledTimes(2);
  });

  it('asks once, however often Quit is pressed meanwhile', async () => {
    let answer: (agrees: boolean) => void = () => undefined;
    const { deps, quitting } = setUp(question, () => new Promise((resolve) => (answer = resolve)));
    void quitting.request();
    void quitting.request();
    answer(true);
    await settle();
    expect(deps.dialogs.ask).toHaveBeenCalledOnce();
    expect(deps.quit).toHaveBeenCalledOnce();
  });

  it('quits if it cannot ask', async () => {
    const { deps, quitting } = setUp(question, () => Promise.reject(new Error('no display')));
    await quitting.request();
    expect(deps.quit).toHaveBeenCalledOnce();
    expect(deps.log.text).toContain('no display');
  });
});
