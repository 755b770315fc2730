import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { NodeAddresses } from './node-addresses.js';

const old = (server: string) => `wss://old.example.com:8080/api/servers/${server}/ws`;
const right = (server: string) => `wss://new.example.com:8080/api/servers/${server}/ws`;

describe('NodeAddresses', () => {
  it('lets one server of a node ask in 20 s', async () => {
    const clock = new FakeClock();
    const addresses = new NodeAddresses(clock);
    const held = clock.now();
    expect(['a', 'b', 'c'].map((id) => addresses.isDoubtful(old(id), held))).toEqual([true, false, false]);
    expect(addresses.isDoubtful(right('d'), held)).toBe(true);
    await clock.advance(19_999);
    expect(addresses.isDoubtful(old('b'), held)).toBe(false);
    await clock.advance(1);
    expect(addresses.isDoubtful(old('b'), held)).toBe(true);
  });

  it('lets all servers ask whose address is older than the newest answer', async () => {
    const clock = new FakeClock();
    const addresses = new NodeAddresses(clock);
    const held = clock.now();
    await clock.advance(5000);
    addresses.isDoubtful(old('a'), held);
    addresses.told(old('a'), right('a'));
    expect(['b', 'c'].map((id) => addresses.isDoubtful(old(id), held))).toEqual([true, true]);
    await clock.advance(1);
    expect(addresses.isDoubtful(old('b'), clock.now())).toBe(false);
  });

  it('does not take another server of the node for a move', () => {
    const clock = new FakeClock();
    const addresses = new NodeAddresses(clock);
    addresses.isDoubtful(old('a'), 0);
    addresses.told(old('a'), old('b'));
    expect(addresses.isDoubtful(old('a'), 0)).toBe(false);
  });
});
