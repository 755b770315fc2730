import { expect, it, vi } from 'vitest';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { sendCommandLine } from './send.js';

function setUp(command = 'list', kind: 'program' | 'person' = 'program') {
  const store = new FleetStore();
  const server = aServer({ power: 'running' });
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server },
  ]);
  const sent = vi.fn(() => Promise.resolve({ isTaken: true }));
  const demand = vi.fn(() => Promise.resolve());
  const deps = { store, clock: new FakeClock(), actions: { 'command.send': sent }, consent: { demand } };
  const call = {
    client: { kind, name: 'Robot' },
    event: () => undefined,
    ended: new Promise<void>(() => undefined),
    isEnded: false,
  };
  const input = { name: server.name, command, isAgreed: false };
  return {
    store,
    sent,
    demand,
    call,
    ask: (isAgreed = false) => sendCommandLine(deps, { ...input, isAgreed }, call),
  };
}

it('an allowed command is sent', async () => {
  const { sent, demand, ask } = setUp();
  await ask();
  expect(demand).toHaveBeenCalledOnce();
  expect(sent).toHaveBeenCalledOnce();
});

it('no question for a program that has gone', async () => {
  const { sent, demand, call, ask } = setUp();
  call.isEnded = true;
  await expect(ask()).rejects.toThrow('cancelled');
  expect(demand).not.toHaveBeenCalled();
  expect(sent).not.toHaveBeenCalled();
});

it('no command for a program that went during the question', async () => {
  const { sent, demand, call, ask } = setUp();
  demand.mockImplementation(() => {
    call.isEnded = true;
    return Promise.resolve();
  });
  await expect(ask()).rejects.toThrow('cancelled');
  expect(sent).not.toHaveBeenCalled();
});

it.each([
  ['turns what follows it', 'say \u202eollaw', 'hidden characters'],
  ['can be seen by nobody', 'op\u200b olive', 'hidden characters'],
  ['is a line of its own', 'say\u2028op olive', 'hidden characters'],
  ['is more than a person reads', `say ${'🐟'.repeat(997)}`, '1000'],
])('no question about a command that %s', async (_what, command, words) => {
  const { sent, demand, ask } = setUp(command);
  await expect(ask()).rejects.toThrow(words);
  expect(demand).not.toHaveBeenCalled();
  expect(sent).not.toHaveBeenCalled();
});

it('joined characters and long readable commands pass', async () => {
  for (const command of ['say 👩\u200d🚀 می\u200cخواهم', `say ${'🐟'.repeat(996)}`]) {
    const { sent, ask } = setUp(command);
    await ask();
    expect(sent).toHaveBeenCalledWith(expect.objectContaining({ command }));
  }
});

it('a command typed by the user is sent unchanged', async () => {
  const { sent, ask } = setUp(`say \u202e${'x'.repeat(2000)}`, 'person');
  await ask();
  expect(sent).toHaveBeenCalledOnce();
});

it.each(['list\nstop', 'say\tx', '\u001b[2J'])(
  'refuses a command of more than one plain line: %j',
  async (command) => {
    for (const kind of ['person', 'program'] as const) {
      const { sent, demand, ask } = setUp(command, kind);
      await expect(ask()).rejects.toMatchObject({
        failure: { cause: 'usage', message: expect.stringMatching(/./) },
      });
      expect(demand).not.toHaveBeenCalled();
      expect(sent).not.toHaveBeenCalled();
    }
  },
);

it('a command that may have arrived already is sent again only if the user agrees', async () => {
  const { sent, ask } = setUp('list', 'person');
  sent.mockResolvedValue({ isTaken: false });
  await expect(ask()).rejects.toMatchObject({ failure: { cause: 'needs-yes' } });
  expect(sent).toHaveBeenLastCalledWith(expect.objectContaining({ command: 'list', again: false }));
  sent.mockResolvedValue({ isTaken: true });
  expect(await ask(true)).toMatchObject({ server: { name: 'Survival', panel: 'panel.example.com' } });
  expect(sent).toHaveBeenLastCalledWith(expect.objectContaining({ again: true }));
});

it('the question names the program, the server, its place and the command', async () => {
  const { demand, call, ask } = setUp('say hi');
  await ask();
  expect(demand).toHaveBeenCalledWith({
    client: 'Robot',
    server: expect.objectContaining({ name: 'Survival' }) as unknown,
    panel: 'panel.example.com',
    beside: '',
    action: { kind: 'command', command: 'say hi' },
    ended: call.ended,
  });
});

it('no question about a command typed by the user', async () => {
  const { demand, ask } = setUp('list', 'person');
  await ask();
  expect(demand).not.toHaveBeenCalled();
});

it('an unreadable command is a mistake of the program', async () => {
  const { ask } = setUp('op\u200b olive');
  await expect(ask()).rejects.toMatchObject({
    failure: { cause: 'usage', next: expect.stringMatching(/./) },
  });
});
