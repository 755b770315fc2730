/** Further eggs with the name, image and start command of public ones. Their servers are simulated. */
export const moreEggs: readonly (readonly [string, string, string, string[]])[] = [
  ['Vanilla Bedrock', 'ghcr.io/parkervcp/yolks:debian', './bedrock_server', []],
  [
    'Forge Minecraft',
    'ghcr.io/pterodactyl/yolks:java_21',
    'java -Xms128M -jar server.jar',
    ['eula', 'java_version', 'pid_limit'],
  ],
  [
    'Terraria Vanilla',
    'ghcr.io/parkervcp/yolks:debian',
    './TerrariaServer.bin.x86_64 -config serverconfig.txt',
    [],
  ],
  ['Factorio', 'ghcr.io/parkervcp/yolks:debian', './bin/x64/factorio --start-server saves/world.zip', []],
  [
    'Palworld',
    'ghcr.io/parkervcp/steamcmd:debian',
    './PalServer.sh -port={{SERVER_PORT}}',
    ['steam_disk_space'],
  ],
  [
    'Project Zomboid',
    'ghcr.io/parkervcp/steamcmd:debian',
    './ProjectZomboid64 -port {{SERVER_PORT}}',
    ['steam_disk_space'],
  ],
  [
    'Ark: Survival Evolved',
    'quay.io/parkervcp/pterodactyl-images:debian_source',
    './ShooterGameServer Ragnarok?listen',
    ['steam_disk_space'],
  ],
  [
    'Counter-Strike 2',
    'ghcr.io/parkervcp/steamcmd:sniper',
    './game/cs2.sh -dedicated',
    ['gsl_token', 'steam_disk_space'],
  ],
  [
    'Teamspeak3 Server',
    'ghcr.io/parkervcp/yolks:debian',
    './ts3server default_voice_port={{SERVER_PORT}}',
    [],
  ],
  ['discord.js Generic', 'ghcr.io/parkervcp/yolks:nodejs_22', 'node /home/container/index.js', []],
  ['MariaDB', 'ghcr.io/parkervcp/yolks:mariadb_11.4', 'mariadbd', []],
  ['Nginx', 'ghcr.io/parkervcp/yolks:debian', 'nginx -g "daemon off;"', []],
];
