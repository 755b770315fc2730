/** A script in a compromised page makes any call: main's reaction without and with a press. */
import { describe, expect, it, vi } from 'vitest';
import { calls } from '../../bridge/schema/calls.js';
import type { CallName } from '../../bridge/schema/contract.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { Problem } from '../../bridge/errors.js';
import { someSettings, anAccount } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { attacks, everything } from '../../tests/support/taken-page.js';
import { inEnglish, sentence } from '../../messages/messages.js';
import { Guard } from './guard.js';
import type { Question } from '../base/question.js';
import { powers } from './powers.js';
import { Presses } from './presses.js';
import type { Handlers } from '../base/calls.js';
import { Router } from './router.js';

const names = Object.keys(calls) as CallName[];
const guarded = names.filter((name) => powers[name] !== 'free');
const page = { sender: { id: 7 }, senderFrame: { url: 'app://perch/main.html', parent: null } };

function setUp({ isAgreed = false, isAssisted = false } = {}) {
  const clock = new FakeClock();
  const presses = new Presses(clock);
  const done: CallName[] = [];
  const questions: Question[] = [];
  const answers: Partial<Record<CallName, unknown>> = {
    'panel.probe': { panelUrl: 'https://panel.example', kind: 'pelican' },
    'accounts.add': anAccount({ id: 'new' }),
    'settings.update': someSettings(),
    'command.send': { isTaken: true },
  };
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        done.push(name);
        return answers[name];
      },
    ]),
  ) as unknown as Handlers;
  const account = anAccount({ id: 'home', panelUrl: 'https://panel.home' });
  const guard = new Guard({
    clock,
    presses,
    ask: (question) => {
      questions.push(question);
      return Promise.resolve(isAgreed);
    },
    isAssisted: () => isAssisted,
    known: () => ({
      fleet: { servers: new Map(), accounts: new Map([[account.id, account]]) },
      settings: someSettings({ confirmStop: true, confirmRestart: true }),
      rules: [],
    }),
    log: new FakeLog(),
  });
  const feeds = { watch: vi.fn(), unwatch: vi.fn() };
  const router = new Router({ handlers, feeds, guard, isOurs: () => true, log: new FakeLog() });
  let lastProblem: Problem | null = null;
  const call = async (name: CallName, input: unknown = attacks[name]): Promise<string> => {
    const answer = await router.answer(page, { kind: 'call', name, input });
    if (!answer.ok) lastProblem = answer.error;
    return answer.ok ? 'done' : answer.error.code;
  };
  const press = (): void => presses.seen(7);
  return { call, press, presses, clock, done, questions, problem: () => lastProblem };
}

it('every call with power has an attack', () => {
  expect(Object.keys(attacks).sort()).toEqual([...guarded].sort());
});

it('every free call is named here, so that a new call gets thought', () => {
  const free = names.filter((name) => powers[name] === 'free').sort();
  expect(free).toEqual(
    [
      ...['accounts.retry', 'accounts.tryRoute', 'accounts.withdraw', 'app.info', 'autostart.read'],
      ...['players.askNow', 'players.keepRunning', 'players.lists', 'players.joinInfo'],
      ...['sftp.withdraw', 'backups.refresh', 'changes.sinceGoodStart'],
      ...['bulk.cancel', 'bulk.dismiss', 'clipboard.giveBack', 'clipboard.peek', 'command.history'],
      ...['files.refresh', 'network.list', 'account.activity', 'account.view', 'activity.ofServer'],
      ...['consent.withdraw', 'console.acknowledge', 'diagnosis.report', 'diagnosis.run'],
      ...['events.ofServer', 'events.older', 'history.sparks', 'history.states', 'history.statesOf'],
      ...['history.usage', 'memory.note', 'notices.dismiss', 'permissions.read', 'server.retry'],
      ...['players.seen', 'players.week', 'schedules.list', 'schedules.view', 'people.list', 'people.view'],
      ...['rules.forgetMissed', 'rules.judge', 'rules.records', 'rules.stopRun'],
      ...['startup.read', 'texts.dismissLeft', 'texts.keepDraft', 'texts.unsaved'],
      ...['transfers.cancel', 'transfers.pause', 'transfers.resume', 'transfers.retry'],
      ...['updates.cancel', 'updates.check', 'warned.dismiss', 'window.close', 'window.drawn'],
      ...['window.failed', 'window.open', 'window.setDrafts', 'window.setHeight', 'window.setShown'],
      ...['databases.list', 'window.setView', 'activity.retry', 'people.retry'],
    ].sort(),
  );
});

describe('a page without any press', () => {
  it.each(guarded)('%s has no effect', async (name) => {
    const { call, done, questions } = setUp();
    expect(await call(name)).toBe('forbidden');
    expect(done).toEqual([]);
    expect(questions.length).toBeLessThanOrEqual(1);
  });

  it('asks the user once, and is refused silently for a minute after a no', async () => {
    const { call, clock, done, questions } = setUp();
    for (const serverId of everything) await call('power.send', { serverId, signal: 'kill' });
    expect(questions).toHaveLength(1);
    expect(questions[0]?.detail).toMatch(/^Kill “home\/0”\.\n/);
    await clock.advance(60_000);
    await call('power.send');
    expect(questions).toHaveLength(2);
    expect(done).toEqual([]);
  });

  it('shows one question at a time', async () => {
    const { call, questions } = setUp({ isAgreed: true });
    const answers = await Promise.all(
      everything.slice(0, 5).map((serverId) => call('power.send', { serverId, signal: 'stop' })),
    );
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect(questions).toHaveLength(1);
  });

  it('may make the calls that the user agrees to, without a key or pointer that main sees', async () => {
    const { call, done } = setUp({ isAgreed: true });
    expect(await call('power.send')).toBe('done');
    expect(done).toEqual(['power.send']);
  });

  it('probes no address, and asks no question about it', async () => {
    const { call, questions } = setUp({ isAgreed: true });
    expect(await call('panel.probe')).toBe('forbidden');
    expect(questions).toEqual([]);
  });
});

describe('a page whose person presses through a screen reader, which main does not see', () => {
  const assisted = (isAgreed = true) => setUp({ isAgreed, isAssisted: true });
  const [one = '', other = ''] = everything;

  it('asks once, and a yes covers the same call to the same server for half a minute', async () => {
    const { call, clock, done, questions } = assisted();
    const stop = { serverId: one, signal: 'stop' };
    expect(await call('power.send', stop)).toBe('done');
    await clock.advance(29_999);
    expect(await call('power.send', stop)).toBe('done');
    expect(questions).toHaveLength(1);
    expect(questions[0]?.detail).toContain('screen reader');
    await clock.advance(1);
    expect(await call('power.send', stop)).toBe('done');
    expect(questions).toHaveLength(2);
    expect(done).toHaveLength(3);
  });

  it('asks again about another signal, server, command or call', async () => {
    const { call, questions } = assisted();
    await call('power.send', { serverId: one, signal: 'stop' });
    await call('power.send', { serverId: one, signal: 'kill' });
    await call('power.send', { serverId: other, signal: 'stop' });
    await call('power.send', { serverId: one, signal: 'start' });
    await call('power.send', { serverId: other, signal: 'start' });
    await call('command.send', { serverId: one, command: 'say a', later: false });
    await call('command.send', { serverId: one, command: 'op mallory', later: false });
    await call('server.reinstall', { serverId: one });
    await call('server.acceptEula', { serverId: one });
    expect(questions).toHaveLength(9);
  });

  it('asks each time about many servers, and about calls that are always asked', async () => {
    const { call, questions } = assisted();
    const many = { serverIds: [one, other], action: 'start', waitsForEach: false };
    await call('bulk.start', many);
    await call('bulk.start', many);
    await call('network.setProxy');
    await call('network.setProxy');
    expect(questions).toHaveLength(4);
  });

  it('makes the calls of one press wait for one answer', async () => {
    const { call, done, questions } = assisted();
    const set = (image: string) => call('server.setDockerImage', { serverId: one, image });
    expect(await Promise.all([set('A'), set('B'), set('C')])).toEqual(['done', 'done', 'done']);
    expect(questions).toHaveLength(1);
    expect(done).toHaveLength(3);
  });

  it('does nothing after a no, and is refused silently for a minute, as the refusal says', async () => {
    const { call, clock, done, questions, problem } = assisted(false);
    const refusals = await Promise.all([call('power.send'), call('power.send')]);
    expect(refusals).toEqual(['forbidden', 'forbidden']);
    expect(await call('server.reinstall', { serverId: one })).toBe('forbidden');
    expect(inEnglish(problem()?.next ?? sentence('guard.ask'))).toContain('Wait a minute');
    expect(questions).toHaveLength(1);
    await clock.advance(60_000);
    await call('power.send');
    expect(questions).toHaveLength(2);
    expect(done).toEqual([]);
  });

  it('keeps no agreement for a page that is gone, also if it goes before the answer', async () => {
    const { call, presses, questions } = assisted();
    await call('power.send');
    presses.left(7);
    await call('power.send');
    expect(questions).toHaveLength(2);
    const late = call('server.reinstall');
    presses.left(7);
    await late;
    await call('server.reinstall');
    expect(questions).toHaveLength(4);
  });
});

it('without a screen reader a confirmation covers one call', async () => {
  const { call, questions } = setUp({ isAgreed: true });
  await call('power.send');
  await call('power.send');
  expect(questions).toHaveLength(2);
});

describe('a press of the person', () => {
  it('stops one server, and no other', async () => {
    const { call, press, done } = setUp();
    press();
    for (const serverId of everything) await call('power.send', { serverId, signal: 'stop' });
    expect(done).toEqual(['power.send']);
  });

  it.each([
    ['a copied key to a new address', 'accounts.add', 'Send the copied API key to https://attacker.example?'],
    ['a proxy', 'network.setProxy', 'Connect through the proxy attacker.example:8080?'],
    ['no encryption', 'accounts.allowUnencrypted', 'without encryption?'],
    ['the end of backups', 'backupRules.set', 'Let Perch delete backups of all servers?'],
    ['the end of everything', 'bulk.start', 'Kill 400 servers?'],
  ] as const)('is not enough for %s', async (_what, name, words) => {
    const { call, press, done, questions } = setUp();
    press();
    expect(await call(name)).toBe('forbidden');
    expect(questions.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
    expect(done).toEqual([]);
    press();
    await call(name);
    expect(questions).toHaveLength(2);
  });

  it('is enough for a connected panel, a few servers, and a typed key', async () => {
    const { call, press, questions } = setUp();
    for (const [name, input] of [
      ['accounts.add', { url: 'panel.home/auth/login', key: null, keep: 'keychain' }],
      ['accounts.add', { url: 'https://panel.new', key: 'ptlc_typed', keep: 'keychain' }],
      ['bulk.start', { serverIds: ['home/1', 'home/2'], action: 'stop', waitsForEach: false }],
      ['bulk.start', { serverIds: everything, action: 'start', waitsForEach: false }],
    ] as const) {
      press();
      expect(await call(name, input)).toBe('done');
    }
    expect(questions).toEqual([]);
  });

  it('stops twenty servers at once, and no other twenty afterwards', async () => {
    const { call, press, done, questions } = setUp();
    const stop = (from: number): Promise<string> =>
      call('bulk.start', {
        serverIds: everything.slice(from, from + 20),
        action: 'stop',
        waitsForEach: false,
      });
    press();
    expect(await stop(0)).toBe('done');
    expect(questions).toEqual([]);
    expect(await stop(20)).toBe('forbidden');
    expect(done).toEqual(['bulk.start']);
  });

  it('starts stopped servers again, and stops no second one', async () => {
    const { call, press, done } = setUp();
    press();
    for (const serverId of everything.slice(0, 3)) await call('power.send', { serverId, signal: 'start' });
    await call('power.send', { serverId: 'home/1', signal: 'stop' });
    expect(done).toEqual(['power.send', 'power.send', 'power.send']);
  });

  it('accepts a licence and starts the server that waits for it', async () => {
    const { call, press, done } = setUp();
    press();
    await call('server.acceptEula', { serverId: 'home/1' });
    await call('power.send', { serverId: 'home/1', signal: 'start' });
    expect(done).toEqual(['server.acceptEula', 'power.send']);
  });

  it('probes an address, and is still enough for its own target', async () => {
    const { call, press, done } = setUp();
    press();
    await call('panel.probe', { url: 'panel.example' });
    expect(await call('clipboard.take')).toBe('done');
    expect(done).toEqual(['panel.probe', 'clipboard.take']);
  });

  it('opens the page of a probed panel, and no other', async () => {
    const { call, press } = setUp({ isAgreed: true });
    press();
    expect(await call('panel.openKeyPage')).toBe('forbidden');
    expect(await call('panel.probe', { url: 'panel.example' })).toBe('done');
    press();
    expect(await call('panel.openKeyPage', { panelUrl: 'https://panel.example', kind: 'pelican' })).toBe(
      'done',
    );
  });

  it('allows a long run of commands to one server', async () => {
    const { call, press, clock, done } = setUp();
    press();
    for (let at = 0; at < 100; at++) {
      await clock.advance(1150);
      expect(await call('command.send')).toBe('done');
    }
    expect(await call('command.send', { serverId: 'home/other', command: 'stop' })).toBe('forbidden');
    expect(done).toHaveLength(100);
  });
});

it('settings without power need no press', async () => {
  const { call } = setUp();
  expect(await call('settings.update', { theme: 'dark', confirmStop: true })).toBe('done');
});

it('the warning text is saved after the players were warned, and at no other time', async () => {
  const { call, press, clock } = setUp();
  const restartWarning = { minutes: 10, message: null, commands: { 'home/1': 'op mallory {text}' } };
  expect(await call('settings.update', { restartWarning })).toBe('forbidden');
  press();
  expect(await call('warned.begin')).toBe('done');
  await clock.advance(20_000);
  expect(await call('settings.update', { restartWarning })).toBe('done');
  const others: Partial<Settings>[] = [
    { snippets: [{ id: '1', name: 'x', command: 'op' }] },
    { confirmStop: false },
    { theme: 'dark' },
  ];
  for (const other of others) {
    expect(await call('settings.update', { restartWarning, ...other })).toBe('forbidden');
  }
});

it('cancelling while Perch connects removes the new panel again', async () => {
  const { call, press, clock, questions } = setUp();
  press();
  await call('accounts.add', { url: 'https://panel.new', key: 'ptlc_typed', keep: 'keychain' });
  await clock.advance(10_000);
  expect(await call('accounts.remove', { accountId: 'new' })).toBe('done');
  expect(questions).toEqual([]);
});

it('at most thirty addresses are probed and forty keys tried in a minute', async () => {
  const { call, press, clock } = setUp();
  const ask = async (name: CallName, input: unknown): Promise<string> => {
    press();
    return call(name, input);
  };
  for (let at = 0; at < 30; at++) expect(await ask('panel.probe', { url: `10.0.0.${at}` })).toBe('done');
  expect(await ask('panel.probe', { url: '10.0.0.30' })).toBe('rate-limited');
  const add = { key: 'ptlc_typed', keep: 'memory' };
  for (let at = 0; at < 40; at++)
    expect(await ask('accounts.add', { url: `10.0.0.${at}`, ...add })).toBe('done');
  expect(await ask('accounts.add', { url: '10.0.0.40', ...add })).toBe('rate-limited');
  await clock.advance(60_000);
  expect(await ask('panel.probe', { url: '10.0.0.30' })).toBe('done');
});

it('a window learns only the id of a new panel', () => {
  expect(calls['accounts.add'].output.parse(anAccount({ id: 'new' }))).toEqual({ id: 'new' });
});

it('the text of each question comes from the message file', async () => {
  for (const name of guarded) {
    const { call, questions } = setUp();
    await call(name);
    for (const { message, detail } of questions) expect(`${message}${detail}`).not.toMatch(/guard\.|\{/);
  }
  expect(inEnglish({ id: 'guard.ask' })).toBe('Did you just do this in Perch?');
});
