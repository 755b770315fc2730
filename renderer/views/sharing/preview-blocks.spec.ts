import { describe, expect, it } from 'vitest';
import type { TextPart } from '../../../bridge/redaction/redact.js';
import { previewBlocks } from './preview-blocks.js';

const plain = (text: string): TextPart => ({ text, replaced: null });
const gone = (text: string): TextPart => ({ text: '[secret 1]', replaced: { kind: 'secret', text } });
const shown = (parts: readonly TextPart[]) =>
  previewBlocks(parts, 2).map(({ parts: of, lines }) => [of.map(({ text }) => text).join(''), lines]);

describe('previewBlocks', () => {
  it('cuts between lines, and loses no text', () => {
    expect(shown([plain('a\nb\nc\nd\ne')])).toEqual([
      ['a\nb', 2],
      ['c\nd', 2],
      ['e', 1],
    ]);
  });

  it('keeps replaced texts in their lines', () => {
    expect(shown([plain('a '), gone('x'), plain(' b\n'), gone('y'), plain('\nc'), gone('z')])).toEqual([
      ['a [secret 1] b\n[secret 1]', 2],
      ['c[secret 1]', 1],
    ]);
  });

  it('shows no block for an empty text', () => {
    expect(shown([])).toEqual([]);
  });
});
