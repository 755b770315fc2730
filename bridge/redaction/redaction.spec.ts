import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { privateFinds } from './private-finds.js';
import { privateKinds, usualKinds, type KnownPrivate, type PrivateKind } from './private-kinds.js';
import { countsOf, redact, textOf } from './redact.js';

const known: KnownPrivate = {
  names: ['Birdhouse', 'fra-node-7', '1a7ce997-259b-452e-8b4e-cecc464142ca'],
  hosts: ['panel.birdhouse.example', 'n7.birdhouse.example', '10.4.0.7'],
  users: ['wren.m'],
  secrets: ['p*ss+w[rd'],
};

function shared(text: string, kinds: readonly PrivateKind[] = privateKinds, of = known): string {
  return textOf(redact(text, privateFinds(text, of), kinds));
}

/** Private texts by kind; the second is what must not be in the shared text. */
const planted: readonly (readonly [string, string, string?])[] = [
  ['an IPv4 address', '203.0.113.77'],
  ['an address of a private network', '10.13.7.42'],
  ['an IPv6 address', '2001:db8:85a3::8a2e:370:7334'],
  ['a whole IPv6 address', 'fd12:3456:789a:1:2:3:4:5'],
  ['an IPv6 address that holds an IPv4 one', '::ffff:198.51.100.23'],
  ['an email', 'wren.miller+mc@birdmail.example'],
  ['a folder on Linux', '/home/wrenmiller/mc/plugins', 'wrenmiller'],
  ['a folder on macOS', '/Users/wrenmiller/Library', 'wrenmiller'],
  ['a folder on Windows', 'C:\\Users\\Wren Miller\\AppData', 'Wren Miller'],
  ['a folder in JSON', 'C:\\\\Users\\\\wrenmiller\\\\mods', 'wrenmiller'],
  ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'],
  ['a bearer', 'Authorization: Bearer q8f7g6h5j4k3', 'q8f7g6h5j4k3'],
  ['a key of a client', `ptlc_${'aB3dE5'.repeat(7)}`],
  ['a key of an application', `papp_${'aB3dE5'.repeat(7)}`],
  ['a key of Pelican', `pacc_${'aB3dE5'.repeat(7)}`],
  ['a webhook', 'https://discord.com/api/webhooks/1122334455/Zx9-yW8_vU7tS6', 'Zx9-yW8_vU7tS6'],
  ['a token of a Discord bot', 'MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs'],
  ['a token of GitHub', `ghp_${'aB3dE5'.repeat(6)}`],
  ['a key of AWS', 'AKIAIOSFODNN7EXAMPLE'],
  ['a token of Telegram', '1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0'],
  ['a password', 'rcon.password=hunter22', 'hunter22'],
  ['a password after a colon', 'Password: sunshine', 'sunshine'],
  ['a password in JSON', '"dbPassword": "sun shine"', 'sun shine'],
  ['a password of an option', '--token s3cr3tvalue', 's3cr3tvalue'],
  ['a hexadecimal key', 'api key 9f86d081884c7d659a2feaa0c55ad015', '9f86d081884c7d659a2feaa0c55ad015'],
  ['a login in an address', 'mysql://perch:hunter22@127.0.0.1/db', 'hunter22'],
  ['a secret value of the startup', 'p*ss+w[rd'],
  ['the name of the panel', 'Birdhouse'],
  ['the name of a node', 'fra-node-7'],
  ['the id of the server', '1a7ce997-259b-452e-8b4e-cecc464142ca'],
  ['the host of a node', 'n7.birdhouse.example'],
  ['a host below that of the panel', 'eu.panel.birdhouse.example'],
  ['another host', 'https://maps.wren.example/live', 'maps.wren.example'],
  ['a host with a port', 'play.wren.example:25565', 'play.wren.example'],
  ['a name of an account', 'wren.m'],
  ['a quoted password without a sign between', 'rcon_password "hunter2x"', 'hunter2x'],
  ['a quoted password with a blank', 'rcon_password "sun shine"', 'shine'],
  ['a token of a Steam game server', '+sv_setsteamaccount 9F86D081884C7D659A2FEAA0C55AD015', '9F86D081'],
  ['a password of a setting', 'Set RCON password to hunter2x', 'hunter2x'],
  ['a changed password', 'password changed to sunshine', 'sunshine'],
  ['a password that is new', 'The password is now sunshine', 'sunshine'],
  ['a password in capitals', 'ADMIN PASSWORD hunter2x', 'hunter2x'],
  ['a password behind an arrow', 'password -> sunshine', 'sunshine'],
  ['a password behind a double arrow', "'password' => 'sunshine'", 'sunshine'],
  ['a password in a list', '"password","sunshine"', 'sunshine'],
  ['a password of a database user', "CREATE USER 'perch' IDENTIFIED BY 'sunshine'", 'sunshine'],
  ['a login of a player', 'Olive issued server command: /login sunshine', 'sunshine'],
  ['a registration of a player', 'Olive issued server command: /register sunshine sunshine', 'sunshine'],
  ['a change of a password', 'issued server command: /changepassword moonshine sunshine', 'shine'],
  ['a login with the name of the plugin', 'executed: /authme:login sunshine', 'sunshine'],
  ['an IPv6 address with a port after a dot', '2001:db8::1.25565', '2001:db8'],
  ['an IPv4 address in IPv6 with a port after a dot', '::ffff:198.51.100.23.25565', '198.51'],
  ['a quoted folder on Windows', '"C:\\Users\\john doe"', 'doe'],
];

/** Private texts that the text beside them gives away, and the shared text. */
const asWritten: readonly (readonly [string, string])[] = [
  ['ADMIN PASSWORD sunshine', 'ADMIN PASSWORD [secret 1]'],
  ['C:\\Users\\John Doe', 'C:\\Users\\[user 1]'],
  ['C:\\Users\\John Doe is gone', 'C:\\Users\\[user 1] is gone'],
  ['Olive issued server command: /login password', '[player 1] issued server command: /login [secret 1]'],
  ['Setting RCON password to sunshine.', 'Setting RCON password to [secret 1]'],
  ['Setting RCON password to X', 'Setting RCON password to [secret 1]'],
  ['password changed to X', 'password changed to [secret 1]'],
  ['Password for admin: X', 'Password for admin: [secret 1]'],
  ['password -> X', 'password -> [secret 1]'],
  ['"password","X"', '"password","[secret 1]"'],
  ['Password for user admin is sunshine', 'Password for user admin is [secret 1]'],
  ['rcon_password "hunter2x"', 'rcon_password "[secret 1]"'],
  ['invalid password for admin: hunter2x', 'invalid password for admin: [secret 1]'],
  ['from 5.9.12.13->game', 'from [address 1]->game'],
  ['from 24.5.6.7_udp', 'from [address 1]_udp'],
  ['from 24.5.6.7+1', 'from [address 1]+1'],
  ['from 24.5.6.7_25565', 'from [address 1]_25565'],
  ['release 24.5.6.7 joined', 'release [address 1] joined'],
  ['build 24.5.6.7 joined', 'build [address 1] joined'],
  ['from 2001:db8::1.25565', 'from [address 1].25565'],
  ["Identified by 'X'", "Identified by '[secret 1]'"],
];

const ordinary = [
  '[12:01:02] [Server thread/INFO]: Starting minecraft server version 1.20.1',
  '[12:01:02 INFO]: Done (12.034s)! For help, type "help"',
  '[12:01:03] [Server thread/INFO]: Starting Minecraft server on 0.0.0.0:25565',
  '[main/WARN]: Mod fabric-api-0.92.2+1.20.1.jar needs version 17.0.8.1 of Java',
  '2026-11-29 12:00:00 [org.bukkit.craftbukkit.v1_20_R1.CraftServer] Loaded 3 plugins in 42ms',
  'java.lang.NullPointerException: Cannot invoke "net.minecraft.world.Level.m_46472_()" because "key" is null',
  '\tat net.minecraft.server.MinecraftServer.lambda$spin$0(MinecraftServer.java:274) ~[server.jar:?]',
  '\tat TRANSFORMER/minecraft@1.20.1/net.minecraft.world.Chunk.tick(Chunk.java:1044) [forge:47.2.0]',
  'Caused by: java.net.BindException: Address already in use (Bind failed) 127.0.0.1:25575',
  '[2026.11.29-12.00.00:123][  0]Log file open, 11/29/26 12:00:00',
  '[2026.11.29-12.00.01:004][ 12]LogInit: Build: ++UE4+Release-4.27-CL-18319896',
  'Server: "The Island" has successfully started! Number of cores 8, version 358.24',
  '[S_API] SteamAPI_Init(): Loaded /home/container/.steam/sdk64/steamclient.so OK.',
  'Setting breakpad minidump AppID = 2394010, Palworld v0.3.12.77000 is running on port 8211',
  'std::vector<int> Face::Add of Foo::Bar::Baz; ::1 and [::1]:8080 listen; 12:34:56:78',
  '[INFO] Version: 1.21.2.02, Session ID 5d1d2a, Build ID: 24.0.1.9-beta, Branch: r/21_u2',
  'container@pterodactyl~ java -Xms128M -XX:MaxRAMPercentage=95.0 -jar server.jar --port 25565',
  'Authenticator did not accept the key: it expired; the token is not valid, password required',
  'Downloading https://api.papermc.io/v2/projects/paper/versions/1.20.1/builds/196',
  '>>> Spawn at -114.5, 64.0, 1022.25; seed: 4815162342; keys.pressed=false; tokens: 12',
  'Commit 4f9c2a7d0e1b3c5d7f9a1b3c5d7e9f0a2b4c6d8e on branch main, sha256 of the jar matches',
  'SyntaxError: Unexpected token \'export\' at line 3; Unexpected token "name" in JSON at position 4',
  'Wrong username or password, try again; you need a password to join, add the token to your config',
  'Please set a password to enable RCON. Change your password to something secure',
  'ADMIN PASSWORD REQUIRED; INVALID PASSWORD FOR USER; NO PASSWORD SET',
  'Passwords are hashed with SHA256, password sha256 hashing; password bcrypt is slow; password 2fa is off',
  'Columns are "username","password","email" and "token","type"; password -> null, password: none',
  'Use /login <password> or /register <password> <password>, type /login to continue, /login password',
  'GET /login HTTP/1.1, POST /login 200, redirected from /login, /register and /changepassword',
  'Enabling AuthMe v5.6.0.2-SNAPSHOT, LoginSecurity v3.3.1, PasswordManager v1.0, SecretRooms v0.2.3',
  '[AuthMe] Olive1 needs to login, Loading 3 login messages, login took 42ms, login timeout 30s',
  'Loaded mods: journeymap-5.9.18.3-forge.jar, jei_1.2.3.4-fabric, api-0.9.2.1+1.20.1, tool 2.3.4.5_b08',
  'OpenJDK Runtime Environment Temurin-17.0.8.1+1-LTS (build 17.0.8.1+1) with java 17.0.8.1+1',
  'sv_setsteamaccount is not set; the steam account is unknown; token for Foo: missing',
  'Loot table is identified by minecraft:chests/spawn and the entity identified by "minecraft:zombie"',
  'Setting the token to expire in 30 minutes, changed the password to match the policy, password->hash() is slow',
  'The secret "minecraft:story" is done, credentials "default" were loaded, Token of type: STRING, Build: 1.2.3.4',
  "Player identified by 'uuid' has no login, Rcon password set, Access denied for user (using password: YES)",
  'RCON running on 0.0.0.0:25575, query on port 25565, password protection is on, wrong password for Olive: disconnecting, webhook for chat: disabled',
];

describe('the shared text', () => {
  it.each(planted.map(([what, whole, secret = whole]) => ({ what, whole, secret })))(
    'never holds $what, wherever it stands',
    ({ whole, secret }) => {
      const between = fc.constantFrom([' ', ' '], [' "', '" '], [' (', ') '], [' [', '] '], [' ', ', ']);
      const line = fc.constantFrom(...ordinary);
      fc.assert(
        fc.property(line, fc.nat(), between, line, (text, at, [before, behind], next) => {
          const words = text.split(' ');
          const place = at % (words.length + 1);
          const start = words.slice(0, place).join(' ');
          const end = words.slice(place).join(' ');
          const log = `${next}\n${start}${before}${whole}${behind}${end}\n${next}`;
          return !shared(log).includes(secret);
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(asWritten)('hides the private part of %s', (line, told) => {
    expect(shared(line)).toBe(told);
  });

  it('keeps ordinary lines unchanged', () => {
    const nobody: KnownPrivate = { names: [], hosts: [], users: [], secrets: [] };
    expect(ordinary.filter((line) => shared(line, privateKinds, nobody) !== line)).toEqual([]);
  });

  it('says the same private text with the same placeholder', () => {
    const text = 'wren@a.example from 203.0.113.7, then 203.0.113.8, WREN@a.example from 203.0.113.7:25565';
    expect(shared(text)).toBe(
      '[email 1] from [address 1], then [address 2], [email 1] from [address 1]:25565',
    );
  });

  it('keeps the kinds that the person keeps, with the same numbers for the others', () => {
    const text = '/home/wren from 203.0.113.7 to 2001:db8::7';
    expect(shared(text, ['user', 'ipv6'])).toBe('/home/[user 1] from 203.0.113.7 to [address 1]');
    expect(shared(text, [])).toBe(text);
  });

  it('takes names of players out only if the person wants that', () => {
    const text =
      '[12:00:00] [Server thread/INFO]: Olive joined the game\nOlive[/203.0.113.9:4242] logged in\n<Olive> hello, 76561198012345678';
    expect(shared(text, usualKinds)).toContain('Olive joined');
    expect(shared(text)).not.toMatch(/Olive|76561198012345678|203/);
  });

  it('leaves no part of a secret that holds another private text', () => {
    expect(shared('password=x203.0.113.7y@a.example, done')).toBe('password=[secret 1] done');
  });

  it('hides all of two private texts that overlap', () => {
    const finds = [
      { kind: 'email', from: 1, to: 4 },
      { kind: 'secret', from: 2, to: 6 },
      { kind: 'host', from: 3, to: 5 },
    ] as const;
    expect(textOf(redact('abcdefgh', finds, privateKinds))).toBe('a[secret 1]gh');
  });

  it('the end of a private key whose beginning is not shared', () => {
    const whole = 'MIIEowIBAAKCAQEAx7k3b9Qw2Lr5Tz8Vn1Jc6Hd4Gf0Sa2Pe3Ru7Yi9Ow1Em5Kx';
    const end = '-----END PRIVATE KEY-----';
    const text = ['Done (3.2s)!', 'tailOfALine+/', whole, `[14:02:11 INFO]: ${whole}`, 'a1b2==', end, 'Bye'];
    expect(shared(text.join('\n'), ['secret']).split('\n')).toEqual([
      'Done (3.2s)!',
      ...['[secret 1]', '[secret 2]', '[secret 3]', '[secret 4]'],
      end,
      'Bye',
    ]);
    expect(shared(`Hello\n${end}\n`, ['secret'])).toContain(end);
  });

  it('the end of such a key whose short last line has the time of a log', () => {
    const whole = 'MIIEowIBAAKCAQEAx7k3b9Qw2Lr5Tz8Vn1Jc6Hd4Gf0Sa2Pe3Ru7Yi9Ow1Em5Kx';
    const time = '[14:02:11 INFO]: ';
    const text = [`${time}Done`, `${time}${whole}`, `${time}a1b2==`, `${time}-----END PRIVATE KEY-----`];
    expect(shared(text.join('\n'), ['secret']).split('\n').slice(0, 3)).toEqual([
      `${time}Done`,
      '[secret 1]',
      '[secret 2]',
    ]);
  });

  describe('the parts of a private key that a limit leaves in one line of JSON', () => {
    const rows = ['q2Lr5Tz8Vn1Jc6Hd4Gf0Sa2Pe3Ru7Yi9Ow1Em5Kx', 'Zb7Nd3Wf9Lk1Tg5Xs0Jp8Cv2Ma6Yh4Qe3Ru1Io9B'].map(
      (row) => row.padEnd(64, 'x7k3b9Qw'),
    );
    const begin = '-----BEGIN PRIVATE KEY-----';
    const end = '-----END PRIVATE KEY-----';
    const body = [...rows, ...rows, 'a1b2=='];

    it.each([String.raw`\n`, String.raw`\\n`, String.raw`\r\n`])('joined by %s', (joint) => {
      const key = [begin, ...body, end, ''].join(joint);
      const line = `{"type":"x","zz":"${key}","mail":"m"}`;
      const isShared = (from: number, to: number): boolean => {
        const text = shared(`Done\n${line.slice(from, to)}`, ['secret']);
        return rows.some((row) => text.includes(row.slice(0, 20)) || text.includes(row.slice(22, 42)));
      };
      for (let from = 0; from < line.length; from += 7) {
        expect(isShared(from, line.length), `from ${from}`).toBe(false);
        // Fewer than three lines of a key look like any other text.
        if (line.length - from > 300)
          expect(isShared(from, line.length - 60), `part from ${from}`).toBe(false);
      }
    });

    it('without the words around it', () => {
      const text = `{"name":"Longbow","zz":"${body.join(String.raw`\n`)}${String.raw`\n`}${end}\\n","mail":"m"}`;
      expect(shared(text, ['secret'])).toBe(`{"name":"Longbow","zz":"[secret 1]${end}\\n","mail":"m"}`);
    });

    it('in a line longer than the window of the patterns', () => {
      const line = `{"zz":"${[begin, ...Array.from({ length: 300 }, () => rows[0]), end].join(String.raw`\n`)}"}`;
      expect(line.length).toBeGreaterThan(16_384);
      expect(shared(line, ['secret'])).not.toContain('q2Lr5Tz8');
    });
  });

  it('hides a private key of several lines', () => {
    const key = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEow', 'IBAAKC', '-----END RSA PRIVATE KEY-----'];
    expect(shared(['a', ...key, 'b'].join('\n'))).toMatch(/^a\n\[secret 1\]\n(?:\[secret \d\]\n){3}b$/);
  });
});

describe('countsOf', () => {
  it('counts each private text once, by the kind that counts', () => {
    const text = 'password=203.0.113.7 203.0.113.7 a@b.example /home/wren/x fra-node-7';
    const { secret, ipv4, email, user, panel, player } = countsOf(privateFinds(text, known));
    expect([secret, ipv4, email, user, panel, player]).toEqual([1, 1, 1, 1, 1, 0]);
  });
});
