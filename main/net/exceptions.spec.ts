import { describe, expect, it } from 'vitest';
import { isExcepted } from './exceptions.js';

const isAbout = (entry: string, address: string): boolean => isExcepted(new URL(address), [entry]);

describe('exceptions', () => {
  it.each([
    ['panel.example.com', 'https://panel.example.com'],
    ['Panel.Example.com', 'https://PANEL.example.com:8443'],
    ['*.example.com', 'wss://node.example.com:8080'],
    ['.example.com', 'https://a.b.example.com'],
    ['.example.com', 'https://example.com'],
    ['*', 'https://anything.example'],
    ['*', 'https://10.1.2.3'],
    ['<local>', 'http://panel'],
    ['10.0.0.7', 'http://10.0.0.7:81'],
    ['10.0.0.0/8', 'wss://10.200.3.4:8080'],
    ['fd00::/8', 'https://[fd12::7]'],
    ['[fd12::7]', 'https://[fd12::7]:8443'],
    ['panel.example.com:8443', 'https://panel.example.com:8443'],
    ['[fd12::7]:8443', 'https://[fd12::7]:8443'],
    ['panel.example.com:443', 'https://panel.example.com'],
    ['panel.example.com:443', 'wss://panel.example.com'],
    ['panel.example.com:80', 'http://panel.example.com'],
    ['*:80', 'ws://panel.example.com'],
    ['[fd00::1]:443', 'https://[fd00::1]'],
    ['[fd00::]/8', 'https://[fd00::1]'],
    ['bücher.example', 'https://bücher.example'],
    ['*.BÜCHER.example', 'https://panel.bücher.example'],
    ['.bücher.example', 'https://bücher.example'],
    ['panel.example.com.', 'https://panel.example.com'],
    ['panel.example.com', 'https://panel.example.com.'],
    ['.example.com.', 'https://panel.example.com'],
  ])('%s matches %s', (entry, address) => {
    expect(isAbout(entry, address)).toBe(true);
  });

  it.each([
    ['panel.example.com', 'https://node.example.com'],
    ['example.com', 'https://panel.example.com'],
    ['*.example.com', 'https://example.com'],
    ['.example.com', 'https://badexample.com'],
    ['<local>', 'https://panel.example.com'],
    ['<local>', 'https://10.0.0.7'],
    ['10.0.0.0/8', 'https://11.0.0.1'],
    ['10.0.0.0/8', 'https://10.example.com'],
    ['10.0.0.0/99', 'https://10.0.0.1'],
    ['10.0.0.0/x', 'https://10.0.0.1'],
    ['fd00::/8', 'https://10.0.0.1'],
    ['panel.example.com:8443', 'https://panel.example.com'],
    ['panel.example.com:443', 'http://panel.example.com'],
    ['panel.example.com:80', 'https://panel.example.com'],
    ['10.0.0.7/', 'https://10.0.0.1'],
    ['10.0.0.7/', 'https://10.0.0.7'],
    ['10.0.0.0/-1', 'https://10.0.0.0'],
    ['10.0.0.0/0x8', 'https://10.0.0.0'],
    ['10.0.0.0/8/8', 'https://10.0.0.0'],
    ['', 'https://panel.example.com'],
    ['nonsense/', 'https://nonsense'],
  ])('%s does not match %s', (entry, address) => {
    expect(isAbout(entry, address)).toBe(false);
  });

  it.each([
    'http://localhost:8800',
    'http://127.0.0.1:8800',
    'http://127.9.9.9',
    'ws://[::1]:8080',
    'http://a.localhost',
  ])('loopback is always excepted: %s', (address) => {
    expect(isExcepted(new URL(address), [])).toBe(true);
  });
});
