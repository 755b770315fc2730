const server = { serverId: 'account:abc' };
const person = { ...server, person: '11111111-2222-4333-8444-555555555555' };
const permissions = ['control.start', 'file.read-content'];

/** Inputs of the calls about people: accepted and refused. */
export const peopleExamples = {
  'people.retry': { takes: undefined, refuses: [server, {}] },
  'people.list': { takes: server, refuses: [undefined, {}, { serverId: '' }] },
  'people.view': { takes: person, refuses: [server, { ...person, person: '' }] },
  'people.add': {
    takes: { ...server, email: 'guest@example.com', permissions },
    refuses: [
      { ...server, email: ' ', permissions },
      { ...server, email: 'guest@example.com', permissions: [] },
      { ...server, email: 'guest@example.com', permissions: ['*'] },
    ],
  },
  'people.change': {
    takes: { ...person, permissions, replaces: [] },
    refuses: [
      { ...person, permissions },
      { ...server, permissions, replaces: [] },
    ],
  },
  'people.remove': { takes: person, refuses: [server, { ...person, person: '' }] },
};
