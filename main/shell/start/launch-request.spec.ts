import { describe, expect, it } from 'vitest';
import { askedBy, askedOf, wordsFor } from './launch-request.js';

const link = 'perch://server/panel.example.com/11111111';

describe('askedBy', () => {
  it.each([
    [[], { link: null, hidden: false, wants: null }],
    [['--settings'], { link: null, hidden: false, wants: 'settings' }],
    [['--settings', '--quit'], { link: null, hidden: false, wants: 'quit' }],
    [['--hidden'], { link: null, hidden: true, wants: null }],
    [['--no-sandbox', '/folder', link], { link, hidden: false, wants: null }],
    [[link, '--hidden'], { link, hidden: true, wants: null }],
    [['PERCH://elsewhere'], { link: 'PERCH://elsewhere', hidden: false, wants: null }],
    [['--hidden-menu', 'https://example.com', 'perch'], { link: null, hidden: false, wants: null }],
  ])('%j', (words, asked) => {
    expect(askedBy(words)).toEqual(asked);
  });
});

describe('wordsFor', () => {
  it.each([
    [{ link: null, hidden: false, wants: null }, ['--no-sandbox', '/folder']],
    [{ link, hidden: false, wants: null }, ['--no-sandbox', '/folder', link]],
    [
      { link: null, hidden: true, wants: 'settings' } as const,
      ['--no-sandbox', '/folder', '--hidden', '--settings'],
    ],
  ])('%j', (request, words) => {
    expect(wordsFor(request, ['--no-sandbox', '--hidden', 'perch://old', '/folder'])).toEqual(words);
    expect(askedBy(words)).toEqual(request);
  });
});

describe('askedOf', () => {
  it.each([
    [
      { link, hidden: true },
      { link, hidden: true, wants: null },
    ],
    [{}, { link: null, hidden: false, wants: null }],
    [
      { link: 7, hidden: 'yes', wants: 'everything' },
      { link: null, hidden: false, wants: null },
    ],
    [{ wants: 'quit' }, { link: null, hidden: false, wants: 'quit' }],
    [null, { link: null, hidden: false, wants: null }],
    ['perch://', { link: null, hidden: false, wants: null }],
  ])('%j', (data, asked) => {
    expect(askedOf(data)).toEqual(asked);
  });
});
