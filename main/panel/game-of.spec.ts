import { describe, expect, it } from 'vitest';
import type { Game } from '../../bridge/panel/games.js';
import { gameOf, type GameFacts } from './game-of.js';

const of = (facts: Partial<GameFacts>): Game | null =>
  gameOf({ egg: '', features: [], invocation: '', image: '', ...facts });

describe('the game of a server', () => {
  it.each<[string, Game | null]>([
    // pterodactyl/panel
    ['Bungeecord', 'proxy'],
    ['Forge Minecraft', 'minecraft'],
    ['Paper', 'minecraft'],
    ['Sponge (SpongeVanilla)', 'minecraft'],
    ['Vanilla Minecraft', 'minecraft'],
    ['Rust', 'rust'],
    ['Ark: Survival Evolved', 'ark'],
    ['Counter-Strike: Global Offensive', 'source'],
    ['Custom Source Engine Game', 'source'],
    ['Garrys Mod', 'source'],
    ['Insurgency', 'source'],
    ['Team Fortress 2', 'source'],
    ['Mumble Server', 'voice'],
    ['Teamspeak3 Server', 'voice'],
    // pelican-eggs
    ['Velocity', 'proxy'],
    ['Waterfall', 'proxy'],
    ['GeyserMC', 'proxy'],
    ['Vanilla Bedrock', 'bedrock'],
    ['PocketmineMP', 'bedrock'],
    ['PowerNukkitX', 'bedrock'],
    ['NeoForge', 'minecraft'],
    ['CurseForge Generic', 'minecraft'],
    ['Purpur', 'minecraft'],
    ['Rust Autowipe', 'rust'],
    ['ARK: Survival Ascended', 'ark'],
    ['Counter-Strike 2', 'source'],
    ['Left 4 Dead 2', 'source'],
    ['Valheim Plus Mod', 'valheim'],
    ['Terraria Vanilla', 'terraria'],
    ['tModLoader', 'terraria'],
    ['Factorio', 'factorio'],
    ['Palworld Proton', 'palworld'],
    ['Project Zomboid', 'zomboid'],
    ['7 Days To Die', 'seven-days'],
    ['7DTD Experimental', 'seven-days'],
    ['30 Days Trial', null],
    ['discord.js Generic', 'bot'],
    ['JMusicBot', 'bot'],
    ['Red DiscordBot', 'bot'],
    ['node.js generic', 'bot'],
    ['Python Generic', 'bot'],
    ['MariaDB 10.3', 'database'],
    ['PostgreSQL 16', 'database'],
    ['Redis-7', 'database'],
    ['Nginx', 'web'],
    ['web_server', 'web'],
    // The window draws no symbol for these games.
    ['Rust Generic', null],
    ['Satisfactory', null],
    ['Sparkling Water', null],
    ['Paperless', null],
    ['', null],
  ])('of the egg "%s" is %s', (egg, game) => {
    expect(of({ egg })).toBe(game);
  });

  it("comes from the command, the egg's features or the image if the name does not show it", () => {
    expect(of({ invocation: 'java -Xms128M -jar velocity-3.4.0.jar' })).toBe('proxy');
    expect(of({ egg: 'Our own', invocation: './bedrock_server', features: ['eula'] })).toBe('bedrock');
    expect(of({ features: ['eula', 'java_version', 'pid_limit'] })).toBe('minecraft');
    expect(of({ features: ['gsl_token', 'steam_disk_space'] })).toBe('source');
    expect(of({ image: 'ghcr.io/pterodactyl/games:rust' })).toBe('rust');
    expect(of({ image: 'ghcr.io/parkervcp/yolks:voice_mumble' })).toBe('voice');
    expect(of({ image: 'ghcr.io/parkervcp/yolks:nodejs_22' })).toBe('bot');
    expect(of({ image: '~ghcr.io/pelican-eggs/yolks:mariadb_11.4' })).toBe('database');
    expect(of({ image: 'ghcr.io/pterodactyl/yolks:java_21', features: ['steam_disk_space'] })).toBeNull();
  });

  it('comes from the name, whatever the command looks like', () => {
    expect(of({ egg: 'Terraria Vanilla', invocation: 'java -jar paper.jar', features: ['eula'] })).toBe(
      'terraria',
    );
  });

  it('of hostile names is none, and long names are cut', () => {
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '__proto__',
      'constructor',
      '\u202e\u0000\n\r',
      'b'.repeat(1_000_000),
      'paper-'.repeat(200_000),
      'velocity.'.repeat(100_000),
      '🦖'.repeat(10_000),
    ];
    for (const text of hostile) {
      of({ egg: text, invocation: text, image: text, features: [text] });
    }
    expect(of({ egg: hostile[0] ?? '', image: hostile[1] ?? '' })).toBeNull();
    expect(of({ egg: hostile[4] ?? '' })).toBeNull();
  });
});
