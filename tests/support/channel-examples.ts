const addedChannel = {
  kind: 'ntfy',
  name: 'Phone',
  address: 'https://ntfy.sh/topic',
  token: '',
  recipient: '',
  template: null,
  keep: 'keychain',
};

/** Inputs of the calls about channels. */
export const channelExamples = {
  'channels.add': {
    takes: addedChannel,
    refuses: [
      {},
      { ...addedChannel, kind: 'email' },
      { ...addedChannel, name: ' ' },
      { ...addedChannel, address: 'a'.repeat(1001) },
      { ...addedChannel, token: 'a'.repeat(301) },
      { ...addedChannel, keep: 'settings' },
    ],
  },
  'channels.change': {
    takes: { id: 'c', isOn: false, switches: { full: false } },
    refuses: [{ isOn: false }, { id: 'c', name: '' }, { id: 'c', switches: { unheard: true } }],
  },
  'channels.setRule': {
    takes: { id: 'c', scope: { kind: 'panel', id: 'account' }, isOn: null },
    refuses: [
      { id: 'c', isOn: true },
      { id: 'c', scope: { kind: 'node', id: 'n' }, isOn: true },
    ],
  },
  'channels.setBoard': {
    takes: { id: 'c', board: { servers: { kind: 'all' }, showsPlayers: true, showsAddresses: false } },
    refuses: [
      { id: 'c' },
      {
        id: 'c',
        board: { servers: { kind: 'panel', id: 'home' }, showsPlayers: true, showsAddresses: false },
      },
      {
        id: 'c',
        board: { servers: { kind: 'group', groupId: '' }, showsPlayers: true, showsAddresses: false },
      },
    ],
  },
  'channels.test': { takes: { id: 'c' }, refuses: [{}, { id: '' }] },
  'channels.resume': { takes: { id: 'c' }, refuses: [{}, { id: '' }] },
  'channels.remove': { takes: { id: 'c' }, refuses: [{}, { id: 'a'.repeat(65) }] },
};
