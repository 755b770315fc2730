import { describe, expect, it } from 'vitest';
import { closestRole, rightsOfRole, roleOf, usualRoles } from './roles.js';

/** Pterodactyl's permissions, and those that a plugin may add. */
const known = [
  'websocket.connect',
  ...['console', 'start', 'stop', 'restart'].map((name) => `control.${name}`),
  ...['user', 'file', 'allocation', 'database', 'schedule'].flatMap((group) =>
    ['create', 'read', 'update', 'delete'].map((name) => `${group}.${name}`),
  ),
  ...['read-content', 'archive', 'sftp'].map((name) => `file.${name}`),
  ...['create', 'read', 'delete', 'download', 'restore'].map((name) => `backup.${name}`),
  ...['read', 'update', 'docker-image'].map((name) => `startup.${name}`),
  'database.view_password',
  'settings.rename',
  'settings.reinstall',
  'activity.read',
  'plugin.read',
  'plugin.install',
];

describe('rightsOfRole', () => {
  it('grows from moderator to developer', () => {
    const [moderator, builder, developer] = usualRoles.map((role) => new Set(rightsOfRole(role, known)));
    expect([...(moderator ?? [])].filter((id) => builder?.has(id) !== true)).toEqual([]);
    expect([...(builder ?? [])].filter((id) => developer?.has(id) !== true)).toEqual([]);
    expect([moderator?.size, builder?.size, developer?.size]).toEqual([6, 14, 29]);
  });

  it('gives no role permissions over people or for irreversible acts', () => {
    for (const role of usualRoles) {
      const lost = rightsOfRole(role, known).filter((id) =>
        /^user\.|^settings\.reinstall|^backup\.(?:delete|restore)|^allocation\.(?:create|update|delete)/.test(
          id,
        ),
      );
      expect(lost).toEqual([]);
    }
  });

  it('lets a reader read the data of a plugin, and no contents or passwords', () => {
    const reader = rightsOfRole('reader', known);
    expect(reader).toContain('plugin.read');
    expect(reader.filter((id) => !id.endsWith('.read'))).toEqual([]);
  });

  it('names no permission that the panel does not know', () => {
    expect(rightsOfRole('developer', ['control.start'])).toEqual(['control.start']);
  });
});

describe('roleOf', () => {
  const own = { id: '1', name: 'Streamer', permissions: ['control.start', 'gone.read'] };

  it('knows a role by its permissions, whatever their order', () => {
    const permissions = rightsOfRole('builder', known).toReversed();
    expect(roleOf([...permissions, 'websocket.connect'], known, [])).toEqual({
      kind: 'usual',
      role: 'builder',
    });
    expect(roleOf(permissions.slice(1), known, [])).toBeNull();
    expect(roleOf(['websocket.connect'], known, [])).toBeNull();
  });

  it('leaves out an own role’s permissions that the panel does not know', () => {
    expect(roleOf(['control.start'], known, [own])).toEqual({ kind: 'own', role: own });
    expect(roleOf(['control.start'], [], [own])).toBeNull();
  });
});

describe('closestRole', () => {
  const builder = rightsOfRole('builder', known);

  it('lists additional and missing permissions compared with the role', () => {
    expect(closestRole(builder, known, [])).toEqual({
      role: { kind: 'usual', role: 'builder' },
      more: [],
      less: [],
    });
    const changed = [...builder.filter((id) => id !== 'file.delete'), 'startup.read', 'websocket.connect'];
    expect(closestRole(changed, known, [])).toEqual({
      role: { kind: 'usual', role: 'builder' },
      more: ['startup.read'],
      less: ['file.delete'],
    });
  });

  it('prefers an own role that is closer', () => {
    const role = { id: '1', name: 'Streamer', permissions: [...builder, 'startup.read', 'gone.read'] };
    const changed = [...builder, 'startup.read', 'startup.update'];
    expect(closestRole(changed, known, [role])).toEqual({
      role: { kind: 'own', role },
      more: ['startup.update'],
      less: [],
    });
  });

  it('names no role of which more than a third differs', () => {
    const moderator = rightsOfRole('moderator', known);
    expect(moderator).toHaveLength(6);
    expect(closestRole(moderator.slice(2), known, [])?.less).toHaveLength(2);
    expect(closestRole(moderator.slice(3), known, [])).toBeNull();
    expect(closestRole([], known, [])).toBeNull();
    expect(closestRole(['control.start'], [], [])).toBeNull();
  });
});
