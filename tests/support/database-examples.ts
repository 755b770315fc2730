const server = { serverId: 'home/1' };
const database = { ...server, database: 'R719VEq2' };
const onlyDatabase = { takes: database, refuses: [server, { ...database, database: '../1' }] };

/** Inputs of the calls about databases: accepted and refused. */
export const databaseExamples = {
  'databases.list': { takes: server, refuses: [undefined, {}, { serverId: '' }] },
  'databases.create': {
    takes: { ...server, name: 'main', from: '%' },
    refuses: [
      { ...server, name: 'main' },
      { ...server, name: 'ab', from: '%' },
      { ...server, name: 'a b;', from: '%' },
      { ...server, name: 'x'.repeat(49), from: '%' },
      { ...server, name: 'main', from: 'x y' },
      { ...server, name: 'main', from: '' },
    ],
  },
  'databases.rotate': onlyDatabase,
  'databases.remove': {
    takes: { ...database, typed: 's32_main' },
    refuses: [database, { ...database, typed: 'x'.repeat(301) }],
  },
  'databases.showPassword': onlyDatabase,
  'databases.copy': {
    takes: { ...database, what: 'luckperms' },
    refuses: [database, { ...database, what: 'everything' }],
  },
  'databases.open': onlyDatabase,
};
