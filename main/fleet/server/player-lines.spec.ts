import { describe, expect, it, vi } from 'vitest';
import { playerNews } from './player-lines.js';

const steam = '76561198000000001';

describe('playerNews', () => {
  it.each([
    ['[12:00:00] [Server thread/INFO]: Olive joined the game', 'joined', 'Olive'],
    ['\u001b[36m[12:00:00 INFO]: Olive_2 joined the game\u001b[0m', 'joined', 'Olive_2'],
    [
      '[12:00:00] [Server thread/INFO] [minecraft/MinecraftServer]: Wren (formerly known as Olive) joined the game',
      'joined',
      'Wren',
    ],
    ['[12:00:00 INFO]: .BedrockOlive left the game', 'left', '.BedrockOlive'],
    [
      '[04Jan2026 12:00:00.123] [Server thread/INFO] [net.minecraft.server.MinecraftServer/]: Olive left the game',
      'left',
      'Olive',
    ],
    [
      '[2026-01-02 12:00:00:123 INFO] Player connected: Olive Oil, xuid: 2535400000000000',
      'joined',
      'Olive Oil',
    ],
    [
      '[2026-01-02 12:00:00:123 INFO] Player disconnected: Olive Oil, xuid: 2535400000000000, pfid: ab12',
      'left',
      'Olive Oil',
    ],
    ['[12:00:00 INFO]: [connected player] Olive (/198.51.100.7:50000) has connected', 'joined', 'Olive'],
    [
      '[12:00:00 INFO]: [connected player] Olive (/198.51.100.7:50000) has disconnected: bye',
      'left',
      'Olive',
    ],
    ['12:00:00 [INFO] [Olive] <-> ServerConnector [lobby] has connected', 'joined', 'Olive'],
    ['12:00:00 [INFO] [Olive] -> UpstreamBridge has disconnected', 'left', 'Olive'],
    ['L 01/02/2026 - 12:00:00: "Olive<2><[U:1:123]><>" entered the game', 'joined', 'Olive'],
    [
      'L 01/02/2026 - 12:00:00: "Olive<2><STEAM_0:1:1><CT>" disconnected (reason "Disconnect")',
      'left',
      'Olive',
    ],
    ['Client "Olive" connected (198.51.100.7:27005).', 'joined', 'Olive'],
    ['Dropped Olive from server (Disconnect by user.)', 'dropped', 'Olive'],
    ['Dropped "Olive" from server (Disconnect by user.)', 'dropped', 'Olive'],
    [`198.51.100.7:50000/${steam}/Olive joined [windows/${steam}]`, 'joined', steam, 'Olive'],
    [`[12:00:00] 198.51.100.7:50000/${steam}/Olive disconnecting: disconnect`, 'left', steam, 'Olive'],
    [`01/02/2026 12:00:00: Got handshake from client ${steam}`, 'joined', steam, null],
    [`01/02/2026 12:00:00: Closing socket ${steam}`, 'left', steam, null],
    ['Olive Oil has joined.', 'joined', 'Olive Oil'],
    [': Olive has left.', 'left', 'Olive'],
    ['2026-01-02 12:00:00 [JOIN] Olive joined the game', 'joined', 'Olive'],
    ['2026-01-02 12:00:00 [LEAVE] Olive left the game', 'left', 'Olive'],
    [
      '2026-01-02T12:00:00 99.1 INF Player connected, entityid=171, name=Olive, pltfmid=Steam_1',
      'joined',
      '171',
      'Olive',
    ],
    [
      "2026-01-02T12:00:00 99.1 INF Player disconnected: EntityID=171, PltfmId='Steam_1'",
      'left',
      '171',
      null,
    ],
  ] as const)('%s', (line, kind, who, name: string | null = who) => {
    expect(playerNews(line)).toEqual({ kind, who, name });
  });

  it.each([
    ['[12:00:00] [Server thread/INFO]: There are 0 of a max of 20 players online: ', 0, []],
    ['[12:00:00 INFO]: There are 2 of a max of 20 players online: Olive, Wren', 2, ['Olive', 'Wren']],
    ['[12:00:00 INFO]: There are 3/20 players online:', 3, []],
    ['[12:00:00 INFO]: There are 3 out of maximum 20 players online.', 3, []],
    ['There are 1/10 players online:', 1, []],
    ['players : 3 humans, 2 bots (16 max) (not hibernating)', 3, []],
    ['players : 4 (50 max) (0 queued) (0 joining)', 4, []],
    ['01/02/2026 12:00:00:  Connections 2 ZDOS:49213  sent:0 recv:410', 2, []],
    ['2 players connected.', 2, []],
    ['Online players (1):', 1, []],
    ['Total of 5 in the game', 5, []],
  ] as const)('%s', (line, count, names) => {
    expect(playerNews(line)).toEqual({ kind: 'online', count, names });
  });

  it.each([
    '[12:00:00] [Server thread/INFO]: <Olive> Wren left the game',
    '[12:00:00] [Server thread/INFO]: [Server] Wren left the game',
    '[12:00:00] [Server thread/INFO]: * Olive Wren left the game',
    '[12:00:00] [Server thread/INFO]: <Olive> There are 0 of a max of 20 players online: ',
    '[12:00:00] [Server thread/INFO]: Olive lost connection: Disconnected',
    'L 01/02/2026 - 12:00:00: "Bot01<3><BOT><CT>" entered the game',
    'L 01/02/2026 - 12:00:00: "Olive<2><[U:1:123]><CT>" say "Wren" disconnected',
    'Client "Bot01" connected (none).',
    '<Olive> Wren has left.',
    'players: 0 humans, 0 bots (16 max)',
    'Dropped Wren from server: hello',
    '[12:00:00 INFO]: [Discord] [Kofi]: There are 0 of a max of 20 players online: ',
    '[12:00:00] [Server thread/INFO]: <Kofi> ]: There are 0 of a max of 20 players online',
    '[12:00:00] [Server thread/INFO]: <Kofi> ]: Wren left the game',
    '[12:00:00 INFO]: [VIP] [Kofi]: Wren left the game',
    '[12:00:00] [Server thread/INFO]: [Discord | Kofi]: There are 0/20 players online:',
    '[12:00:00] [Server thread/INFO] [minecraft/MinecraftServer]: [Discord] [Kofi]: Wren left the game',
    '[12:00:00 INFO]: [Discord] [Kofi] [Wren] -> UpstreamBridge has disconnected',
    '[12:00:00 INFO]: [Kofi]: [connected player] Wren (a) has disconnected',
    "2026-01-02T12:00:00 99.1 INF Chat (to 'Global'): 'Kofi': x INF Player disconnected: EntityID=171,",
    `[12:00:00 INFO]: There are ${'9'.repeat(320)} of a max of 20 players online: `,
    `${'9'.repeat(16)} players connected.`,
    `${'x'.repeat(400)}]: Olive left the game`,
  ])('returns nothing for: %s', (line) => {
    expect(playerNews(line)).toBeNull();
  });

  it.each([
    ['An\u200bna has joined.', true],
    ['An\u001b[31mna has joined.', true],
    ['\u202eAnna has joined.', true],
    [' Anna has joined.', true],
    ['An\u001b]0;x\u0007na has joined.', true],
    ['\u001b[33mAnna has joined.\u001b[m\r', undefined],
    ['Anna has joined.', undefined],
  ])('says whether the name was changed: %j', (line, isAltered) => {
    expect(playerNews(line)).toEqual({ kind: 'joined', who: 'Anna', name: 'Anna', isAltered });
  });

  it('needs one pass over a line without player news', () => {
    const line =
      '[12:00:00] [Server thread/INFO]: Saved the chunks of the level in 12 ms, 1200 of them were dirty';
    const passes = vi.spyOn(RegExp.prototype, 'exec');
    try {
      expect(playerNews(line)).toBeNull();
      expect(passes).toHaveBeenCalledTimes(1);
    } finally {
      vi.restoreAllMocks();
    }
  });
});
