import { egg, variable } from './eggs.js';
import { allocation, made } from './servers.js';
import type { WorldSeed } from './world.js';

/** First ids, far above those of the demo. */
const [firstEgg, firstServer] = [51, 51];
const steam = { 'Debian (SteamCMD)': 'ghcr.io/parkervcp/steamcmd:debian' };

/** The seed with a server for each game that the demo lacks, on its first node and offline. */
export function withEveryGame(seed: WorldSeed, now: string): WorldSeed {
  const eggs = [
    egg(firstEgg, 'Vanilla Bedrock', 'bedrock', {
      uuid: '5b1f6a0e-4f0e-4a6e-9d43-51a5f3f0c151',
      features: null,
      dockerImages: { Debian: 'ghcr.io/parkervcp/yolks:debian' },
      startup: './bedrock_server',
      variables: [
        variable('BEDROCK_VERSION', 'Version', 'latest', 'required|string', 'A version, or "latest".'),
      ],
    }),
    egg(firstEgg + 1, 'Garrys Mod', 'garrysmod', {
      uuid: '5b1f6a0e-4f0e-4a6e-9d43-51a5f3f0c152',
      features: ['gsl_token', 'steam_disk_space'],
      dockerImages: steam,
      startup:
        './srcds_run -game garrysmod -port {{SERVER_PORT}} +map {{SRCDS_MAP}} +maxplayers {{MAX_PLAYERS}}',
      variables: [
        variable('SRCDS_MAP', 'Map', 'gm_flatgrass', 'required|string', 'The first map.'),
        variable('MAX_PLAYERS', 'Slots', '32', 'required|integer|max:128', 'How many may play at once.'),
      ],
    }),
    egg(firstEgg + 2, 'Teamspeak3 Server', 'teamspeak', {
      uuid: '5b1f6a0e-4f0e-4a6e-9d43-51a5f3f0c153',
      features: null,
      dockerImages: { Debian: 'ghcr.io/parkervcp/yolks:debian' },
      startup: './ts3server default_voice_port={{SERVER_PORT}} query_port={{QUERY_PORT}} license_accepted=1',
      variables: [
        variable('QUERY_PORT', 'Query port', '10011', 'required|integer', 'Answers ServerQuery.', {
          editable: false,
        }),
      ],
    }),
    egg(firstEgg + 3, 'FiveM', 'fivem', {
      uuid: '5b1f6a0e-4f0e-4a6e-9d43-51a5f3f0c154',
      features: null,
      dockerImages: { Debian: 'ghcr.io/parkervcp/yolks:debian' },
      startup: './run.sh +exec server.cfg +sv_maxclients {{MAX_PLAYERS}}',
      variables: [variable('MAX_PLAYERS', 'Slots', '48', 'required|integer', 'How many may play at once.')],
    }),
  ];
  const server = (at: number, name: string, ...ports: readonly number[]) => {
    const id = firstServer + at;
    const uuid = `5e0c8b${id}-6a52-4d0b-8a0e-6f5d0f2a1b${id}`;
    const allocations = ports.map((port, index) => allocation(id * 10 + index, port));
    return made(eggs, now, { id, uuid, name, nodeId: 1, eggId: firstEgg + at, allocations }, null);
  };
  return {
    ...seed,
    eggs: [...seed.eggs, ...eggs],
    servers: [
      ...seed.servers,
      server(0, 'Pocket', 19132),
      server(1, 'Sandbox Night', 27015),
      server(2, 'Voice', 9987, 10_011),
      server(3, 'Los Santos', 30120),
    ],
  };
}
