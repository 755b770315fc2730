import { expect, it, vi } from 'vitest';
import { manyCalls } from './calls.js';

function setUp() {
  const bulk = { start: vi.fn(), cancel: vi.fn(), dismiss: vi.fn() };
  const warned = { begin: vi.fn(() => Promise.resolve()), callOff: vi.fn(), dismiss: vi.fn() };
  return { bulk, warned, calls: manyCalls({ bulk, warned }) };
}

it('the calls start, cancel and dismiss a bulk action', () => {
  const { calls, bulk } = setUp();
  calls['bulk.start']({ serverIds: ['home/1'], action: 'start', waitsForEach: true });
  calls['bulk.cancel']();
  calls['bulk.dismiss']();
  expect(bulk.start).toHaveBeenCalledExactlyOnceWith(['home/1'], 'start', {
    waitsForEach: true,
    quietly: false,
  });
  expect(bulk.cancel).toHaveBeenCalledOnce();
  expect(bulk.dismiss).toHaveBeenCalledOnce();
});

it('the calls cancel and dismiss the warned restart of the named server', async () => {
  const { calls, warned } = setUp();
  const wanted = { serverId: 'home/1', seconds: 60, message: 'in {time}', command: 'say {text}' };
  await calls['warned.begin'](wanted);
  await calls['warned.callOff']({ serverId: 'home/1' });
  calls['warned.dismiss']({ serverId: 'home/2' });
  expect(warned.begin).toHaveBeenCalledExactlyOnceWith(wanted);
  expect(warned.callOff).toHaveBeenCalledExactlyOnceWith('home/1');
  expect(warned.dismiss).toHaveBeenCalledExactlyOnceWith('home/2');
});
