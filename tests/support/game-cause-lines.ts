/** Lines of games and programs, by the cause that they name. */
import type { CauseLines } from './cause-lines.js';

export const minecraftLines: CauseLines = {
  eula: [
    '[12:01:02] [ServerMain/INFO]: You need to agree to the EULA in order to run the server. Go to eula.txt for more info.',
    'You need to agree to the EULA in order to run the server.',
  ],
  'proxy-config': [
    '[14:02:11 ERROR]: Unable to read/load/save your velocity.toml. The server will shut down.',
    '[14:02:11 ERROR]: Your configuration is invalid. Velocity will not start up until the errors are resolved.',
    'java.lang.IllegalArgumentException: No servers defined',
  ],
  'restart-script': [
    ["Startup script './start.sh' does not exist! Stopping server.", './start.sh'],
    ["[14:02:11 INFO]: Startup script 'restart.sh' does not exist!", 'restart.sh'],
  ],
  'mod-client': [
    'java.lang.RuntimeException: Attempted to load class net/minecraft/client/Minecraft for invalid dist DEDICATED_SERVER',
    'java.lang.RuntimeException: Cannot load class net.minecraft.client.gui.Gui in environment type SERVER',
    'java.lang.NoClassDefFoundError: net/minecraft/client/KeyMapping',
  ],
  'mod-missing': [
    [
      "\tMod ID: 'kubejs', Requested by: 'kubejs_create', Expected range: '[2001,)', Actual version: '[MISSING]'",
      'kubejs',
    ],
    [
      "\t - Mod 'Lithium' (lithium) 0.11.2 requires version 0.83.0 or later of fabric-api, which is missing!",
      'fabric-api',
    ],
    [
      "\t - Mod 'X' (x) 1 requires any version of mod 'Cloth' (cloth-config), which is missing!",
      'cloth-config',
    ],
    ['Currently, geckolib is not installed', 'geckolib'],
    [
      'net.minecraftforge.fml.common.MissingModsException: Mod thermal (Thermal) requires [cofhcore@[4.6,)]',
      'cofhcore',
    ],
    ['Missing mod: MagicStorage required by MagicExtra', 'MagicStorage'],
    ['ERROR: General, 1764425000> required mod "tsarslib" not found', 'tsarslib'],
  ],
  'mod-version': [
    ["\tMod ID: 'forge', Requested by: 'jei', Expected range: '[47.2,)', Actual version: '47.1.0'", 'forge'],
    [
      "\t - Mod 'Sodium' (sodium) 0.5 requires version 0.15 or later of fabricloader, but only the wrong version is present: 0.14.9!",
      'fabricloader',
    ],
  ],
  'mod-loader': [
    ['File mods/lithium-fabric.jar is a Fabric mod and cannot be loaded', 'mods/lithium-fabric.jar'],
    [
      'File mods/jei.jar is for Minecraft Forge or an older version of NeoForge, and cannot be loaded',
      'mods/jei.jar',
    ],
  ],
  'mod-twice': [
    'net.minecraftforge.fml.common.DuplicateModsFoundException: null',
    '[main/ERROR]: Found duplicate mods:',
    'java.lang.module.ResolutionException: Modules jei and jei_copy export package mezz.jei to module create',
  ],
  'mod-mixin': [
    [
      'java.lang.RuntimeException: Mixin apply for mod sodium failed sodium.mixins.json:core.RenderMixin from mod sodium',
      'sodium',
    ],
    [
      'InjectionError: Critical injection failure: Redirector tick in create.mixins.json:TickMixin from mod create failed injection check',
      'create',
    ],
  ],
  'plugin-dependency': [
    [
      "org.bukkit.plugin.UnknownDependencyException: Unknown/missing dependency plugins: [Vault]. Please download and install these plugins to run 'Shop'.",
      'Vault',
    ],
    ['org.bukkit.plugin.UnknownDependencyException: ProtocolLib', 'ProtocolLib'],
    ["[ERROR]: Can't load plugin tab due to missing dependency luckperms", 'luckperms'],
  ],
  'plugin-folia': [
    [
      "[14:02:11 ERROR]: Could not load plugin 'Essentials.jar' as it is not marked as supporting Folia!",
      'Essentials.jar',
    ],
    ["Could not load plugin 'Shop v2' as it is not marked as supporting Folia!", 'Shop v2'],
  ],
  'plugin-api': [
    ['org.bukkit.plugin.InvalidPluginException: Unsupported API version 1.21', '1.21'],
    ['java.lang.Exception: Unsupported API version 1.20.5', '1.20.5'],
  ],
  'plugin-paper': [
    'java.lang.NoClassDefFoundError: com/destroystokyo/paper/event/server/ServerTickStartEvent',
    'java.lang.NoClassDefFoundError: io/papermc/paper/plugin/bootstrap/PluginBootstrap',
    'Caused by: java.lang.ClassNotFoundException: com.destroystokyo.paper.ParticleBuilder',
    'Caused by: java.lang.ClassNotFoundException: io.papermc.paper.text.PaperComponents',
  ],
  'plugin-version': [
    'java.lang.NoClassDefFoundError: org/bukkit/craftbukkit/v1_20_R3/CraftServer',
    'java.lang.NoClassDefFoundError: net/minecraft/server/v1_16_R3/EntityPlayer',
    'Caused by: java.lang.ClassNotFoundException: org.bukkit.craftbukkit.v1_19_R1.CraftWorld',
    'Caused by: java.lang.ClassNotFoundException: net.minecraft.server.v1_12_R1.World',
  ],
  'plugin-twice': [
    ["Ambiguous plugin name 'Vault' for files 'Vault.jar' and 'Vault-1.7.jar' in 'plugins'", 'Vault'],
    ["Ambiguous plugin name `Shop' for files `plugins/a.jar' and `plugins/b.jar' in `plugins'", 'Shop'],
  ],
  'world-newer': [
    'java.lang.RuntimeException: Server attempted to load chunk saved with newer version of minecraft! 3465 > 3337',
    'This world was saved with a newer version of the game.',
    'Error ServerMultiplayerManager.cpp: Map version 2.0.20-0 cannot be loaded because it is higher than the game version (1.1.110-0).',
  ],
  'world-broken': [
    'java.lang.RuntimeException: Failed to load level.dat',
    '[Server thread/ERROR]: Failed to read level.dat',
    'Failed to load world data from ./world/level.dat and level.dat_old. World files may be corrupted.',
    'java.util.zip.ZipException: Not in GZIP format',
    'java.io.EOFException: Unexpected end of ZLIB input stream',
    'Load failed! No backup found.',
  ],
  'mod-load': [
    [
      'Failed to create mod instance. ModID: alexsmobs, class com.github.alexthe666.alexsmobs.AlexsMobs',
      'alexsmobs',
    ],
    [
      "java.lang.RuntimeException: Could not execute entrypoint stage 'main' due to errors, provided by 'trinkets'!",
      'trinkets',
    ],
    ['1.234 Error ModManager.cpp:1560: Failed to load mod "space-age": missing', 'space-age'],
  ],
  'mod-error': [
    [
      '42.1 Error MainLoop.cpp:1404: Exception at tick 12: The mod Krastorio 2 (1.3.24) caused a non-recoverable error.',
      'Krastorio 2 (1.3.24)',
    ],
    ["ERR XML loader: Patching 'items.xml' from mod 'DarknessFalls' failed:", 'DarknessFalls'],
  ],
  'plugin-enable': [
    ['[14:02:11 ERROR]: Error occurred while enabling Shop v1.4 (Is it up to date?)', 'Shop v1.4'],
    ['[SEVERE] Exception encountered when loading plugin: BungeeTabList', 'BungeeTabList'],
  ],
  'plugin-load': [
    ['[Error] Error while compiling Kits: ; expected | Line: 12, Pos: 3', 'Kits'],
    ["[ERROR]: Could not load 'plugins/Shop.jar' in folder 'plugins'", 'plugins/Shop.jar'],
    ["Could not load plugin 'Shop.jar' in folder 'plugins'", 'Shop.jar'],
    ["[14:02:11 ERROR]: Can't create plugin viaversion", 'viaversion'],
  ],
  'ticking-block': ['Description: Ticking block entity', '// Oops.\tDescription: Ticking block entity'],
  'ticking-entity': ['Description: Ticking entity', 'ReportedException. Description: Ticking entity'],
  hang: [
    '[Server Watchdog/ERROR]: A single server tick took 60.00 seconds (should be max 0.05)',
    '[Server Watchdog/FATAL]: Considering it to be crashed, server will forcibly shutdown.',
    '[Watchdog Thread/ERROR]: The server has stopped responding! This is (probably) not a Paper bug.',
    'Description: Watching Server',
  ],
};

export const otherLines: CauseLines = {
  'steam-account': [
    'Could not establish connection to Steam servers. (GSL token expired)',
    'Connection to Steam servers failed. (Account Not Found)',
  ],
  'steam-disk': [
    'Steam needs to be online to update. SteamCMD needs 250MB of free disk space to update.',
    "Error! App '740' state is 0x202 after update job.",
    "ERROR! Failed to install app '2394010' (Disk write failure)",
  ],
  'hytale-login': [
    'https://oauth.accounts.hytale.com/oauth2/device/verify?user_code=kD3F9xqA',
    '[2026/11/30 21:11:53   INFO] [AbstractCommand] Or visit: https://oauth.accounts.hytale.com/oauth2/device/verify?user_code=ABCD1234',
  ],
  'steam-login': [
    "Logging in user 'olive' to Steam Public...FAILED (Invalid Password)",
    'FAILED login with result code Invalid Login Auth Code',
    "ERROR! Failed to install app '221100' (No subscription)",
  ],
  'steam-update': [
    ["ERROR! Failed to install app '376030' (Missing configuration)", '376030'],
    ["Error! App '258550' state is 0x602 after update job.", '258550'],
  ],
  'server-password': [
    '11/29/2026 14:02:11: Error bad password:Password is too short',
    'Error bad password:World name contains password',
  ],
  'entities-full': ['ED_Alloc: no free edicts', 'Host_Error: Engine error: ED_Alloc: No free edicts!'],
  'map-missing': [
    ['map load failed: de_dust9 not found or invalid', 'de_dust9'],
    ["CModelLoader::Map_IsValid:  No such map 'maps/gm_own.bsp'", 'maps/gm_own.bsp'],
  ],
  'bot-token': [
    'Error [TOKEN_INVALID]: An invalid token was provided.',
    '[TOKEN_INVALID]',
    'discord.errors.LoginFailure: Improper token has been passed.',
  ],
  'bot-intents': [
    'Error: Used disallowed intents',
    'discord.errors.PrivilegedIntentsRequired: Shard ID None is requesting privileged intents',
  ],
  'node-abi': [
    "The module '/home/container/node_modules/better-sqlite3/build/better_sqlite3.node' was compiled against a different Node.js version using",
    'Error: was compiled against a different Node.js version using NODE_MODULE_VERSION 93.',
  ],
  'node-version': [
    'Error: discord.js requires Node.js 16.11.0 or higher',
    'error foo@2.0.0: The engine "node" is incompatible with this module. Expected version ">=18".',
  ],
  'package-missing': [
    ["Error: Cannot find module 'discord.js'", 'discord.js'],
    [
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'axios' imported from /home/container/index.js",
      'axios',
    ],
    ["ModuleNotFoundError: No module named 'nextcord'", 'nextcord'],
  ],
  'database-login': [
    ["java.sql.SQLException: Access denied for user 'u5_shop'@'172.18.0.1' (using password: YES)", 'u5_shop'],
    ["Error: ER_ACCESS_DENIED_ERROR: Access denied for user 'bot'@'10.0.0.2'", 'bot'],
  ],
  'database-away': [
    'com.mysql.cj.jdbc.exceptions.CommunicationsException: Communications link failure',
    'Error: connect ECONNREFUSED 127.0.0.1:3306',
    "pymysql.err.OperationalError: (2003, \"Can't connect to MySQL server on 'db'\")",
    'MongoServerSelectionError: connection timed out',
  ],
  'config-file': [
    [
      'ConfigLoadingException: Failed loading config file forge-server.toml of type SERVER for modid forge',
      'forge-server.toml',
    ],
    ['[SEVERE] Cannot load plugins/Essentials/config.yml', 'Essentials/config.yml'],
  ],
  'config-broken': [
    'org.yaml.snakeyaml.scanner.ScannerException: mapping values are not allowed here',
    'Caused by: org.yaml.snakeyaml.parser.ParserException: while parsing a block mapping',
    'org.bukkit.configuration.InvalidConfigurationException: null',
    'com.google.gson.stream.MalformedJsonException: Unterminated object at line 4',
    'com.google.gson.JsonSyntaxException: Expected BEGIN_OBJECT',
    'SyntaxError: Unexpected token } in JSON at position 81',
    'SyntaxError: Unexpected token , "{,}" is not valid JSON',
    'yaml.scanner.ScannerError: mapping values are not allowed here',
    'json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
    'com.electronwill.nightconfig.core.io.ParsingException: Not enough data available',
  ],
  'code-syntax': [
    "SyntaxError: Unexpected token '}'",
    'IndentationError: unexpected indent',
    'TabError: inconsistent use of tabs and spaces in indentation',
  ],
  'host-unknown': [
    ['java.net.UnknownHostException: db.example.org: Temporary failure in name resolution', 'db.example.org'],
    ['java.net.UnknownHostException: api.example.org', 'api.example.org'],
    ['curl: (6) Could not resolve host: files.example.org', 'files.example.org'],
    ['Error: getaddrinfo ENOTFOUND discord.example', 'discord.example'],
  ],
  'file-permission': [
    ['java.io.FileNotFoundException: logs/latest.log (Permission denied)', 'logs/latest.log'],
    ['java.nio.file.AccessDeniedException: /home/container/world', '/home/container/world'],
    ["Error: EACCES: permission denied, open '/home/container/db.json'", '/home/container/db.json'],
    ["PermissionError: [Errno 13] Permission denied: '/home/container/bot.log'", '/home/container/bot.log'],
  ],
  'file-missing': [
    ["Error: ENOENT: no such file or directory, open 'config.json'", 'config.json'],
    ["FileNotFoundError: [Errno 2] No such file or directory: 'token.txt'", 'token.txt'],
    ['java.io.FileNotFoundException: config/shop.yml (No such file or directory)', 'config/shop.yml'],
    ['java.nio.file.NoSuchFileException: plugins/data.db', 'plugins/data.db'],
    ['Specified configfile not found: serverconfig.xml', 'serverconfig.xml'],
  ],
  'game-crash': [
    '<ErrorMessage>Assertion failed: Index >= 0 [File:./Runtime/Core/Public/Containers/Array.h] [Line: 674]',
    '  12.345 Error CrashHandler.cpp:643: Factorio crashed. Generating symbolized stacktrace, please wait ...',
    'UnityPlayer.dll caused an Access Violation (0xc0000005)',
    'Program terminated with signal SIGSEGV, Segmentation fault.',
    'Program terminated with signal 11, Segmentation fault.',
    './srcds_run: line 344: 71 Segmentation fault (core dumped) $HL_CMD',
    'Signal 11 caught.',
    'Caught fatal signal - signo:11 code:1 errno:0 addr:0x10',
    'Unhandled Exception: SIGSEGV: invalid attempt to read memory at address 0x0',
    'LogCore: Error: Unhandled Exception: SIGABRT: abort() called',
    'LowLevelFatalError [File:Unknown] [Line: 762]',
  ],
};
