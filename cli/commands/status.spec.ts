import { expect, it, vi } from 'vitest';
import type { RemoteServer } from '../../bridge/schema/remote-entities.js';
import '../../tests/support/every-area.js';
import { recordingTerminal } from '../../tests/support/recording-terminal.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { status } from './status.js';

const server: RemoteServer = {
  id: 'ab12cd34',
  uuid: 'ab12cd34-0000-4000-8000-000000000000',
  name: 'Lobby',
  panel: 'Home',
  node: 'Berlin',
  state: 'running',
  word: 'running',
  address: 'play.example.com:25565',
  usage: null,
  players: null,
  problem: null,
  details: {
    description: '',
    number: 7,
    sftp: { host: 'node.example.com', port: 2022 },
    image: 'example/java:21',
    egg: null,
    features: ['eula', 'pid_limit'],
    limits: { memoryBytes: 1_073_741_824, diskBytes: null, cpuPercent: 100, oomKiller: true, backups: 0 },
  },
};

async function printed(servers: RemoteServer[], options: Options = {}): Promise<string> {
  const { terminal, out } = recordingTerminal();
  const ask = vi.fn(async () => ({ servers }));
  await status({
    perch: { ask } as unknown as PerchConnection,
    args: ['Lobby'],
    plain: 0,
    options,
    terminal,
    deadline: Infinity,
  });
  return out();
}

it('prints the panel’s facts about one server below its state', async () => {
  const [table, facts] = (await printed([server])).split('\n\n');
  expect(table).toMatch(/^NAME .*\nLobby +running/);
  expect(facts?.trimEnd().split('\n')).toEqual([
    'Panel: Home',
    'Address: play.example.com:25565',
    'SFTP: node.example.com:2022',
    'Short ID: ab12cd34',
    'UUID: ab12cd34-0000-4000-8000-000000000000',
    'Number on the panel: 7',
    'Node: Berlin',
    'Image: example/java:21',
    'Features of the egg: eula, pid_limit',
    'Memory: 1 GiB',
    'Disk: Unlimited',
    'CPU: 100 %',
    'OOM killer: On: at the memory limit, the node ends a process',
    'Backups: None',
  ]);
});

it('prints the states alone of several servers, and of a Perch that tells no details', async () => {
  const { details, ...plain } = server;
  expect(details).toBeDefined();
  expect(await printed([server, { ...server, id: 'b' }])).not.toContain('Memory:');
  expect(await printed([plain])).not.toContain('Memory:');
});

it('prints JSON with the details', async () => {
  expect(JSON.parse(await printed([server], { json: true }))).toEqual({ servers: [server] });
});
