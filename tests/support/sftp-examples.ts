/** Inputs of the calls about SFTP: one that main takes, and some that it refuses. */
const server = { serverId: 'account:abc' };

export const sftpExamples = {
  'sftp.setUp': { takes: server, refuses: [{}, { serverId: 5 }] },
  'sftp.withdraw': { takes: { accountId: 'account' }, refuses: [server, { accountId: '' }] },
  'sftp.try': { takes: server, refuses: [{}] },
  'sftp.open': { takes: server, refuses: [{}] },
  'sftp.trustHost': {
    takes: { ...server, fingerprint: 'SHA256:abc' },
    refuses: [server, { ...server, fingerprint: 'x'.repeat(101) }],
  },
};
