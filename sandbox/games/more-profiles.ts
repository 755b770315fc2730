import { GAMES } from './catalogue.js';
import { paint, pick, upTo, type Profile } from './profile.js';
import { steamIdOf } from './steam-id.js';

/** Minecraft, Bedrock Edition. */
export const bedrock: Profile = (() => {
  const say = (level: string, text: string): string => {
    const now = new Date().toISOString();
    return `[${now.slice(0, 10)} ${now.slice(11, 19)}:${now.slice(20, 23)} ${level}] ${text}`;
  };
  const info = (text: string): string => say('INFO', text);
  const xuid = (player: string): string => `253541${steamIdOf(player).slice(-10)}`;
  return {
    boot: [
      () => info('Starting Server'),
      () => info('Version: 1.21.120.4'),
      (scene) => info(`Level Name: ${scene.name}`),
      () => info('Game mode: 0 Survival'),
      () => info('Opening level worlds/Bedrock level/db'),
      () => info(GAMES.bedrock.done),
    ],
    chatter: [
      () => info('Running AutoCompaction...'),
      () => say('WARN', `A chunk took ${40 + upTo(90)} ms`),
      (scene) => info(`Player Spawned: ${pick(scene.players, 'nobody')}`),
    ],
    joined: (player) => info(`Player connected: ${player}, xuid: ${xuid(player)}`),
    left: (player) => info(`Player disconnected: ${player}, xuid: ${xuid(player)}, pfid: 4f2a91c0`),
    list: ({ players, slots }) => [
      info(`There are ${players.length}/${slots} players online:`),
      players.join(', '),
    ],
    said: (text) => info(`[Server] ${text}`),
    info,
    unknown: (command) =>
      say(
        'ERROR',
        `Unknown command: ${command}. Please check that the command exists and that you have permission to use it.`,
      ),
    crash: () => [say('ERROR', 'Crash: the level database returned an invalid iterator')],
    saving: [info('Server stop requested.'), info('Stopping server...')],
    moderation: 'bedrock',
  };
})();

/** Garry's Mod, a game of Valve's Source engine. */
export const garrysmod: Profile = {
  boot: [
    () => 'Auto detecting CPU',
    () => 'Using breakpad crash handler',
    (scene) => `hostname "${scene.name}"`,
    () => 'Mounting 14 addons',
    () => paint(36, 'Map gm_flatgrass is ready'),
    () => `${GAMES.garrysmod.done} 90201234567890123`,
  ],
  chatter: [
    (scene) => `${pick(scene.players, 'Console')}: who took the remote?`,
    () => `ServerLog: ${upTo(900)} props in the world`,
  ],
  joined: (player) => `Client "${player}" connected (198.51.100.7:27005).`,
  left: (player, why = 'Disconnect by user.') => `Dropped "${player}" from server (${why})`,
  list: ({ players, name, slots }) => [
    `hostname: ${name}`,
    `players : ${players.length} humans, 0 bots (${slots} max)`,
    ...players.map((player, index) => `# ${index + 2} "${player}" [U:1:${1000 + index}] 05:12 40 0 active`),
  ],
  listWord: 'status',
  said: (text) => `Console: ${text}`,
  info: (text) => text,
  unknown: (command) => `Unknown command "${command}"`,
  crash: () => [paint(31, 'The physics of this map ended by themselves')],
  saving: ['Shutdown function ShutdownMixerControls() not in list!!!'],
  moderation: 'source',
};
