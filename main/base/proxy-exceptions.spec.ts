import { describe, expect, it } from 'vitest';
import { proxyException } from './proxy-exceptions.js';

describe('proxyException', () => {
  it.each([
    ['Panel.Example.com.', { kind: 'name', name: 'panel.example.com', reach: 'itself', port: null }],
    ['*.bücher.example:443', { kind: 'name', name: 'xn--bcher-kva.example', reach: 'below', port: 443 }],
    ['.lan', { kind: 'name', name: 'lan', reach: 'both', port: null }],
    ['my_host', { kind: 'name', name: 'my_host', reach: 'itself', port: null }],
    ['10.0.0.0/8:8080', { kind: 'address', family: 'ipv4', address: '10.0.0.0', prefix: 8, port: 8080 }],
    ['0.0.0.0/0', { kind: 'address', family: 'ipv4', address: '0.0.0.0', prefix: 0, port: null }],
    ['[FD00::1]:443', { kind: 'address', family: 'ipv6', address: 'fd00::1', prefix: 128, port: 443 }],
    ['::1', { kind: 'address', family: 'ipv6', address: '::1', prefix: 128, port: null }],
    ['*', { kind: 'all', port: null }],
    [' <Local> ', { kind: 'local', port: null }],
  ])('understands %s', (entry, exception) => {
    expect(proxyException(entry)).toEqual(exception);
  });

  it.each([
    ...['', '.', '*.', '10.0.0.7/', '10.0.0.0/33', '10.0.0.0/x', 'fd00::/129', '10.0.0', '10.7', '10.0.0.*'],
    ...[
      '300.1.1.1',
      '*.10.0.0.7',
      'panel*',
      'http://panel.example.com',
      'panel/',
      'a@b',
      'a b',
      'a:b',
      'a:0',
    ],
    ...['a:65536', '[fd00::1', 'fd00:::1', 'fd00::1%eth0', 'a?b', '<none>'],
  ])('does not understand %j', (entry) => {
    expect(proxyException(entry)).toBeNull();
  });
});
