import { expect, it } from 'vitest';
import { isCleartextAddress, withEncryption } from './cleartext.js';

it.each([
  ['https://panel.example.com', false],
  ['panel.example.com', false],
  ['http://panel.example.com', true],
  [' HTTP://panel.example.com/sub', true],
  ['http://127.0.0.1:8080', false],
  ['http://localhost', false],
  ['http://[::1]:80/', false],
  ['http://localhost.example.com', true],
  ['http://127.0.0.1.example.com', true],
  ['http://', false],
])('a key would be sent unencrypted: %s %s', (address, expected) => {
  expect(isCleartextAddress(address)).toBe(expected);
});

it.each([
  ['http://panel.example.com', 'https://panel.example.com'],
  [' HTTP:panel.example.com/sub', ' https://panel.example.com/sub'],
  ['https://panel.example.com', 'https://panel.example.com'],
])('the address %s gets https', (address, encrypted) => {
  expect(withEncryption(address)).toBe(encrypted);
  expect(isCleartextAddress(encrypted)).toBe(false);
});
