import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Commands } from './commands.js';
import { PROFILES } from './profiles.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function console() {
  const lines: string[] = [];
  const commands = new Commands(PROFILES.survival, 'stop', {
    print: (...printed) => void lines.push(...printed),
    write: () => undefined,
    scene: () => ({ name: 'Survival', seconds: 0, players: [], slots: 20 }),
    stop: () => undefined,
    join: (player) => void lines.push(`+ ${player}`),
    leave: (player) => void lines.push(`- ${player}`),
    moderate: () => false,
    ail: (name) => name === 'eula',
  });
  return { lines, commands };
}

test('a flood prints so many lines in each second, numbered and with their time, then says that it is over', () => {
  const { lines, commands } = console();
  commands.run('flood 500 2');
  vi.advanceTimersByTime(1000);
  expect(lines.length).toBeGreaterThan(480);
  expect(lines.length).toBeLessThanOrEqual(500);
  vi.advanceTimersByTime(1100);
  expect(lines).toHaveLength(1001);
  expect(lines[0]).toMatch(/^flood 1 \d{13}$/);
  expect(lines[999]).toMatch(/^flood 1000 \d{13}$/);
  expect(lines[1000]).toContain('The flood is over after 1000 lines');
  vi.advanceTimersByTime(5000);
  expect(lines).toHaveLength(1001);
});

test('ail reports an unknown ailment', () => {
  const { lines, commands } = console();
  commands.run('ail of-nothing');
  expect(lines.at(-1)).toContain('Unknown command');
});

test('saving is switched as in Minecraft', () => {
  const { lines, commands } = console();
  for (const line of ['save-off', 'save-off', 'save-all flush', 'save-on', 'save-on']) commands.run(line);
  expect(lines.map((line) => line.slice(line.indexOf(']: ') + 3))).toEqual([
    'Automatic saving is now disabled',
    'Saving is already turned off',
    'Saving the game (this may take a moment!)',
    'Saved the game',
    'Automatic saving is now enabled',
    'Saving is already turned on',
  ]);
});

test('players join and leave by name, or all at once', () => {
  const { lines, commands } = console();
  for (const line of ['join Wren', 'leave Wren', 'leave']) commands.run(line);
  expect(lines).toEqual(['+ Wren', '- Wren', '- ']);
});
