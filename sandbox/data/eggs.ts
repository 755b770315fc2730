import { GAMES, type GameName } from '../games/catalogue.js';
import type { Egg, EggVariable } from './world.js';

/** A visible and editable variable; `fields` overrides the rest. */
export function variable(
  env: string,
  name: string,
  defaultValue: string,
  rules: string,
  description: string,
  fields: Partial<EggVariable> = {},
): EggVariable {
  return { env, name, defaultValue, rules, description, viewable: true, editable: true, ...fields };
}

export function egg(
  id: number,
  name: string,
  game: GameName,
  fields: Pick<Egg, 'uuid' | 'features' | 'dockerImages' | 'startup' | 'variables'>,
): Egg {
  return { id, name, game, stopValue: GAMES[game].stop, donePattern: GAMES[game].done, ...fields };
}

const java = {
  'Java 21': 'ghcr.io/pterodactyl/yolks:java_21',
  'Java 17': 'ghcr.io/pterodactyl/yolks:java_17',
  'Java 11': 'ghcr.io/pterodactyl/yolks:java_11',
};

/** A new object for each egg, so that a change to one egg does not affect the others. */
function jarFile(): EggVariable {
  return variable(
    'SERVER_JARFILE',
    'Server jar',
    'server.jar',
    'required|regex:/^([\\w\\d._-]+)(\\.jar)$/',
    'Which jar in the server folder is started.',
  );
}

/** The eggs of the demo, with every kind of rule that real eggs use (PROTOCOL 6.3). */
export function demoEggs(): Egg[] {
  return [
    egg(1, 'Paper', 'survival', {
      uuid: '5b1f6a0e-4f0e-4a6e-9d43-51a5f3f0c101',
      features: ['eula', 'java_version', 'pid_limit'],
      dockerImages: { ...java },
      startup: 'java -Xms128M -Xmx{{SERVER_MEMORY}}M -jar {{SERVER_JARFILE}} --nogui',
      variables: [
        variable(
          'MINECRAFT_VERSION',
          'Minecraft version',
          'latest',
          'nullable|string|max:20',
          'A version such as 1.21.4, or "latest". Takes effect at the next reinstallation.',
        ),
        jarFile(),
        variable(
          'BUILD_NUMBER',
          'Build',
          'latest',
          'required|string|max:20',
          'A build of Paper, or "latest" for the newest of that version.',
        ),
        variable(
          'DIFFICULTY',
          'Difficulty',
          'normal',
          'required|string|in:peaceful,easy,normal,hard',
          'How hard the world is on its players.',
        ),
        variable(
          'VIEW_DISTANCE',
          'View distance',
          '10',
          'required|integer|between:3,32',
          'Chunks in each direction that a player is sent.',
        ),
        variable(
          'ONLINE_MODE',
          'Check accounts',
          '1',
          'required|boolean',
          '1 = only players with a bought account.',
        ),
        variable(
          'SERVER_UUID_SALT',
          'Salt',
          'k3-harbor',
          'required|string',
          'Set by the host and shown to nobody.',
          { viewable: false, editable: false },
        ),
      ],
    }),
    egg(2, 'Vanilla', 'survival', {
      uuid: '5b1f6a0e-4f0e-4a6e-9d43-51a5f3f0c102',
      features: ['eula', 'java_version', 'pid_limit'],
      dockerImages: { ...java },
      startup: 'java -Xms128M -XX:MaxRAMPercentage=95.0 -jar {{SERVER_JARFILE}}',
      variables: [
        jarFile(),
        variable(
          'VANILLA_VERSION',
          'Version',
          'latest',
          'required|string|between:3,15',
          'The release to install; "snapshot" for the newest snapshot.',
        ),
        variable('LEVEL_SEED', 'Seed', '', 'nullable|string|max:64', 'Empty = a world by chance.'),
      ],
    }),
    egg(3, 'Velocity', 'proxy', {
      uuid: '5b1f6a0e-4f0e-4a6e-9d43-51a5f3f0c103',
      features: null,
      dockerImages: { ...java },
      startup: 'java -Xms128M -Xmx{{SERVER_MEMORY}}M -jar {{PROXY_JAR}} --port {{SERVER_PORT}}',
      variables: [
        { ...jarFile(), env: 'PROXY_JAR', name: 'Proxy jar', defaultValue: 'velocity.jar' },
        variable(
          'FORWARDING',
          'Player forwarding',
          'modern',
          'required|string|in:none,legacy,bungeeguard,modern',
          'How the servers behind learn who a player is.',
        ),
        variable(
          'FORWARDING_SECRET',
          'Forwarding secret',
          'between-proxy-and-server',
          'required|alpha_dash|between:8,64',
          'The same on every server behind this proxy.',
        ),
      ],
    }),
    egg(4, 'Rust', 'rust', {
      uuid: '5b1f6a0e-4f0e-4a6e-9d43-51a5f3f0c104',
      features: ['steam_disk_space'],
      dockerImages: { 'ghcr.io/pterodactyl/games:rust': 'ghcr.io/pterodactyl/games:rust' },
      startup:
        './RustDedicated -batchmode +server.port {{SERVER_PORT}} +server.queryport {{QUERY_PORT}} +server.hostname "{{HOSTNAME}}" ' +
        '+server.maxplayers {{MAX_PLAYERS}} +server.worldsize {{WORLD_SIZE}} +rcon.password {{RCON_PASS}}',
      variables: [
        variable(
          'HOSTNAME',
          'Name in the list',
          'A Rust island',
          'required|string|max:60',
          'What players look for.',
        ),
        variable(
          'FRAMEWORK',
          'Mod framework',
          'vanilla',
          'required|in:vanilla,oxide,carbon',
          'Installed at the next start.',
        ),
        variable('MAX_PLAYERS', 'Slots', '40', 'required|integer|gt:0', 'How many may play at once.'),
        variable(
          'WORLD_SIZE',
          'World size',
          '3000',
          'required|numeric|min:1000|max:6000',
          'Edge of the map in metres.',
        ),
        variable(
          'STEAM_ACC',
          'Steam login token',
          '',
          'nullable|string|alpha_num|size:32',
          'Lets the server log in to Steam.',
        ),
        variable('SERVER_IMG', 'Header picture', '', 'nullable|url', 'Address of a picture of 512 by 256.'),
        variable('RCON_PORT', 'RCON port', '28016', 'required|integer', 'Given by the host.', {
          editable: false,
        }),
        variable('QUERY_PORT', 'Query port', '28017', 'required|integer', 'Answers the server list.', {
          editable: false,
        }),
        variable(
          'RCON_PASS',
          'RCON password',
          'changed-by-the-host',
          'required|regex:/^[\\w.-]*$/|max:64',
          'For remote administration.',
          { viewable: false },
        ),
      ],
    }),
    egg(5, 'Valheim', 'valheim', {
      uuid: '5b1f6a0e-4f0e-4a6e-9d43-51a5f3f0c105',
      features: ['steam_disk_space'],
      dockerImages: {
        'Debian (SteamCMD)': 'ghcr.io/parkervcp/steamcmd:debian',
        Proton: 'ghcr.io/parkervcp/steamcmd:proton',
      },
      startup:
        './valheim_server.x86_64 -nographics -batchmode -name "{{SERVER_NAME}}" -port {{SERVER_PORT}} ' +
        '-world "{{WORLD}}" -password "{{PASSWORD}}" -public {{PUBLIC_SERVER}}',
      variables: [
        variable(
          'SERVER_NAME',
          'Server name',
          'Longhouse',
          'required|string|between:1,60',
          'Shown in the list.',
        ),
        variable(
          'WORLD',
          'World',
          'Midgard',
          'required|string|alpha_dash|max:20',
          'Name of the saved world.',
        ),
        variable(
          'PASSWORD',
          'Password',
          'skaldic',
          'required|string|min:5|max:20',
          'At least five characters.',
        ),
        variable('PUBLIC_SERVER', 'Listed', '1', 'required|boolean', '1 = shown in the public list.'),
        variable(
          'BACKUP_INTERVAL',
          'Backup interval',
          '7200',
          'nullable|numeric|digits_between:3,6',
          'Seconds between two backups; empty = the game decides.',
        ),
      ],
    }),
  ];
}
