import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergedText } from './merged-text.js';

const base = 'motd=Hi\nport=1\r\nslots=20\nseed=5\n';

it.each([
  ['no change', base, base, base, 0],
  ['a change of theirs', base.replace('1', '2'), base, base.replace('1', '2'), 0],
  ['a change of mine', base, base.replace('20', '30'), base.replace('20', '30'), 0],
  [
    'changes of different lines',
    base.replace('Hi', 'Hello'),
    base.replace('seed=5', 'seed=6'),
    base.replace('Hi', 'Hello').replace('seed=5', 'seed=6'),
    0,
  ],
  ['the same change twice', base.replace('20', '30'), base.replace('20', '30'), base.replace('20', '30'), 0],
  [
    'the same line in two ways',
    base.replace('20', '30'),
    base.replace('20', '40'),
    base.replace('20', '40'),
    1,
  ],
  [
    'changes of lines that follow each other',
    base.replace('port=1', 'port=2'),
    base.replace('20', '30'),
    base.replace('port=1', 'port=2').replace('20', '30'),
    0,
  ],
  ['lines that both put at the end', `${base}a=1\n`, `${base}b=2\n`, `${base}b=2\n`, 1],
  ['new lines of theirs at the end', `${base}pvp=true\n`, base, `${base}pvp=true\n`, 0],
  ['removed lines', base.replace('port=1\r\n', ''), base, base.replace('port=1\r\n', ''), 0],
  ['an empty file of theirs', '', base, '', 0],
])('%s', (_what, theirs, mine, text, overlaps) => {
  expect(mergedText(base, theirs, mine)).toEqual({ text, overlaps });
});

it('has every line that only one side changed', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lines, fc.nat(), fc.nat(), (names, one, other) => {
      const all = names.map((name, at) => `${name}${at}=1\n`);
      const [at, by] = [one % all.length, other % all.length];
      const withChange = (index: number, value: string): string =>
        all.map((line, place) => (place === index ? line.replace('=1', value) : line)).join('');
      const merged = mergedText(all.join(''), withChange(at, '=theirs'), withChange(by, '=mine'));
      expect(merged.text).toContain('=mine');
      if (merged.overlaps === 0 && at !== by) expect(merged.text).toContain('=theirs');
      expect(merged.overlaps).toBe(at === by ? 1 : 0);
    }),
  );
});
