import { describe, expect, it } from 'vitest';
import { newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { needsSftp, wayFor } from './folder-way.js';

const facts = { files: 51, hasLarge: false, hasSftp: true };

describe('wayFor', () => {
  it.each([
    [{ ...facts, files: 50 }, 'each'],
    [facts, 'packed'],
    [{ ...facts, hasLarge: true }, 'sftp'],
    [{ ...facts, hasLarge: true, hasSftp: false }, 'packed'],
  ] as const)('of %j is %s', (known, way) => {
    expect(wayFor(known)).toBe(way);
  });
});

describe('needsSftp', () => {
  it('is true where SFTP has no limit, needs no archive and no room for one', () => {
    const what = sentence('panel.what.compress');
    expect(needsSftp(newProblem('invalid', sentence('transfers.too-large', { limit: 100 })))).toBe(true);
    expect(needsSftp(newProblem('conflict', sentence('panel.file-disk-full', { what })))).toBe(true);
    expect(needsSftp(newProblem('conflict', sentence('panel.node-refused-file', { what })))).toBe(true);
    const lacking = newProblem('forbidden', sentence('transfers.denied'));
    expect(needsSftp(lacking)).toBe(false);
    expect(needsSftp({ ...lacking, permission: 'file.archive' })).toBe(true);
    expect(needsSftp(newProblem('node-unreachable', sentence('transfers.cut')))).toBe(false);
    expect(needsSftp(newProblem('conflict', sentence('panel.file-denied', { what })))).toBe(false);
  });
});
