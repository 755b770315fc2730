import { describe, expect, it } from 'vitest';
import { askedBy, askedOf } from './asked.js';

const link = 'perch://server/panel.example.com/11111111';

describe('askedBy', () => {
  it.each([
    [[], { link: null, hidden: false }],
    [['--hidden'], { link: null, hidden: true }],
    [['--no-sandbox', '/folder', link], { link, hidden: false }],
    [[link, '--hidden'], { link, hidden: true }],
    [['PERCH://elsewhere'], { link: 'PERCH://elsewhere', hidden: false }],
    [['--hidden-menu', 'https://example.com', 'perch'], { link: null, hidden: false }],
  ])('%j', (words, asked) => {
    expect(askedBy(words)).toEqual(asked);
  });
});

describe('askedOf', () => {
  it.each([
    [
      { link, hidden: true },
      { link, hidden: true },
    ],
    [{}, { link: null, hidden: false }],
    [
      { link: 7, hidden: 'yes' },
      { link: null, hidden: false },
    ],
    [null, { link: null, hidden: false }],
    ['perch://', { link: null, hidden: false }],
  ])('%j', (data, asked) => {
    expect(askedOf(data)).toEqual(asked);
  });
});
