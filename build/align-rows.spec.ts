import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { alignRowWidth, withAlignment, type Row } from './align-rows.mjs';

it('the installed xterm has the method', () => {
  const code = readFileSync(createRequire(import.meta.url).resolve('@xterm/xterm/lib/xterm.mjs'), 'utf8');
  const aligned = withAlignment(code);
  expect(aligned).not.toBe(code);
  expect(aligned.split('_alignRowWidth(changed)')).toHaveLength(2);
});

it('all changed rows are aligned in one frame, and every width is read before any width is set', () => {
  const frames: (() => void)[] = [];
  const ownerDocument = { defaultView: { requestAnimationFrame: (frame: () => void) => frames.push(frame) } };
  const steps: string[] = [];
  const rowOf = (name: string, width: number, isConnected = true): Row => ({
    isConnected,
    ownerDocument,
    style: {
      get transform() {
        throw new Error('nothing reads it');
      },
      set transform(value: string) {
        steps.push(`${name}: ${value || 'none'}`);
      },
    },
    getBoundingClientRect: () => {
      steps.push(`${name}: read`);
      return { width };
    },
  });
  const [one, two, gone] = [rowOf('one', 50), rowOf('two', 20), rowOf('gone', 0, false)];
  const columns = [
    [one, [0, 10]],
    [two, [0, 1]],
    [gone, [0, 5]],
  ] as const;
  const rows = {
    unaligned: undefined,
    _rowColumns: new WeakMap<Row, number[]>(columns.map(([row, at]) => [row, [...at]])),
    _renderService: { dimensions: { css: { cell: { width: 10 } } } },
  };

  for (const row of [one, two, gone, one]) alignRowWidth.call(rows, row);
  expect(frames).toHaveLength(1);
  frames[0]?.();
  expect(steps).toEqual([
    ...['one: none', 'two: none', 'one: read', 'two: read'],
    ...['one: scaleX(2)', 'two: scaleX(0.5)'],
  ]);

  alignRowWidth.call(rows, two);
  expect(frames).toHaveLength(2);
});
