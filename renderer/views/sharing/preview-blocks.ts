import type { TextPart } from '../../../bridge/redaction/redact.js';

/** Lines of a long text that are drawn together, or left out together while they are out of view. */
export interface PreviewBlock {
  readonly parts: readonly TextPart[];
  readonly lines: number;
}

const linesOfBlock = 100;

/** The parts of a text in blocks of whole lines, so that a long text costs only the lines in view. */
export function previewBlocks(parts: readonly TextPart[], most = linesOfBlock): PreviewBlock[] {
  const blocks: PreviewBlock[] = [];
  let held: TextPart[] = [];
  let lines = 0;
  const close = (): void => {
    if (held.length > 0) blocks.push({ parts: held, lines });
    held = [];
    lines = 0;
  };
  for (const part of parts) {
    if (part.replaced !== null) {
      held.push(part);
      continue;
    }
    let from = 0;
    for (let end = part.text.indexOf('\n'); end !== -1; end = part.text.indexOf('\n', end + 1)) {
      lines += 1;
      if (lines < most) continue;
      held.push({ text: part.text.slice(from, end), replaced: null });
      close();
      from = end + 1;
    }
    if (from < part.text.length) held.push({ text: part.text.slice(from), replaced: null });
  }
  if (held.length > 0) lines += 1;
  close();
  return blocks;
}
