import { expect, it } from 'vitest';
import { SoakTime } from '../soak-time.js';
import { Wire } from './wire.js';

function aWire() {
  const time = new SoakTime(false);
  const arrived: string[] = [];
  const state = { isCut: false };
  const wire = new Wire(time, 10, () => state.isCut);
  return { time, state, wire, arrived, send: (text: string) => wire.carry(() => void arrived.push(text)) };
}

it('data sent while the connection is cut arrives later, in order', async () => {
  const { time, state, wire, arrived, send } = aWire();
  state.isCut = true;
  send('first');
  await time.runUntil(1000);
  expect(arrived).toEqual([]);
  state.isCut = false;
  send('second');
  await time.runUntil(2000);
  expect(arrived).toEqual([]);
  wire.flush();
  expect(arrived).toEqual(['first', 'second']);
});

it('data is lost if the connection is reset', async () => {
  const { time, state, wire, arrived, send } = aWire();
  state.isCut = true;
  send('first');
  await time.runUntil(1000);
  wire.reset();
  state.isCut = false;
  wire.flush();
  expect(arrived).toEqual([]);
});
