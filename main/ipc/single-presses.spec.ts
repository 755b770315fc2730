import { expect, it } from 'vitest';
import type { CallName, HandlerInput } from '../../bridge/schema/contract.js';
import { aSharedLog, someSettings } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { Guard } from './guard.js';
import { Presses } from './presses.js';

const caller = { webContentsId: 7 };
const log = { serverId: 'home/1', title: 'Console', text: 'x', service: 'https://logs.example' };

function setUp() {
  const clock = new FakeClock();
  const presses = new Presses(clock);
  const fleet = { servers: new Map(), accounts: new Map() };
  const groups = ['ruled', 'free'].map((id) => ({ id, name: id, isCollapsed: false, serverIds: ['home/1'] }));
  const rules = [{ target: { kind: 'group', groupId: 'ruled' } as const }];
  const guard = new Guard({
    clock,
    presses,
    ask: () => Promise.resolve(false),
    isAssisted: () => false,
    known: () => ({ fleet, settings: someSettings({ groups }), rules }),
    log: new FakeLog(),
  });
  const may = <N extends CallName>(name: N, input: HandlerInput<N>): Promise<boolean> =>
    guard.demand(name, input, caller).then(
      () => true,
      () => false,
    );
  return { guard, clock, may, press: () => presses.seen(7) };
}

it('allows one shared log for a press, and then the copy of its link', async () => {
  const { guard, clock, may, press } = setUp();
  expect(await may('sharing.send', log)).toBe(false);
  press();
  expect(await may('sharing.send', log)).toBe(true);
  expect(await may('clipboard.write', { text: 'x' })).toBe(false);
  await clock.advance(20_000);
  guard.answered('sharing.send', aSharedLog(), caller);
  expect(await may('clipboard.write', { text: 'https://logs.example/a' })).toBe(true);
  expect(await may('sharing.send', log)).toBe(false);
});

it('puts a server into the group of a rule only after a press', async () => {
  const { may, press } = setUp();
  const patch = (id: string, ...serverIds: string[]) => ({
    groups: [{ id, name: id, isCollapsed: false, serverIds }],
  });
  expect(await may('settings.update', patch('ruled', 'home/1', 'home/2'))).toBe(false);
  expect(await may('settings.update', patch('ruled'))).toBe(true);
  expect(await may('settings.update', patch('free', 'home/1', 'home/2'))).toBe(true);
  press();
  expect(await may('settings.update', patch('ruled', 'home/1', 'home/2'))).toBe(true);
});

it('allows another log service only after a press', async () => {
  const { may, press } = setUp();
  const patch = { logService: 'https://attacker.example' };
  expect(await may('settings.update', patch)).toBe(false);
  press();
  expect(await may('settings.update', patch)).toBe(true);
});

const format = { encoding: 'utf-8', bom: false } as const;
const moves: HandlerInput<'files.move'>['moves'] = [];
const inFolder = { serverId: 'home/1', folder: '/' };
const copies = { ...inFolder, names: ['a'], to: '/b' };
const text = { serverId: 'home/1', path: '/a', text: '', format };

it.each([
  ['files.create', { ...inFolder, name: 'a' }, { ...inFolder, name: 'a', replace: true }],
  ['files.move', { ...inFolder, moves }, { ...inFolder, moves, replace: true }],
  ['files.copyTo', { ...copies }, { ...copies, replace: true }],
  ['files.unpack', { ...inFolder, name: 'a.zip' }, { ...inFolder, name: 'a.zip', replace: true }],
  [
    'files.pull',
    { ...inFolder, url: 'https://a.example/b', name: 'b' },
    { ...inFolder, url: 'https://a.example/b', name: 'b', replace: true },
  ],
  ['texts.save', { ...text, version: 'a'.repeat(64) }, { ...text, version: null }],
] as const)('allows one replacement for a press: %s', async (name, careful, replacing) => {
  const { may, press } = setUp();
  press();
  expect(await may(name, careful)).toBe(true);
  expect(await may(name, careful)).toBe(true);
  expect(await may(name, replacing)).toBe(false);
  press();
  expect(await may(name, replacing)).toBe(true);
  expect(await may(name, replacing)).toBe(false);
  press();
  expect(await may(name, replacing)).toBe(true);
});
