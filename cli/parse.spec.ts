import { describe, expect, it, vi } from 'vitest';
import { say } from '../messages/messages.js';
import type { RemoteError } from '../bridge/remote/remote-error.js';
import { count, parse } from './parse.js';
import { verbs } from './verbs.js';

function asked(text: string) {
  return parse(text === '' ? [] : text.split(' '));
}

function read(text: string) {
  const found = asked(text);
  if (found.kind !== 'verb') throw new Error('It is no verb.');
  return { verb: found.verb.name, args: found.args, plain: found.plain, options: found.options };
}

function message(text: string): string {
  try {
    parse(text.split(' '));
  } catch (error) {
    const { cause, message: said } = (error as RemoteError).failure;
    expect(cause).toBe('usage');
    return said;
  }
  throw new Error('It was understood.');
}

describe('parse', () => {
  it('reads verb, names and options in any order', () => {
    const wanted = { verb: 'restart', args: ['A', 'B'], options: { yes: true, json: true } };
    for (const text of ['restart A B --yes --json', '--json restart -y A B', 'restart --json A -y B']) {
      expect(read(text)).toMatchObject(wanted);
    }
  });

  it('reads values, and options that prevent a start', () => {
    expect(read('wait A --state offline -t 5 --no-start').options).toEqual({
      state: 'offline',
      timeout: '5',
      'no-start': true,
      json: undefined,
    });
    expect(read('wait A').options).toMatchObject({ 'no-start': undefined });
  });

  it('treats words after two dashes as no options', () => {
    expect(read('send A -- --yes --help')).toMatchObject({
      args: ['A', '--yes', '--help'],
      options: { yes: undefined },
    });
  });

  it('treats a single dash as a word, and knows whether it came after two', () => {
    expect(read('send A -')).toMatchObject({ args: ['A', '-'], plain: 0 });
    expect(read('send A -- -')).toMatchObject({ args: ['A', '-'], plain: 1 });
    expect(read('--json send -- A -')).toMatchObject({ args: ['A', '-'], plain: 2 });
  });

  it.each([
    ['', null],
    ['--help', null],
    ['help', null],
    ['help stop', 'stop'],
    ['stop --help', 'stop'],
    ['stop -h', 'stop'],
  ])('helps with "%s"', (text, verb) => {
    expect(asked(text)).toEqual({ kind: 'help', verb: verbs.find(({ name }) => name === verb) ?? null });
  });

  it.each([
    ['lst', 'There is no command “lst”.'],
    ['help lst', 'There is no command “lst”.'],
    ['list --colour', '--colour is not an option here.'],
    ['stop', 'NAME is missing.'],
    ['wait A --state', '--state needs a value.'],
    ['wait A --state dead', '“dead” is not one of: running, offline, starting, stopping, crashed.'],
    ['logs A B', 'Too many arguments for logs.'],
    ['completion csh', '“csh” is not one of: bash, zsh, fish.'],
    ['--colour', '--colour is not an option here.'],
    ['--colour list', '--colour is not an option here.'],
    ['--lines=5 list', '--lines=5 is not an option here.'],
  ])('explains the fault of "%s"', (text, said) => {
    expect(message(text)).toContain(said);
  });

  it('accepts counts within bounds only', () => {
    const bounds = { least: 1, most: 10 };
    expect(count(undefined, bounds)).toBeNull();
    expect(count('10', bounds)).toBe(10);
    for (const text of ['0', '11', '-1', '1.5', '1e1', 'many', '']) {
      expect(() => count(text, bounds), text).toThrow('is not a number from 1 to 10');
    }
  });
});

describe('wrong use', () => {
  const nextOf = (text: string): string => {
    try {
      parse(text.split(' '));
    } catch (error) {
      return (error as RemoteError).failure.next;
    }
    throw new Error('It was understood.');
  };

  it.each([
    ['lst', 'perch --help'],
    ['list --colour', 'perch list --help'],
    ['stop', 'perch stop --help'],
    ['logs A B', 'perch logs --help'],
  ])('of "%s" is answered with the help to read', (text, command) => {
    expect(nextOf(text)).toBe(say('command-line.see-help', { command }));
  });

  it('is reported by Perch without a connection, and an optional name may be missing', () => {
    const write = vi.spyOn(process.stderr, 'write');
    expect(message('list --colour')).toContain('--colour');
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
    expect(read('status').args).toEqual([]);
    expect(read('events').args).toEqual([]);
  });
});
