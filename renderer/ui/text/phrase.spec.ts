import { afterEach, describe, expect, it } from 'vitest';
import { say, speak } from '../../../messages/messages.js';
import { piecesOf, place } from './phrase.js';

afterEach(() => speak(() => 'en'));

describe('piecesOf', () => {
  it('returns texts and places in their order', () => {
    expect(piecesOf(`On ${place('panel')}, ${place('node')}.`)).toEqual([
      { text: 'On ' },
      { place: 'panel' },
      { text: ', ' },
      { place: 'node' },
      { text: '.' },
    ]);
    expect(piecesOf(place('all'))).toEqual([{ place: 'all' }]);
    expect(piecesOf('Nothing marked.')).toEqual([{ text: 'Nothing marked.' }]);
  });

  it('finds places in a message, also if the pseudo-language changes its letters', () => {
    const shown = (): string[] =>
      piecesOf(say('common.copy', { what: place('name') })).map((piece) =>
        'place' in piece ? `<${piece.place}>` : piece.text,
      );
    expect(shown()).toEqual(['Copy ', '<name>']);
    speak(() => 'de');
    expect(shown()).toEqual(['<name>', ' kopieren']);
    speak(() => 'pseudo');
    expect(shown()[1]).toBe('<name>');
  });
});
