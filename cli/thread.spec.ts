import { describe, expect, it } from 'vitest';
import { startedWords } from '../main/command-line.js';
import { commandWords } from './thread.js';

describe('commandWords', () => {
  it.each([
    ['list --json', 'list --json'],
    ['--no-sandbox list', 'list'],
    ['--ozone-platform=wayland --json list', '--json list'],
    ['--colour list', '--colour list'],
    ['--state=offline -q --no-sandbox wait A', '--state=offline -q wait A'],
    ['--help', '--help'],
    ['-V', '-V'],
    ['lst', 'lst'],
    ['send A -- --type=x', 'send A -- --type=x'],
    ['send A --no-sandbox', 'send A --no-sandbox'],
    ['--no-sandbox --help', '--help'],
    ['--no-sandbox --colour --version', '--colour --version'],
  ])('takes "%s" for the command line', (words, ours) => {
    expect(commandWords(words.split(' '))?.join(' ')).toBe(ours);
  });

  it.each(['', '--hidden', '--no-sandbox --hidden', 'perch://server/a/b', '--hidden perch://server/a/b'])(
    'leaves "%s" to the application',
    (words) => {
      expect(commandWords(words === '' ? [] : words.split(' '))).toBeNull();
    },
  );
});

describe('startedWords', () => {
  const started = { env: {}, execPath: '/opt/Perch/perch', appPath: '/opt/Perch/resources/app.asar' };

  it('of a package are all but the program', () => {
    const argv = ['/opt/Perch/perch', 'list'];
    expect(startedWords({ ...started, argv, isPackaged: true })).toEqual({
      words: ['list'],
      launch: { command: '/opt/Perch/perch', args: ['--hidden'] },
    });
    const env = { APPIMAGE: '/home/olive/Perch.AppImage', APPDIR: '/tmp/.mount_Perch1' };
    const execPath = '/tmp/.mount_Perch1/perch';
    expect(startedWords({ ...started, env, execPath, argv, isPackaged: true }).launch?.command).toBe(
      env.APPIMAGE,
    );
  });

  it('in a checkout are the words after its folder', () => {
    const argv = ['/electron', '--no-sandbox', '/checkout', 'list'];
    const words = startedWords({
      ...started,
      execPath: '/electron',
      appPath: '/checkout',
      argv,
      isPackaged: false,
    });
    expect(words).toEqual({
      words: ['list'],
      launch: { command: '/electron', args: ['--no-sandbox', '/checkout', '--hidden'] },
    });
  });
});
