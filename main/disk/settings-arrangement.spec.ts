import { describe, expect, it } from 'vitest';
import { someSettings } from '../../tests/support/entities.js';
import { forgetServersOf, withoutAccount } from './settings-arrangement.js';

const settings = someSettings({
  pins: ['home/1', 'away/1'],
  groups: [{ id: 'g', name: 'Mine', isCollapsed: false, serverIds: ['away/2', 'home/2'] }],
  stoppedTogether: { at: 1, serverIds: ['home/3'] },
  dismissedFixes: [
    { serverId: 'home/4', kind: 'port' },
    { serverId: 'away/4', kind: 'eula' },
  ],
});

describe('withoutAccount', () => {
  it('takes the servers of one account out of everything', () => {
    expect(withoutAccount(settings, 'home')).toEqual({
      pins: ['away/1'],
      groups: [{ id: 'g', name: 'Mine', isCollapsed: false, serverIds: ['away/2'] }],
      stoppedTogether: null,
      dismissedFixes: [{ serverId: 'away/4', kind: 'eula' }],
    });
  });

  it('changes nothing for an account that is in none of them, also one whose id begins alike', () => {
    expect(withoutAccount(settings, 'hom')).toBeNull();
    expect(withoutAccount(someSettings(), 'home')).toBeNull();
  });
});

describe('forgetServersOf', () => {
  it('never rejects', async () => {
    const update = () => Promise.reject(new Error('The disk is full.'));
    await expect(forgetServersOf({ update }, 'home')).resolves.toBeUndefined();
  });
});
