import { describe, expect, it } from 'vitest';
import { gamePortOf } from './game-ports.js';

describe('gamePortOf', () => {
  it.each([
    ['play.example.com:25565', 25565],
    [' 203.0.113.7:27015 ', 27015],
    ['https://mc.example.com:25565/', 25565],
    ['[2001:db8::1]:19132', 19132],
    ['panel.example.com', null],
    ['https://panel.example.com:8443', null],
    ['https://panel.example.com/server/25565', null],
    ['https://panel.example.com/:25565', null],
    ['25565', null],
    ['', null],
  ])('knows %j', (address, port) => {
    expect(gamePortOf(address)).toBe(port);
  });
});
