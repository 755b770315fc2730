/** Lines as games, runtimes and nodes print them, by the cause that they name. */
import type { FixKind } from '../../bridge/schema/fix-its.js';
import { minecraftLines, otherLines } from './game-cause-lines.js';

/** A line, or a line with the object that it names. */
type Example = string | readonly [line: string, about: string];
export type CauseLines = Readonly<Partial<Record<FixKind, readonly Example[]>>>;

const container: CauseLines = {
  'world-locked': [
    "Error Util.cpp:81: Couldn't acquire exclusive lock for /home/container/.lock.",
    '[14:02:11] [Server thread/ERROR]: net.minecraft.util.DirectoryLock$LockException: /home/container/world/session.lock: already locked (possibly by other Minecraft instance?)',
    'Caused by: net.minecraft.util.DirectoryLock$LockException: ./world/session.lock',
  ],
  address: [
    '[14:02:11] [Server thread/WARN]: The exception was: io.netty.channel.unix.Errors$NativeIoException: bind(..) failed: Cannot assign requested address',
    'java.net.BindException: Cannot assign requested address',
  ],
  memory: [
    'Could not allocate memory: System out of memory!',
    'Exception in thread "Server thread" java.lang.OutOfMemoryError: Java heap space',
    'java.lang.OutOfMemoryError: GC overhead limit exceeded',
    'Caused by: java.lang.OutOfMemoryError: Metaspace',
    'io.netty: java.lang.OutOfMemoryError: Direct buffer memory',
    '# There is insufficient memory for the Java Runtime Environment to continue.',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    "terminate called after throwing an instance of 'std::bad_alloc'",
    'LogMemory: Error: Ran out of memory allocating 1048576 bytes with alignment 0',
  ],
  disk: [
    '[Pterodactyl Daemon]: Server is exceeding the assigned disk space limit, stopping process now.',
    'filesystem: not enough disk space',
    'java.io.IOException: No space left on device',
    'write /home/container/world/level.dat: Disk quota exceeded',
  ],
  'disk-read-only': [
    'java.nio.file.FileSystemException: logs/latest.log: Read-only file system',
    "touch: cannot touch 'eula.txt': Read-only file system",
  ],
  port: [
    '[12:00:00 WARN]: **** FAILED TO BIND TO PORT!',
    'java.net.BindException: Address already in use (Bind failed)',
    'Bind for 0.0.0.0:25565 failed: port is already allocated',
    '[ERROR] Port [19132] may be in use by another process. Exiting.',
    '[2026-11-29 14:02:11:004 ERROR] Network port occupied, can’t start server.',
    'LogNet: Error: UIpNetDriver could not bind local port in 512 attempts',
  ],
  processes: [
    'OpenJDK 64-Bit Server VM warning: pthread_create failed (EAGAIN)',
    '[0.012s][warning][os,thread] Failed to create thread "GC Thread#0"',
    'Error: unable to create thread',
    'java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or process/resource limits reached',
    'java.lang.OutOfMemoryError: unable to create new native thread',
    'Exception in thread "Craft Async Scheduler Management Thread"',
  ],
  image: [
    'failed to pull "ghcr.io/x/y:z" image for server: Error response from daemon: denied',
    'Error response from daemon: No such image: ghcr.io/pterodactyl/yolks:java_99',
    'Error response from daemon: manifest unknown',
    'pull access denied for own/image, repository does not exist',
  ],
  architecture: [
    'standard_init_linux.go:228: exec user process caused: exec format error',
    '/entrypoint.sh: line 8: ./bedrock_server: cannot execute binary file: Exec format error',
  ],
  'start-file': [
    ["Error: Cannot find module '/home/container/index.js'", 'index.js'],
    [
      "python: can't open file '/home/container/app.py': [Errno 2] No such file or directory",
      '/home/container/app.py',
    ],
    ['/entrypoint.sh: line 8: ./PalServer.sh: No such file or directory', './PalServer.sh'],
    ['bash: line 1: ./start.sh: No such file or directory', './start.sh'],
    ['bash: ./FactoryServer.sh: No such file or directory', './FactoryServer.sh'],
  ],
  'start-permission': [
    ['/entrypoint.sh: line 8: ./valheim_server.x86_64: Permission denied', './valheim_server.x86_64'],
    ['bash: ./7DaysToDieServer.x86_64: Permission denied', './7DaysToDieServer.x86_64'],
    ['bash: line 1: ./srcds_run: Permission denied', './srcds_run'],
    ['exec: "./srcds_run": permission denied: unknown', './srcds_run'],
  ],
  'start-command': [
    ['/entrypoint.sh: line 33: mono: command not found', 'mono'],
    ['bash: java: command not found', 'java'],
    ['bash: line 1: wine: command not found', 'wine'],
    ['OCI runtime create failed: exec: "dotnet": executable file not found in $PATH: unknown', 'dotnet'],
    ['sh: 1: node: not found', 'node'],
  ],
  'start-syntax': [
    "/entrypoint.sh: eval: line 3: syntax error near unexpected token `('",
    '/entrypoint.sh: eval: line 12: unexpected EOF while looking for matching `"\'',
  ],
  glibc: [
    [
      "./bedrock_server: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by ./bedrock_server)",
      'GLIBC_2.34',
    ],
    [
      "/usr/lib/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by libtier0.so)",
      'GLIBCXX_3.4.30',
    ],
  ],
  'native-missing': [
    [
      './bedrock_server: error while loading shared libraries: libssl.so.1.1: cannot open shared object file: No such file or directory',
      'libssl.so.1.1',
    ],
    ['java.lang.UnsatisfiedLinkError: no netty_transport in java.library.path', 'netty_transport'],
    ['java.lang.UnsatisfiedLinkError: /tmp/libopus.so: cannot open shared object file', '/tmp/libopus.so'],
    [
      'failed to dlopen /home/container/bin/engine_srv.so error=libm.so.6',
      '/home/container/bin/engine_srv.so',
    ],
  ],
};

const java: CauseLines = {
  java: [
    'java.lang.UnsupportedClassVersionError: x : Unsupported major.minor version 52.0',
    'java.lang.UnsupportedClassVersionError',
    'x has been compiled by a more recent version of the Java Runtime (class file version 65.0)',
    'Minecraft 1.17 requires running the server with Java 16 or above.',
  ],
  'jar-missing': [
    ['Error: Unable to access jarfile server.jar', 'server.jar'],
    ['Error: Unable to access jarfile paper 1.20.jar', 'paper 1.20.jar'],
  ],
  'jar-broken': [
    ['Error: Invalid or corrupt jarfile server.jar', 'server.jar'],
    ['Error: Invalid or corrupt jarfile /home/container/forge.jar', '/home/container/forge.jar'],
  ],
  'loader-files': [
    ["Error: could not open `unix_args.txt'", 'unix_args.txt'],
    [
      "Error: could not open `libraries/net/minecraftforge/forge/1.20.1-47.2.0/unix_args.txt'",
      'libraries/net/minecraftforge/forge/1.20.1-47.2.0/unix_args.…',
    ],
  ],
  'main-class': [
    ['Error: Could not find or load main class @user_jvm_args.txt', '@user_jvm_args.txt'],
    ['no main manifest attribute, in plugin.jar', 'plugin.jar'],
  ],
  'heap-size': [
    'Invalid maximum heap size: -Xmx0M',
    'Invalid initial heap size: -Xms12GG',
    'Error: Too small maximum heap',
    'Initial heap size set to a larger value than the maximum heap size',
    'Error: Could not reserve enough space for 33554432KB object heap',
    'The specified size exceeds the maximum representable size.',
  ],
  'java-option': [
    ["Unrecognized VM option 'UseConcMarkSweepGC'", 'UseConcMarkSweepGC'],
    ['Unrecognized option: --nogui', '--nogui'],
  ],
  download: [
    'java.io.UncheckedIOException: java.io.IOException: Failed to download mojang_1.20.4.jar',
    'Failed to download vanilla jar',
  ],
  'native-library': [
    ['# C  [libzstd-jni-1.5.5.so+0x1f3a0]  ZSTD_decompress+0x20', 'libzstd-jni-1.5.5.so'],
    ['# C  [libc.so.6+0x9d2fe]', 'libc.so.6'],
  ],
  'native-crash': [
    '# A fatal error has been detected by the Java Runtime Environment:',
    '[14:02:11] [Server thread/INFO]: # A fatal error has been detected by the Java Runtime Environment:',
  ],
  'java-too-new': [
    'java.lang.IllegalArgumentException: Unsupported class file major version 65',
    'java.lang.ClassCastException: class jdk.internal.loader.ClassLoaders$AppClassLoader cannot be cast to class java.net.URLClassLoader',
    'java.lang.reflect.InaccessibleObjectException: Unable to make protected final java.lang.Class accessible',
  ],
};

export const causeLines: CauseLines = {
  ...container,
  ...java,
  ...minecraftLines,
  ...otherLines,
};

/** Lines of healthy servers that resemble lines of a cause. */
export const healthyLines: readonly string[] = [
  '[14:02:11] [Server thread/INFO]: Done (12.034s)! For help, type "help"',
  "\t - Mod 'X' (x) 1.0 recommends any version of modmenu, which is missing!",
  '[S_API FAIL] Tried to access Steam interface SteamUser021 before SteamAPI_Init succeeded.',
  '[14:02:11 WARN]: The server has not responded for 10 seconds! Creating thread dump',
  '[14:02:11 WARN]: Can’t keep up! Is the server overloaded? Running 2103ms or 42 ticks behind',
  '\tat org.bukkit.craftbukkit.v1_20_R3.CraftServer.enablePlugin(CraftServer.java:541)',
  '[14:02:11 INFO]: [Vault] Enabling Vault v1.7.3-b131',
  '[14:02:11 INFO]: Environment: Environment[sessionHost=https://sessionserver.mojang.com]',
  "Success! App '258550' fully installed.",
  "Logging in user 'anonymous' to Steam Public...OK",
  'Loading Steam API...OK',
  'Checking integrity of the map de_dust2: found',
  '[14:02:11 INFO]: Loaded 112 recipes; memory 2048 MB, heap 512 MB',
  'npm warn deprecated glob@7.2.3: Glob versions prior to v9 are no longer supported',
  'Requirement already satisfied: discord.py in ./.local/lib/python3.11/site-packages',
  'LogInit: Display: Game Engine Initialized.',
  'Hosting game at IP ADDR:({0.0.0.0:34197})',
  'GameServer.LogOn successful',
  '[14:02:11 INFO]: This version of the plugin requires Paper or a fork; found Paper.',
  '<Olive> where is the file of the map?',
];
