/** Inputs of the calls about players: an input that main accepts, and inputs that main refuses. */
const server = { serverId: 'account:abc' };
const long = (length: number): string => 'a'.repeat(length);
const onlyServer = { takes: server, refuses: [undefined, {}, { serverId: '' }, { serverId: long(301) }] };

export const playerExamples = {
  'players.week': onlyServer,
  'players.seen': {
    takes: { ...server, search: '' },
    refuses: [server, { ...server, search: long(101) }, { search: 'Anna' }],
  },
  'players.act': {
    takes: { ...server, verb: 'ban', player: 'Anna', text: 'griefing' },
    refuses: [
      server,
      { ...server, verb: 'teleport', player: 'Anna' },
      { ...server, verb: 'kick', player: '' },
      { ...server, verb: 'kick', player: long(201) },
      { ...server, verb: 'kick', player: 'Anna', text: long(2001) },
    ],
  },
  'players.broadcast': {
    takes: { ...server, text: 'Restart in an hour', command: 'broadcast {text}' },
    refuses: [
      server,
      { ...server, text: '' },
      { ...server, text: long(501) },
      { ...server, text: 'Hi', command: 'broadcast' },
      { ...server, text: 'Hi', command: `${long(500)}{text}` },
    ],
  },
  'players.lists': onlyServer,
  'players.joinInfo': onlyServer,
  'players.askNow': onlyServer,
  'players.keepRunning': onlyServer,
  'players.setWhenEmpty': {
    takes: { ...server, wish: { does: 'restart', minutes: 20, everyHours: 24 } },
    refuses: [
      server,
      { ...server, wish: { does: 'kill', minutes: 20 } },
      { ...server, wish: { does: 'stop', minutes: 0.5 } },
      { ...server, wish: { does: 'stop', minutes: 1441 } },
      { ...server, wish: { does: 'restart', minutes: 20 } },
      { ...server, wish: { does: 'restart', minutes: 20, everyHours: 0 } },
    ],
  },
  'players.setQuery': {
    takes: { ...server, protocol: 'source', host: 'play.example.com', port: 27_015, isOff: false },
    refuses: [
      server,
      { ...server, protocol: 'gopher', host: null, port: null, isOff: false },
      { ...server, protocol: null, host: 'a b', port: null, isOff: false },
      { ...server, protocol: null, host: 'a/b', port: null, isOff: false },
      { ...server, protocol: null, host: null, port: 0, isOff: false },
      { ...server, protocol: null, host: null, port: 65_536, isOff: false },
    ],
  },
};
