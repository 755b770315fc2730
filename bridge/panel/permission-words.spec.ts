import { describe, expect, it } from 'vitest';
import { permissionGroupWords, permissionWords, useBlock } from './permission-words.js';

/** PROTOCOL 5, D22 (the names of the reference), and 8.1.7 (Pelican's extras). */
const known = [
  'websocket.connect',
  ...['console', 'start', 'stop', 'restart', 'kill'].map((name) => `control.${name}`),
  ...['create', 'read', 'update', 'delete'].flatMap((name) =>
    ['user', 'file', 'allocation', 'database', 'schedule'].map((group) => `${group}.${name}`),
  ),
  ...['read-content', 'archive', 'sftp'].map((name) => `file.${name}`),
  ...['create', 'read', 'delete', 'download', 'restore'].map((name) => `backup.${name}`),
  ...['read', 'update', 'docker-image'].map((name) => `startup.${name}`),
  'database.view_password',
  'database.view-password',
  ...['rename', 'reinstall', 'description', 'change-icon'].map((name) => `settings.${name}`),
  'activity.read',
  'mount.read',
  'mount.update',
  'admin.websocket',
  ...['errors', 'install', 'transfer'].map((name) => `admin.websocket.${name}`),
];

describe('permissionWords', () => {
  it.each(known)('has its own words for %s', (id) => {
    expect(permissionWords(id, 'The panel’s words.')).not.toBe('The panel’s words.');
    expect(permissionWords(id)).not.toContain(id);
  });

  it("uses the panel's words for an unknown permission, and the id without any", () => {
    expect(permissionWords('plugin.install', 'Allows a user to install plugins.')).toBe(
      'Allows a user to install plugins.',
    );
    expect(permissionWords('plugin.install', '  ')).toBe('plugin.install');
    expect(permissionWords('constructor')).toBe('constructor');
  });

  it('names every group, also an unknown one', () => {
    for (const id of known) expect(permissionGroupWords(id.split('.')[0] ?? '')).toMatch(/^[A-Z]/);
    expect(permissionGroupWords('websocket')).toBe('Live connection');
    expect(permissionGroupWords('plugin')).toBe('Plugin');
    expect(permissionGroupWords('toString')).toBe('ToString');
  });
});

describe('useBlock', () => {
  it('names the missing permission, and the condition before it', () => {
    const limited = { condition: 'normal', permissions: ['startup.read'] } as const;
    expect(useBlock(limited, 'startup.read')).toBeNull();
    expect(useBlock(limited, 'startup.update')).toContain('startup.update');
    expect(useBlock({ ...limited, condition: 'suspended' }, 'startup.update')).toBe(
      'The server is suspended.',
    );
    expect(useBlock({ ...limited, condition: 'reinstall-failed' }, 'startup.read')).toBeNull();
  });

  it('leaves unknown permissions to the panel', () => {
    expect(useBlock({ condition: 'normal', permissions: null }, 'settings.reinstall')).toBeNull();
  });
});
