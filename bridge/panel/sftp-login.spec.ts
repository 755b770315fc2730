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

  it('omits an unknown user, and everything without SFTP', () => {
    expect(sftpLogin(aServer(), null)?.address).toBe('sftp://node.example.com:2022');
    expect(sftpLogin(aServer({ sftp: null }), 'olive')).toBeNull();
  });
});
