import { describe, expect, it } from 'vitest';
import { daemonText } from './daemon-lines.js';

const line = '\u001b[33m\u001b[1m[Pterodactyl Daemon]:\u001b[39m Exit code: 1\u001b[0m';

describe('daemonText', () => {
  it.each(['Pterodactyl', 'pelican', 'My Host [EU] Daemon', 'ü'])('knows the app name %s', (name) => {
    expect(daemonText(line.replace('Pterodactyl', name))).toBe('Exit code: 1');
  });

  it.each([
    ['without its end', line.slice(0, -4)],
    ['with more behind it', `${line} `],
    ['with something before it', `x${line}`],
    ['without bold', line.replace('\u001b[1m', '')],
    ['in another colour', line.replace('[33m', '[31m')],
    ['without a name', line.replace('Pterodactyl', '')],
    ['with an endless name', line.replace('Pterodactyl', 'x'.repeat(500))],
    ['without escape sequences', '[Pterodactyl Daemon]: Exit code: 1'],
  ])('rejects a line %s as a daemon line', (_, text) => {
    expect(daemonText(text)).toBeNull();
  });
});
