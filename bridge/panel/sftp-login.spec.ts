import { describe, expect, it } from 'vitest';
import { aServer } from '../../tests/support/entities.js';
import { sftpLogin } from './sftp-login.js';

describe('sftpLogin', () => {
  it('gives host, port, user and address', () => {
    expect(sftpLogin(aServer(), 'olive')).toEqual({
      host: 'node.example.com',
      port: 2022,
      user: 'olive.11111111',
      address: 'sftp://olive.11111111@node.example.com:2022',
    });
  });

  it('uses the short uuid if the identifier is a long one', () => {
    const server = aServer({ identifier: 'serv_01jkxyz', uuid: 'abcdef01-1111-4111-8111-111111111111' });
    expect(sftpLogin(server, 'olive')?.user).toBe('olive.abcdef01');
  });

  it('escapes odd names within the address', () => {
    const server = aServer({ sftp: { host: '2001:db8::1', port: 22 } });
    expect(sftpLogin(server, 'o@live/')?.address).toBe('sftp://o%40live%2F.11111111@[2001:db8::1]:22');
  });

  it('omits an unknown user, and is empty without SFTP', () => {
    expect(sftpLogin(aServer(), null)?.address).toBe('sftp://node.example.com:2022');
    expect(sftpLogin(aServer({ sftp: null }), 'olive')).toBeNull();
  });

  it.each([
    '-oProxyCommand=touch$IFS/tmp/x',
    '-F/tmp/x',
    '$(id)',
    'a&calc',
    'a;id',
    '`id`',
    'a b',
    'a/../b',
    'user@b',
    'a?b',
    '%24%28id%29',
    '[::1]/x',
    '[-oX]',
    ':-oX',
    '',
  ])('refuses the host %j, which other programs could take for a command', (host) => {
    expect(sftpLogin(aServer({ sftp: { host, port: 2022 } }), 'olive')).toBeNull();
  });

  it.each(['localhost', 'node_1.lan', '192.0.2.7', '[2001:db8::1]', 'xn--bcher-kva.example.', '7'])(
    'takes the host %j',
    (host) => {
      const login = sftpLogin(aServer({ sftp: { host, port: 2022 } }), 'olive');
      expect(login).toMatchObject({ host, address: `sftp://olive.11111111@${host}:2022` });
    },
  );

  it('refuses a user that other programs could take for an option', () => {
    expect(sftpLogin(aServer(), '-oProxyCommand=x')).toBeNull();
  });
});
