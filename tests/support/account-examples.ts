const account = { accountId: 'home' };
const key = { ...account, identifier: 'ptlc_Owner000000' };
const password = 'correct horse battery';

/** Inputs of the calls about the account and its activity: accepted and refused. */
export const accountExamples = {
  'account.view': { takes: account, refuses: [undefined, { accountId: '' }] },
  'account.makeKey': {
    takes: { ...account, description: 'laptop', allowedIps: ['10.0.0.0/8'] },
    refuses: [
      { ...account, description: ' ', allowedIps: [] },
      { ...account, description: 'laptop' },
      { ...account, description: 'laptop', allowedIps: [''] },
    ],
  },
  'account.deleteKey': { takes: key, refuses: [account, { ...account, identifier: '../ssh-keys' }] },
  'account.renewKey': { takes: account, refuses: [undefined, {}] },
  'account.tidyKeys': { takes: account, refuses: [undefined, {}] },
  'account.addSshKey': {
    takes: { ...account, name: 'laptop', publicKey: 'ssh-ed25519 AAAA' },
    refuses: [
      { ...account, name: '', publicKey: 'x' },
      { ...account, name: 'laptop', publicKey: ' ' },
    ],
  },
  'account.removeSshKey': { takes: { ...account, fingerprint: 'Hjb' }, refuses: [account] },
  'account.setEmail': {
    takes: { ...account, email: 'olive@example.com', password },
    refuses: [
      { ...account, email: 'olive@example.com' },
      { ...account, email: '', password },
    ],
  },
  'account.setUsername': {
    takes: { ...account, username: 'olive', password },
    refuses: [
      { ...account, username: 'olive' },
      { ...account, username: '', password },
    ],
  },
  'account.setPassword': {
    takes: { ...account, current: password, next: 'another horse' },
    refuses: [
      { ...account, current: password },
      { ...account, current: '', next: 'x' },
    ],
  },
  'account.activity': {
    takes: { ...account, page: 1 },
    refuses: [account, { ...account, page: 0 }, { ...account, page: 1, event: 'a&sort=x' }],
  },
  'activity.retry': { takes: undefined, refuses: [{}] },
  'activity.ofServer': {
    takes: { serverId: 'account:abc', page: 1, event: 'server:power' },
    refuses: [{ serverId: 'account:abc' }, { serverId: '', page: 1 }],
  },
};
