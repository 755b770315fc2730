import { describe, expect, it } from 'vitest';
import { aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { ServerForms } from './server-forms.js';

describe('ServerForms', () => {
  it('keeps input per server, as long as the server exists', () => {
    const servers = [aServer({ id: 'home/1', name: 'One' }), aServer({ id: 'home/2', name: 'Two' })];
    const fleet = { server: (id: string) => servers.find((server) => server.id === id) };
    const forms = new ServerForms(new PerchClient(new FakeBridge()), fleet, { read: () => 0 });
    forms.naming('home/1').edit('name', 'First');
    expect(forms.naming('home/1').name.text).toBe('First');
    expect(forms.naming('home/2').name.text).toBe('Two');
    forms.startup('home/1').chooseImage('example/java:21');
    expect([forms.startup('home/1').changes, forms.startup('home/2').changes]).toEqual([1, 0]);
    expect(forms.serversWithDrafts).toEqual(['home/1']);
    forms.naming('home/1').discard();
    expect(forms.serversWithDrafts).toEqual(['home/1']);
    forms.startup('home/1').discard();
    expect(forms.serversWithDrafts).toEqual([]);
    expect(forms.permissions('home')).toBe(forms.permissions('home'));
  });

  it('forgets input once the server or its account is gone', () => {
    const servers = [aServer({ id: 'home/1', name: 'One' }), aServer({ id: 'home/2', name: 'Two' })];
    const fleet = { server: (id: string) => servers.find((server) => server.id === id) };
    const forms = new ServerForms(new PerchClient(new FakeBridge()), fleet, { read: () => 0 });
    const [startup, naming, permissions] = [
      forms.startup('home/1'),
      forms.naming('home/1'),
      forms.permissions('home'),
    ];
    const other = forms.naming('home/2');
    forms.keepOnly([{ id: 'home/2' }], [{ id: 'home' }]);
    expect(forms.startup('home/1')).not.toBe(startup);
    expect(forms.naming('home/1')).not.toBe(naming);
    expect(forms.naming('home/2')).toBe(other);
    expect(forms.permissions('home')).toBe(permissions);
    forms.keepOnly([], []);
    expect(forms.permissions('home')).not.toBe(permissions);
  });
});
