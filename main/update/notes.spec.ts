import { describe, expect, it } from 'vitest';
import { plainNotes } from './notes.js';

describe('plainNotes', () => {
  it('keeps the lines, without Markdown marks', () => {
    expect(plainNotes('### Added\r\n\r\n- **Groups**\n* `perch list`\n\n\n\nThe end')).toBe(
      'Added\n\n• Groups\n• perch list\n\nThe end',
    );
  });

  it('joins lines that the changelog wraps', () => {
    expect(plainNotes('- One that\n  goes on\n  - one below\n\n  apart\n1. first\n   and more')).toBe(
      '• One that goes on\n• one below\n\napart\n1. first and more',
    );
  });

  it('removes characters that hide or move text, and keeps markup as text', () => {
    expect(plainNotes('a\u202eb\u001b[31mc\u0000\u200b <img src=x onerror=y>')).toBe(
      'abc <img src=x onerror=y>',
    );
  });

  it('limits lines and characters', () => {
    const long = plainNotes(`${'x'.repeat(30_000)}`);
    expect(long.length).toBeLessThanOrEqual(400);
    const many = plainNotes('line\n'.repeat(3000)).split('\n');
    expect(many).toHaveLength(61);
    expect(many.at(-1)).toBe('…');
    expect(plainNotes('')).toBe('');
  });
});
