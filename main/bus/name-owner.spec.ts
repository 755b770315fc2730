import { expect, it } from 'vitest';
import type { BusSignal } from './bus-wire.js';
import { ownerChange, busNameOwner } from './name-owner.js';

const told: BusSignal = {
  sender: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'NameOwnerChanged',
  args: ['org.example.Name', ':1.7', ''],
};

it('the bus reports the owner of a name', () => {
  expect(ownerChange(told, 'org.example.Name')).toEqual({ before: ':1.7', now: '' });
});

it.each<[string, Partial<BusSignal>]>([
  ['another program', { sender: ':1.9' }],
  ['another interface', { interface: 'org.example.DBus' }],
  ['another member', { member: 'NameAcquired' }],
  ['another name', { args: ['org.example.Other', '', ':1.7'] }],
])('a change of owner from %s is ignored', (_what, fields) => {
  expect(ownerChange({ ...told, ...fields }, 'org.example.Name')).toBeNull();
});

it('the owner is asked for, and an answer without an owner is ignored', async () => {
  const bus = { call: () => Promise.resolve([':1.7']) };
  expect(await busNameOwner(bus, 'org.example.Name')).toBe(':1.7');
  await expect(busNameOwner({ call: () => Promise.resolve([]) }, 'org.example.Name')).rejects.toThrow(
    'no owner',
  );
});
