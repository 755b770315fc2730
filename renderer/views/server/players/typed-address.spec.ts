import { describe, expect, it } from 'vitest';
import type { Allocation, Server } from '../../../../bridge/schema/domain.js';
import { aServer } from '../../../../tests/support/entities.js';
import { typedAddress } from './typed-address.js';

const at = (port: number, alias: string | null = 'play.example.com', ip = '203.0.113.1'): Allocation => ({
  ip,
  alias,
  port,
  notes: null,
  isDefault: true,
});

function shown(
  allocations: Allocation[],
  service: { host: string; port: number } | null,
  fields: Partial<Server> = {},
) {
  const server = aServer({
    game: 'minecraft',
    sftp: { host: 'node.example.com', port: 2022 },
    allocations,
    ...fields,
  });
  const { text, note, isWarning } = typedAddress(server, { service }) ?? {};
  return [text, note, isWarning];
}

describe('typedAddress', () => {
  it('is the whole address until the name servers have answered, and for games without records', () => {
    const whole = { text: 'play.example.com:25565', note: null, isWarning: false };
    expect(typedAddress(aServer({ game: 'minecraft', allocations: [at(25_565)] }), null)).toEqual(whole);
    const rust = aServer({ game: 'rust', allocations: [at(25_565)] });
    expect(typedAddress(rust, { service: null })).toEqual(whole);
    expect(typedAddress(aServer({ allocations: [] }), { service: null })).toBeNull();
  });

  it('needs no port if the port is the usual one', () => {
    expect(shown([at(25_565)], null)).toEqual(['play.example.com', 'Players need no port.', false]);
    expect(shown([at(25_565, null)], null)).toEqual(['203.0.113.1', 'Players need no port.', false]);
    expect(shown([at(25_570)], null)).toEqual(['play.example.com:25570', null, false]);
    // A bare address of version 6 reads like a port.
    expect(shown([at(25_565, null, '2001:db8::1')], null)).toEqual(['[2001:db8::1]:25565', null, false]);
  });

  it.each([
    ['the name itself', 'play.example.com'],
    ['the name in other letters, with its full stop', 'Play.Example.com.'],
    ['the address', '203.0.113.1'],
    ['the node', 'node.example.com'],
  ])('needs no port if a record leads to the same port at %s', (_what, host) => {
    expect(shown([at(25_570)], { host, port: 25_570 })).toEqual([
      'play.example.com',
      `Players need no port: an SRV record sends them from play.example.com to ${host}:25570.`,
      false,
    ]);
  });

  it('accepts a record to a further allocation of the server', () => {
    const [text] = shown([at(25_565), at(25_570, 'mc.example.com')], {
      host: 'mc.example.com',
      port: 25_570,
    });
    expect(text).toBe('play.example.com');
  });

  it('warns of a record to a port that the server does not have', () => {
    expect(shown([at(25_565)], { host: 'play.example.com', port: 25_570 })).toEqual([
      'play.example.com:25565',
      'Without a port, players land elsewhere: an SRV record sends them to play.example.com:25570, and this server has no such port.',
      true,
    ]);
  });

  it('warns of a record to an unknown host at a port of the server', () => {
    expect(shown([at(25_570)], { host: 'other.example.net', port: 25_570 })).toEqual([
      'play.example.com:25570',
      'Without a port, an SRV record sends players to other.example.net:25570. Check whether this server is there.',
      true,
    ]);
  });
});
