import { expect, it, vi } from 'vitest';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { send } from './send.js';

function setUp() {
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
    client: { kind: 'program' as const, name: 'Robot' },
    event: () => undefined,
    ended: new Promise<void>(() => undefined),
    isEnded: false,
  };
  const input = { name: server.name, command: 'list', isAgreed: false };
  return { sent, demand, call, ask: () => send(deps, input, call) };
}

it('sends what the person has allowed', async () => {
  const { sent, demand, ask } = setUp();
  await ask();
  expect(demand).toHaveBeenCalledOnce();
  expect(sent).toHaveBeenCalledOnce();
});

it('asks nobody for a program that has gone', async () => {
  const { sent, demand, call, ask } = setUp();
  call.isEnded = true;
  await expect(ask()).rejects.toThrow('cancelled');
  expect(demand).not.toHaveBeenCalled();
  expect(sent).not.toHaveBeenCalled();
});

it('sends nothing for a program that went while the person was asked', async () => {
  const { sent, demand, call, ask } = setUp();
  demand.mockImplementation(() => {
    call.isEnded = true;
    return Promise.resolve();
  });
  await expect(ask()).rejects.toThrow('cancelled');
  expect(sent).not.toHaveBeenCalled();
});
