import { describe, expect, it } from 'vitest';
import type { Terminal } from '@xterm/xterm';
import { guardedOptions, guardTerminal } from './terminal-guard.js';

/** Records the blocked sequences and the handlers' results. */
function guarded(): { taken: Set<string>; answers: (boolean | Promise<boolean>)[] } {
  const taken = new Set<string>();
  const answers: (boolean | Promise<boolean>)[] = [];
  const nothing = { dispose: () => undefined };
  const name = (id: { prefix?: string; intermediates?: string; final: string }): string =>
    `${id.prefix ?? ''}${id.intermediates ?? ''}${id.final}`;
  const parser: Terminal['parser'] = {
    registerOscHandler: (command, handler) => {
      taken.add(`OSC ${command}`);
      answers.push(handler(''));
      return nothing;
    },
    registerCsiHandler: (id, handler) => {
      taken.add(`CSI ${name(id)}`);
      answers.push(handler([]));
      return nothing;
    },
    registerDcsHandler: (id, handler) => {
      taken.add(`DCS ${name(id)}`);
      answers.push(handler('', []));
      return nothing;
    },
    registerEscHandler: (id, handler) => {
      taken.add(`ESC ${name(id)}`);
      answers.push(handler());
      return nothing;
    },
  } as Terminal['parser'];
  guardTerminal({ parser });
  return { taken, answers };
}

describe('guardTerminal', () => {
  it.each([
    'OSC 0',
    'OSC 2',
    'OSC 8',
    'OSC 52',
    'CSI t',
    'CSI n',
    'CSI ?n',
    'CSI c',
    'CSI >c',
    'CSI ?h',
    'DCS $q',
    'ESC c',
  ])('takes %s from the terminal', (sequence) => {
    expect(guarded().taken).toContain(sequence);
  });

  it('swallows each: no default handler runs after it', () => {
    expect(new Set(guarded().answers)).toEqual(new Set([true]));
  });

  it('lets nobody type into the terminal', () => {
    expect(guardedOptions.disableStdin).toBe(true);
  });
});
