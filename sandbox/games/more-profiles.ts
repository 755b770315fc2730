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

/** TeamSpeak 3, which reads no commands. */
export const teamspeak: Profile = (() => {
  const say = (level: string, part: string, text: string): string => {
    const now = new Date().toISOString().replace('T', ' ').replace('Z', '000');
    return `${now}|${level.padEnd(8)}|${part.padEnd(14)}|1  |${text}`;
  };
  const info = (text: string): string => say('INFO', 'VirtualServer', text);
  const base = (text: string): string => say('INFO', 'VirtualServerBase', text);
  return {
    boot: [
      () => say('INFO', 'ServerLibPriv', 'TeamSpeak 3 Server 3.13.7 (2022-06-20 12:21:53)'),
      () => say('INFO', 'DatabaseQuery', 'dbPlugin name: SQLite3 plugin'),
      () => say('INFO', 'Query', 'listening for query on 0.0.0.0:10011'),
      () => base(`${GAMES.teamspeak.done}9987`),
    ],
    chatter: [() => info('saved the icons of the channels'), () => info('checked the license')],
    joined: (player) => base(`client connected '${player}'(id:3) from 198.51.100.7:50112`),
    left: (player) => base(`client disconnected '${player}'(id:3) reason 'reasonmsg=leaving'`),
    list: ({ players }) => [info(`${players.length} clients: ${players.join(', ')}`)],
    said: (text) => info(`message to all: ${text}`),
    info,
    unknown: (command) => info(`nothing reads "${command}"`),
    crash: () => [say('CRITICAL', 'ServerLibPriv', 'the database went away')],
    saving: [info('stopped')],
  };
})();

/** FiveM, a game server for Grand Theft Auto V. */
export const fivem: Profile = (() => {
  const say = (part: string, text: string): string => `[${part.padStart(22)}] ${text}`;
  const info = (text: string): string => say('citizen-server-impl', text);
  return {
    boot: [
      () => say('resources', 'Found 42 resources.'),
      () => info('Started resource chat'),
      () => info('Started resource hardcap'),
      (scene) => say('cmd', `sv_hostname "${scene.name}"`),
      () => info(`Server license key authentication ${GAMES.fivem.done}`),
    ],
    chatter: [
      () => say('script:chat', 'the sheriff: slow down on Route 68'),
      () => info(`sync thread hitch of ${100 + upTo(90)} ms`),
    ],
    joined: (player) => say('script:hardcap', `${player} is connecting`),
    left: (player) => say('script:hardcap', `${player} has gone (Exiting)`),
    list: ({ players }) => players.map((player, index) => `${index + 1} ${player} ${30 + index} ms`),
    listWord: 'status',
    said: (text) => say('script:chat', `console: ${text}`),
    info,
    unknown: (command) => say('cmd', `No such command ${command}.`),
    crash: () => [info('The game thread ended by itself')],
    saving: [info('Stopping all resources')],
  };
})();
