/** Inputs of the calls about shared logs: one that main takes, and some that it refuses. */
const log = { serverId: 'account:abc', title: 'Console', text: 'x', service: 'https://logs.example' };

export const sharingExamples = {
  'sharing.send': {
    takes: log,
    refuses: [
      { ...log, text: '' },
      { ...log, service: 'http://logs.example' },
      { ...log, title: 'x'.repeat(301) },
      { ...log, serverId: '' },
    ],
  },
  'sharing.delete': { takes: { id: 's' }, refuses: [{}, { id: '' }] },
  'sharing.forget': { takes: { id: 's' }, refuses: [{}, { id: 'x'.repeat(65) }] },
};
