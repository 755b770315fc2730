import { describe, expect, it } from 'vitest';
import { isLogService, logServiceAddress, logServiceHost, usualLogService } from './log-service.js';

describe('logServiceAddress', () => {
  it.each([
    ['api.mclo.gs', 'https://api.mclo.gs'],
    ['  HTTPS://Logs.Example:8443/api/ ', 'https://logs.example:8443/api'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['http://localhost', 'http://localhost'],
    ['https://[2001:db8::7]:8443', 'https://[2001:db8::7]:8443'],
    [usualLogService, usualLogService],
  ])('keeps %s as %s', (typed, kept) => {
    expect(logServiceAddress(typed)).toBe(kept);
    expect(isLogService(kept)).toBe(true);
  });

  it.each([
    '',
    'http://logs.example',
    'http://127.0.0.1.evil.example',
    'ftp://logs.example',
    'https://user:word@logs.example',
    'https://logs.example?x=1',
    'https://logs.example/#a',
    'https://logs.example/a b',
    'https://logs.example/%2e%2e',
    'javascript://x',
  ])('refuses %s', (typed) => {
    expect(logServiceAddress(typed)).toBeNull();
  });
});

it('shows host and port of a service', () => {
  expect(logServiceHost('https://logs.example:8443/api')).toBe('logs.example:8443');
});
