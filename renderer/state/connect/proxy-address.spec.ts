import { describe, expect, it } from 'vitest';
import { proxyAddress } from './proxy-address.js';

describe('an address of a proxy', () => {
  it.each([
    ['http://olive:secret@proxy.example.com:3128', 'http', 'proxy.example.com', '3128', 'olive', 'secret'],
    [' https://proxy.example.com/ ', 'https', 'proxy.example.com', '443', null, null],
    ['http://proxy.example.com', 'http', 'proxy.example.com', '80', null, null],
    ['SOCKS5://proxy:1080', 'socks5', 'proxy', '1080', null, null],
    ['socks5h://proxy', 'socks5', 'proxy', '1080', null, null],
    ['olive@proxy.example.com', null, 'proxy.example.com', null, 'olive', null],
    ['proxy.example.com:3128', null, 'proxy.example.com', '3128', null, null],
    ['[fd00::1]:3128', null, 'fd00::1', '3128', null, null],
    ['http://o%40p:a%3Ab:c@d@proxy:1', 'http', 'proxy', '1', 'o@p', 'a:b:c@d'],
    ['http://olive:100%@proxy:1', 'http', 'proxy', '1', 'olive', '100%'],
  ])('%s', (text, kind, host, port, user, password) => {
    expect(proxyAddress(text)).toEqual({ kind, host, port, user, password });
  });

  it.each([
    '',
    'proxy.example.com',
    'fd00::1',
    'ftp://proxy:21',
    'http://',
    'two words:80',
    'http://proxy/path',
  ])('%j contains only a host', (text) => {
    expect(proxyAddress(text)).toBeNull();
  });
});
