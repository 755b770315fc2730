import { describe, expect, it } from 'vitest';
import { conflictMarks } from './conflict-marks.mjs';

const [ours, base, theirs] = ['<', '|', '>'].map((sign) => sign.repeat(7));

describe('conflictMarks', () => {
  it.each([
    ['of Git', `${ours} HEAD`],
    ['of the common ancestor', `${base} 1a2b3c4`],
    ['of the other side', `${theirs} main`],
    ['without a name', ours ?? ''],
    ['in a row of a table', `| ${ours} HEAD          |`],
    ['in a quotation', `> ${theirs} f00 (feat: list)`],
    ['that a formatter took for quotations', '> > > > > > > f00 (feat: list)'],
    ['with a row of a table behind it', '> > > > > > > | `main/a.ts` | one |'],
    ['in a comment', `# ${ours} HEAD`],
    ['with the line end of Windows', `${ours} HEAD\r`],
  ])('finds a mark %s', (_, line) => {
    expect(conflictMarks('docs/a.md', `one\n${line}\nthree`)).toEqual([
      'docs/a.md:2: mark of a merge conflict',
    ]);
  });

  it.each([
    ['an underlined heading', 'Title\n======='],
    ['a quotation of three levels', '> > > said'],
    ['a long arrow', `a ${theirs} b`],
    ['a longer row of signs', `${ours}<\n${base}|\n${theirs}>`],
    ['an empty table', '| | | | | | | |'],
  ])('leaves %s', (_, text) => {
    expect(conflictMarks('docs/a.md', text)).toEqual([]);
  });
});
