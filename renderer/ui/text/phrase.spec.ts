import { afterEach, describe, expect, it } from 'vitest';
import { say, speak } from '../../../messages/messages.js';
import { phrasePieces, phrasePlace } from './phrase.js';

afterEach(() => speak(() => 'en'));

describe('piecesOf', () => {
  it('returns texts and places in their order', () => {
    expect(phrasePieces(`On ${phrasePlace('panel')}, ${phrasePlace('node')}.`)).toEqual([
      { text: 'On ' },
      { place: 'panel' },
      { text: ', ' },
      { place: 'node' },
      { text: '.' },
    ]);
    expect(phrasePieces(phrasePlace('all'))).toEqual([{ place: 'all' }]);
    expect(phrasePieces('Nothing marked.')).toEqual([{ text: 'Nothing marked.' }]);
  });

  it('finds places in a message, also if the pseudo-language changes its letters', () => {
    const shown = (): string[] =>
      phrasePieces(say('common.copy', { what: phrasePlace('name') })).map((piece) =>
        'place' in piece ? `<${piece.place}>` : piece.text,
      );
    expect(shown()).toEqual(['Copy ', '<name>']);
    speak(() => 'de');
    expect(shown()).toEqual(['<name>', ' kopieren']);
    speak(() => 'pseudo');
    expect(shown()[1]).toBe('<name>');
  });
});
