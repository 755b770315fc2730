/** Columns of the list that have room in a width. Pure. */
import type { FileColumn } from './file-order.js';

/** Width in pixels from which a column is shown. */
const from: Record<FileColumn, number> = { name: 0, bytes: 0, modifiedAt: 460, mode: 640 };
const widths: Record<FileColumn, string> = {
  name: 'minmax(0, 1fr)',
  bytes: '92px',
  modifiedAt: '128px',
  mode: '148px',
};

export function fileColumns(width: number): { columns: readonly FileColumn[]; template: string } {
  const columns = (['name', 'bytes', 'modifiedAt', 'mode'] as const).filter((name) => width >= from[name]);
  // With the checkbox before and the button after them.
  return { columns, template: ['28px', ...columns.map((name) => widths[name]), '32px'].join(' ') };
}
