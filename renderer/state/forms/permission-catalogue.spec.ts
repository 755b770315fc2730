import { verbatim } from '../../../messages/messages.js';
import { describe, expect, it } from 'vitest';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { PermissionCatalogue } from './permission-catalogue.svelte.js';

const groups = [
  { name: 'control', description: '', permissions: [{ id: 'control.start', description: '' }] },
];

describe('PermissionCatalogue', () => {
  it('reads once, and again only after a failure', async () => {
    const bridge = new FakeBridge();
    const catalogue = new PermissionCatalogue(new PerchClient(bridge), 'home');
    bridge.refuse('permissions.read', {
      code: 'timeout',
      message: verbatim('Too slow.'),
      next: verbatim('Again.'),
    });
    await catalogue.read();
    expect(catalogue.reading.problem?.code).toBe('timeout');
    expect(catalogue.knows('control.start')).toBe(false);
    bridge.answer('permissions.read', groups);
    await catalogue.read();
    await catalogue.read();
    expect([catalogue.knows('control.start'), catalogue.knows('file.sftp')]).toEqual([true, false]);
    expect([bridge.calls.length, catalogue.reading.problem, catalogue.groups]).toEqual([2, null, groups]);
  });
});
