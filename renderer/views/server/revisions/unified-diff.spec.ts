import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff.js';

const shown = (was: string, is: string): string[] | undefined =>
  unifiedDiff(was, is)?.map(
    ({ kind, text }) => `${{ same: ' ', added: '+', removed: '-', gap: '…' }[kind]}${text}`,
  );

const lines = (count: number): string[] => Array.from({ length: count }, (_, at) => `line ${at}`);

it('equal texts have no difference, whatever their line ends', () => {
  expect(shown('a\nb\n', 'a\nb\n')).toEqual([]);
  expect(shown('a\r\nb\r\n', 'a\nb\n')).toEqual([]);
});

it('a changed line stands between the lines around it, and the others are left out', () => {
  const was = lines(20);
  const is = was.with(10, 'motd=Bye');
  expect(shown(`${was.join('\n')}\n`, `${is.join('\n')}\n`)).toEqual([
    '…7',
    ...[' line 7', ' line 8', ' line 9'],
    '-line 10',
    '+motd=Bye',
    ...[' line 11', ' line 12', ' line 13'],
    '…6',
  ]);
});

it('an empty text is all added or all removed', () => {
  expect(shown('', 'a\nb')).toEqual(['+a', '+b']);
  expect(shown('a', '')).toEqual(['-a']);
});

it('texts without common lines are not compared for long', () => {
  const many = (word: string): string =>
    Array.from({ length: 20_000 }, (_, at) => `${word} ${at}`).join('\n');
  expect(unifiedDiff(many('one'), many('other'))).toBeNull();
});

it('the remaining and the added lines make the new text', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8 })
    .map((all) => all.map((line) => `${line}\n`).join(''));
  fc.assert(
    fc.property(text, text, (was, is) => {
      const all = unifiedDiff(was, is) ?? [];
      const has = (kind: string, of: string): boolean =>
        all.filter((line) => line.kind === kind).every((line) => of.split('\n').includes(line.text));
      expect([has('added', is), has('removed', was), has('same', was), has('same', is)]).not.toContain(false);
      expect(all.length === 0).toBe(was === is);
    }),
  );
});
