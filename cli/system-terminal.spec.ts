import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemTerminal } from './system-terminal.js';

let folder: string;
let opened: number[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-terminal-'));
  opened = [];
});

afterEach(() => {
  for (const fd of opened) closeSync(fd);
  rmSync(folder, { recursive: true, force: true });
});

function open(name: string, flags: string): number {
  const fd = openSync(join(folder, name), flags);
  opened.push(fd);
  return fd;
}

/** A terminal whose input holds this text, and whose outputs are files. */
function aTerminal(input: string | Buffer = '', shown: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  writeFileSync(join(folder, 'in'), input);
  const fds = { in: open('in', 'r'), out: open('out', 'w'), err: open('err', 'w') };
  const terminals = shown.map((name) => fds[name as keyof typeof fds]);
  const terminal = systemTerminal(env, {
    input: fds.in,
    output: fds.out,
    errors: fds.err,
    isTerminal: (fd) => terminals.includes(fd),
  });
  const written = (name: 'out' | 'err'): string => readFileSync(join(folder, name), 'utf8');
  return { terminal, fds, written };
}

describe('the terminal of the system', () => {
  it('writes a whole text, to the output or to the errors', () => {
    const { terminal, written } = aTerminal();
    const long = 'ä'.repeat(200_000);
    terminal.out(long);
    terminal.out('');
    terminal.err('wrong\n');
    expect(written('out')).toBe(long);
    expect(written('err')).toBe('wrong\n');
  });

  it('reads line by line, and a rest without a line end', () => {
    const { terminal } = aTerminal('yes\r\nä second line\nthe rest\nof it');
    expect(terminal.readLine()).toBe('yes\r\n');
    expect(terminal.readLine()).toBe('ä second line\n');
    expect(terminal.readAll()).toBe('the rest\nof it');
    expect([terminal.readLine(), terminal.readAll()]).toEqual(['', '']);
  });

  it('reads a character that is split between two pieces', () => {
    const text = `x${'ä'.repeat(70_000)}`;
    expect(aTerminal(text).terminal.readAll()).toBe(text);
  });

  it.each([
    [['in', 'out', 'err'], {}, { isShown: true, canAsk: true, hasColours: true }],
    [['in', 'err'], {}, { isShown: false, canAsk: true, hasColours: false }],
    [['out', 'err'], {}, { isShown: true, canAsk: false, hasColours: true }],
    [['in', 'out'], {}, { isShown: true, canAsk: false, hasColours: true }],
    [['out'], { NO_COLOR: '1' }, { isShown: true, canAsk: false, hasColours: false }],
    [['out'], { NO_COLOR: '' }, { isShown: true, canAsk: false, hasColours: true }],
    [['out'], { TERM: 'dumb' }, { isShown: true, canAsk: false, hasColours: false }],
    [['out'], { TERM: 'xterm' }, { isShown: true, canAsk: false, hasColours: true }],
    [[], {}, { isShown: false, canAsk: false, hasColours: false }],
  ])('with %j as terminals and the environment %j is %j', (shown, env, expected) => {
    expect(aTerminal('', shown, env).terminal).toMatchObject(expected);
  });

  it('fails if an output cannot be written or an input cannot be read', () => {
    const { fds } = aTerminal();
    const isTerminal = (): boolean => false;
    const broken = systemTerminal({}, { input: fds.out, output: fds.in, errors: fds.in, isTerminal });
    expect(() => broken.out('text')).toThrow('EBADF');
    expect(() => broken.readAll()).toThrow('EBADF');
  });
});
