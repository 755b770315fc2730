import { describe, expect, it } from 'vitest';
import { RemoteError } from '../bridge/remote/remote-error.js';
import type { RemoteCause } from '../bridge/schema/remote.js';
import { speak } from '../messages/messages.js';
import { withYes } from './ask-yes.js';
import type { Terminal } from './terminal.js';

function aTerminal(answer: string | null) {
  const written: string[] = [];
  const terminal: Terminal = {
    out: (text) => written.push(text),
    err: (text) => written.push(text),
    readLine: () => answer ?? '',
    readAll: () => '',
    isShown: answer !== null,
    canAsk: answer !== null,
    hasColours: false,
  };
  return { terminal, written };
}

function refusing(cause: RemoteCause = 'needs-yes') {
  const asked: boolean[] = [];
  const work = (isAgreed: boolean): Promise<string> => {
    asked.push(isAgreed);
    const failure = { cause, message: 'Kill it?', next: 'All is lost.', candidates: ['Survival'] };
    return isAgreed ? Promise.resolve('done') : Promise.reject(new RemoteError(failure));
  };
  return { asked, work };
}

describe('withYes', () => {
  it('asks no question if the user agreed beforehand', async () => {
    const { terminal, written } = aTerminal('n\n');
    const { asked, work } = refusing();
    expect(await withYes(terminal, true, work)).toBe('done');
    expect(asked).toEqual([true]);
    expect(written).toEqual([]);
  });

  it.each(['y\n', 'YES\r\n', ' y'])('continues after "%s" at a terminal', async (answer) => {
    const { terminal, written } = aTerminal(answer);
    const { asked, work } = refusing();
    expect(await withYes(terminal, false, work)).toBe('done');
    expect(asked).toEqual([false, true]);
    expect(written.join('')).toBe('Kill it?\n  Survival\nAll is lost.\nContinue? [y/N] ');
  });

  it.each([
    ['de', ['j', 'JA']],
    ['fr', ['o', 'oui']],
    ['es', ['s', 'sí', 'si', 'SI', 'si\u0301']],
    ['pl', ['t', 'tak']],
  ] as const)('understands a yes in %s, with and without accents', async (language, answers) => {
    speak(() => language);
    try {
      for (const answer of [...answers, 'y']) {
        expect(await withYes(aTerminal(`${answer}\n`).terminal, false, refusing().work)).toBe('done');
      }
      await expect(withYes(aTerminal('n\n').terminal, false, refusing().work)).rejects.toThrow();
    } finally {
      speak(() => 'en');
    }
  });

  it.each(['', '\n', 'n\n', 'yeah\n', 'no\n'])('changes nothing with "%s"', async (answer) => {
    const { asked, work } = refusing();
    await expect(withYes(aTerminal(answer).terminal, false, work)).rejects.toMatchObject({
      failure: { cause: 'needs-yes', message: 'Nothing was done.' },
    });
    expect(asked).toEqual([false]);
  });

  it('names the missing agreement and its effect without a terminal', async () => {
    const { asked, work } = refusing();
    await expect(withYes(aTerminal(null).terminal, false, work)).rejects.toMatchObject({
      failure: {
        cause: 'needs-yes',
        message: 'Kill it?',
        next: expect.stringMatching(/^All is lost\. .*--yes/),
      },
    });
    expect(asked).toEqual([false]);
  });

  it('passes on every other failure', async () => {
    const { work } = refusing('refused');
    await expect(withYes(aTerminal('y\n').terminal, false, work)).rejects.toMatchObject({
      failure: { cause: 'refused' },
    });
  });

  it('leaves out an empty explanation and an empty list of servers', async () => {
    const work = (isAgreed: boolean): Promise<string> =>
      isAgreed
        ? Promise.resolve('done')
        : Promise.reject(new RemoteError({ cause: 'needs-yes', message: 'Kill it?', next: '' }));
    const { terminal, written } = aTerminal('y\n');
    await withYes(terminal, false, work);
    expect(written.join('')).toBe('Kill it?\nContinue? [y/N] ');
    const error: unknown = await withYes(aTerminal(null).terminal, false, work).catch(
      (thrown: unknown) => thrown,
    );
    const { failure } = error as RemoteError;
    expect(failure.next).toMatch(/^\S.*--yes/);
    expect(failure).not.toHaveProperty('candidates');
  });

  it('names the affected servers without a terminal', async () => {
    await expect(withYes(aTerminal(null).terminal, false, refusing().work)).rejects.toMatchObject({
      failure: { candidates: ['Survival'] },
    });
  });
});
