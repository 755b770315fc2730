import { describe, expect, it } from 'vitest';
import { listPermissions } from './permission-list.js';

const groups = [
  {
    name: 'control',
    description: '',
    permissions: [
      { id: 'control.start', description: '' },
      { id: 'control.stop', description: '' },
    ],
  },
  {
    name: 'plugin',
    description: '',
    permissions: [{ id: 'plugin.install', description: 'Install plugins.' }],
  },
];

describe('listPermissions', () => {
  it('marks allowed permissions, in plain words', () => {
    const [control, plugin] = listPermissions(groups, ['control.start']);
    expect(control?.title).toBe('Power and console');
    expect(control?.permissions.map(({ isAllowed }) => isAllowed)).toEqual([true, false]);
    expect(control?.allowed).toBe(1);
    expect(plugin?.permissions).toEqual([
      { id: 'plugin.install', words: 'Install plugins.', isAllowed: false },
    ]);
  });

  it("expands the star, and adds permissions that the panel's list lacks", () => {
    const listed = listPermissions(groups, ['*', 'admin.websocket.errors']);
    expect(listed.map(({ name, allowed }) => `${name} ${allowed}`)).toEqual([
      'control 2',
      'plugin 1',
      'admin 1',
    ]);
  });

  it("has a granted permission once, in the panel's group, with the first description", () => {
    const odd = {
      name: 'power',
      description: '',
      permissions: [
        { id: 'plugin.run', description: 'Run plugins.' },
        { id: 'plugin.run', description: 'Again.' },
      ],
    };
    const listed = listPermissions([odd], ['plugin.run']);
    expect(listed.map(({ name, permissions }) => [name, permissions])).toEqual([
      ['power', [{ id: 'plugin.run', words: 'Run plugins.', isAllowed: true }]],
    ]);
  });
});
