/** Which files of a server are its configuration, by game. Paths are from the server's folder, with leading "/". */
import type { Game } from '../panel/games.js';

export interface WatchedFiles {
  /** Text files whose contents are kept when they change. */
  readonly texts: readonly string[];
  /** Folders of plugins and mods, of which names, sizes and times are watched. */
  readonly folders: readonly string[];
}

const paperTexts = ['/config/paper-global.yml', '/config/paper-world-defaults.yml'];
const bukkitTexts = ['/bukkit.yml', '/spigot.yml', '/paper.yml', '/commands.yml', '/permissions.yml'];
const peopleTexts = ['/ops.json', '/whitelist.json', '/eula.txt'];

const byGame: Readonly<Partial<Record<Game, WatchedFiles>>> = {
  minecraft: {
    texts: ['/server.properties', ...bukkitTexts, ...paperTexts, ...peopleTexts, '/user_jvm_args.txt'],
    folders: ['/plugins', '/mods'],
  },
  bedrock: { texts: ['/server.properties', '/allowlist.json', '/permissions.json'], folders: [] },
  proxy: { texts: ['/velocity.toml', '/config.yml', '/waterfall.yml'], folders: ['/plugins', '/modules'] },
  rust: { texts: ['/server/rust/cfg/server.cfg'], folders: ['/oxide/plugins', '/carbon/plugins'] },
  ark: {
    texts: ['GameUserSettings.ini', 'Game.ini'].map(
      (name) => `/ShooterGame/Saved/Config/LinuxServer/${name}`,
    ),
    folders: ['/ShooterGame/Content/Mods'],
  },
  valheim: { texts: ['/start_server.sh'], folders: ['/BepInEx/plugins'] },
  source: {
    texts: [
      '/csgo/cfg/server.cfg',
      '/game/csgo/cfg/server.cfg',
      '/garrysmod/cfg/server.cfg',
      '/tf/cfg/server.cfg',
    ],
    folders: ['/garrysmod/addons'],
  },
  terraria: { texts: ['/serverconfig.txt', '/tshock/config.json'], folders: ['/ServerPlugins'] },
  factorio: { texts: ['/data/server-settings.json', '/server-settings.json'], folders: ['/mods'] },
  palworld: { texts: ['/Pal/Saved/Config/LinuxServer/PalWorldSettings.ini'], folders: [] },
  zomboid: { texts: ['/.cache/Server/servertest.ini'], folders: [] },
  voice: { texts: ['/ts3server.ini', '/murmur.ini', '/mumble-server.ini'], folders: [] },
  bot: { texts: ['/package.json', '/requirements.txt', '/config.json', '/config.yml'], folders: [] },
  database: { texts: ['/my.cnf', '/redis.conf', '/postgresql.conf', '/mongod.conf'], folders: [] },
  web: { texts: ['/nginx/nginx.conf', '/nginx/conf.d/default.conf'], folders: [] },
};

const unknown: WatchedFiles = {
  texts: [
    '/server.properties',
    '/server.cfg',
    '/config.yml',
    '/config.json',
    '/config.toml',
    '/settings.ini',
  ],
  folders: ['/plugins', '/mods'],
};

export function watchedFiles(game: Game | null | undefined): WatchedFiles {
  return (game ? byGame[game] : undefined) ?? unknown;
}
