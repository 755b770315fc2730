import { GAMES, type GameName } from './catalogue.js';
import { bedrock, fivem, garrysmod, teamspeak } from './more-profiles.js';
import { activities, clock, paint, pick, talk, upTo, type Profile } from './profile.js';
import { steamIdOf } from './steam-id.js';

const survival: Profile = (() => {
  const say = (level: string, text: string) => `[${clock()}] [Server thread/${level}]: ${text}`;
  const info = (text: string) => say('INFO', text);
  return {
    boot: [
      () => info('Waking up the survival server, release 4.2'),
      () => info('Reading server.properties'),
      () => paint(33, say('WARN', 'The day length is longer than the default')),
      (scene) => info(`Opening the world "${scene.name}"`),
      ...[0, 18, 41, 67, 88, 100].map((part) => () => info(`Growing the spawn area: ${part}%`)),
      () => info('Binding to port 25565'),
      (scene) =>
        paint(32, info(`Done (${scene.seconds.toFixed(3)}s${GAMES.survival.done}${'"help" or "?"'}`)),
    ],
    chatter: [
      () => info(`Autosave finished, ${120 + upTo(80)} chunks were dirty`),
      () => paint(33, say('WARN', `A tick took ${55 + upTo(90)} ms, 50 ms are allowed`)),
      (scene) => info(`${pick(scene.players, 'A wandering trader')} found a diamond vein`),
      (scene) => info(`<${pick(scene.players, 'Server')}> ${pick(talk, 'hello')}`),
      (scene) => info(`<${pick(scene.players, 'Server')}> ${pick(talk, 'hello')}`),
      (scene) => info(`${pick(scene.players, 'A wandering trader')} ${pick(activities, 'sleeps')}`),
      () => info(`Unloaded ${upTo(40) + 5} quiet chunks`),
    ],
    joined: (player) => paint(36, info(`${player} joined the game`)),
    left: (player) => paint(36, info(`${player} left the game`)),
    list: ({ players, slots }) => [
      info(`There are ${players.length} of a max of ${slots} players online: ${players.join(', ')}`),
    ],
    said: (text) => info(`[Server] ${text}`),
    info,
    unknown: (command) => paint(31, say('ERROR', `Unknown command "${command}". Type "help" for a list.`)),
    crash: () => [
      paint(31, say('ERROR', 'The server loop met an exception it did not expect')),
      'game.world.ChunkOutOfReach: region r.3.-1 has no header',
      '\tat game.world.RegionFile.open(RegionFile.java:118)',
      '\tat game.server.Loop.tick(Loop.java:64)',
    ],
    saving: [info('Closing the server'), info('Saving players'), info('Saving the world')],
    canSave: true,
    moderation: 'minecraft',
  };
})();

const proxy: Profile = (() => {
  const say = (level: string, text: string) => `${paint(90, clock())} [${level}] ${text}`;
  const info = (text: string) => say(paint(34, 'INFO'), text);
  return {
    boot: [
      () => info('Proxy 3.3 is booting'),
      () => info('Loaded 3 plugins: lobby, permits, motd'),
      () => say(paint(33, 'WARN'), 'Player forwarding is off; backends see the address of the proxy'),
      () => info('Backend "lobby" answers in 4 ms'),
      () => info('Backend "survival" answers in 7 ms'),
      () => info(`${GAMES.proxy.done}0.0.0.0:25577`),
    ],
    chatter: [
      (scene) => info(`[connected player] ${pick(scene.players, 'nobody')} -> survival has connected`),
      () => info(`Backend "lobby" answers in ${2 + upTo(20)} ms`),
      () => say(paint(33, 'WARN'), `Slow handshake from 198.51.100.${1 + upTo(250)}`),
    ],
    joined: (player) => info(`[initial] ${player} has connected`),
    left: (player) => info(`[initial] ${player} has disconnected`),
    list: ({ players }) => [info(`${players.length} connected: ${players.join(', ')}`)],
    said: (text) => info(`(broadcast) ${text}`),
    info,
    unknown: (command) => say(paint(31, 'ERROR'), `No such command: ${command}`),
    crash: () => [
      say(paint(31, 'ERROR'), 'The event loop ended by itself'),
      'proxy.net.ChannelClosed: backend "lobby" hung up',
      '\tat proxy.net.Pipeline.flush(Pipeline.java:207)',
    ],
    saving: [info('Sending everybody home'), info('Closing endpoints')],
  };
})();

const rust: Profile = (() => {
  const address = (player: string) => `198.51.100.7:28016/${steamIdOf(player)}`;
  const info = (text: string) => `[${clock()}] ${text}`;
  return {
    boot: [
      () => info('Loading asset bundles'),
      (scene) => info(`Server "${scene.name}", map size 3500, seed ${1000 + upTo(9000)}`),
      ...['Terrain', 'Rivers', 'Roads', 'Monuments'].map((part) => () => info(`Generating ${part} ...`)),
      () => paint(33, info('No save file was found, beginning a fresh island')),
      () => info('Spawning 2,140 trees and 318 ores'),
      () => paint(32, info(GAMES.rust.done)),
    ],
    chatter: [
      () => info(`Saved ${11_000 + upTo(4000)} entities in ${(0.1 + Math.random()).toFixed(2)} seconds`),
      () => info('Cargo ship has entered the map'),
      (scene) => info(`${pick(scene.players, 'A bear')} was killed by ${pick(scene.players, 'hunger')}`),
    ],
    joined: (player) => info(`${address(player)}/${player} joined [linux/${steamIdOf(player)}]`),
    left: (player, why = 'disconnect') => info(`${address(player)}/${player} disconnecting: ${why}`),
    list: ({ players, slots }) => [
      info(`players : ${players.length} (${slots} max)`),
      ...players.map((player, index) => `  ${index + 1}  ${player.padEnd(16)} ping ${20 + upTo(60)}`),
    ],
    said: (text) => paint(35, info(`[SERVER] ${text}`)),
    info,
    unknown: (command) => info(`Command '${command}' not found`),
    crash: () => [
      paint(31, info('Caught a fatal signal: segmentation fault')),
      '#0 0x7f21 in island_update (world=0x0)',
      '#1 0x4410 in main_loop ()',
    ],
    saving: [info('Kicking all players'), info('Writing the island to disk')],
    moderation: 'rust',
  };
})();

const valheim: Profile = (() => {
  const info = (text: string) => `${new Date().toLocaleDateString('en-GB')} ${clock()}: ${text}`;
  return {
    boot: [
      () => info('Reading the runes of the dedicated server'),
      (scene) => info(`World "${scene.name}" is being woken`),
      () => info('Placed 412 locations, 12 altars, 1 trader'),
      () => paint(33, info('Crossplay is off')),
      () => info(GAMES.valheim.done),
    ],
    chatter: [
      () => info(`World saved ( ${(40 + Math.random() * 60).toFixed(1)}ms )`),
      () => info(`Day ${2 + upTo(200)} dawns`),
      (scene) => info(`Got character of ${pick(scene.players, 'a raven')}`),
    ],
    joined: (player) => info(`Handshake with ${player} done`),
    left: (player) => info(`${player} sailed away`),
    list: ({ players }) => [info(`Connections ${players.length}: ${players.join(', ')}`)],
    said: (text) => info(`Shout: ${text}`),
    info,
    unknown: (command) => info(`Nobody understands "${command}"`),
    crash: () => [
      paint(31, info('ObjectGone: the longship has no owner')),
      '  at Ship.Sail () [0x0003f] in ship.cs:88',
    ],
    saving: [info('Shutting the gates'), info('Carving the world into stone')],
  };
})();

export const PROFILES: Readonly<Record<GameName, Profile>> = {
  survival,
  proxy,
  rust,
  valheim,
  bedrock,
  garrysmod,
  teamspeak,
  fivem,
};
