const server = { serverId: 'account:abc' };
const allocation = { ...server, allocation: 1 };
const onlyAllocation = {
  takes: allocation,
  refuses: [server, { ...allocation, allocation: '../1' }, { ...allocation, allocation: 0 }],
};
const onlyServer = { takes: server, refuses: [undefined, {}, { serverId: '' }] };

/** Inputs of the calls about allocations: accepted and refused. */
export const networkExamples = {
  'network.list': onlyServer,
  'network.note': {
    takes: { ...allocation, notes: '🐦'.repeat(256), replaces: 'x'.repeat(300) },
    refuses: [
      allocation,
      ...['x', '🐦'].map((one) => ({ ...allocation, notes: one.repeat(257), replaces: '' })),
    ],
  },
  'network.makeDefault': onlyAllocation,
  'network.add': onlyServer,
  'network.remove': onlyAllocation,
};
