import { expect, it } from 'vitest';
import { isClosedAddress } from './closed-addresses.js';
import { Dialer } from './dialer.js';

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

it.each(['DIRECT', 'PROXY 127.0.0.1:9'])('nothing is connected to there, by %s', async (way) => {
  const dialer = new Dialer({ proxies: { resolve: () => Promise.resolve(way), forget: () => undefined } });
  for (const url of ['http://169.254.169.254/', 'https://[fe80::1]/', 'http://2852039166/']) {
    const trust = { agreed: () => null, outgrown: () => undefined };
    await expect(dialer.dial(new URL(url), trust)).rejects.toThrow('where no panel is');
  }
});
