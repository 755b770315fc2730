import dns from 'node:dns';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isClosedAddress } from './closed-addresses.js';
import { Dialer } from './dialer.js';
import { openTcp } from './open-tcp.js';

it.each([
  '169.254.169.254',
  '169.254.0.1',
  '100.100.100.200',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  'fe80::1',
  'fe80::1%eth0',
  'fd00:ec2::254',
  '224.0.0.1',
  'ff02::1',
])('%s is closed', (address) => {
  expect(isClosedAddress(address)).toBe(true);
});

it.each(['127.0.0.1', '192.168.1.5', '10.0.0.1', '100.64.0.1', '::1', 'fd00::1', '1.1.1.1', 'panel.example'])(
  '%s is open',
  (address) => {
    expect(isClosedAddress(address)).toBe(false);
  },
);

it.each(['DIRECT', 'PROXY 127.0.0.1:9'])('no connection is made to closed addresses, by %s', async (way) => {
  const dialer = new Dialer({ resolve: () => Promise.resolve(way), forget: () => undefined });
  for (const url of ['http://169.254.169.254/', 'https://[fe80::1]/', 'http://2852039166/']) {
    const trust = { agreed: () => null, outgrown: () => undefined };
    await expect(dialer.dial(new URL(url), trust)).rejects.toThrow('where no panel is');
  }
});

describe('a name that leads there', () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    ['alone', ['169.254.169.254']],
    ['beside another', ['127.0.0.1', 'fe80::1']],
  ])('is not connected to: %s', async (_how, addresses) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    // Looks names up as node:net does: the answer comes asynchronously.
    const lookup = (_host: string, _options: object, done: (...answer: unknown[]) => void): void =>
      queueMicrotask(() => done(null, found));
    vi.spyOn(dns, 'lookup').mockImplementation(lookup as unknown as typeof dns.lookup);
    const signal = AbortSignal.timeout(5000);
    await expect(openTcp({ host: 'metadata.invalid', port: 9 }, signal)).rejects.toThrow('where no panel is');
  });
});
