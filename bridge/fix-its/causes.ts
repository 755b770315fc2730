/**
 * Texts of games, runtimes and nodes that name why a server does not run, the most specific cause first.
 * Texts are in lower case. `{}` captures the thing that the message names, `…` skips any text (`cause-text.ts`).
 */
import type { FixKind } from '../schema/fix-its.js';

interface Cause {
  readonly kind: FixKind;
  readonly texts: readonly string[];
  /** True if servers also print the text and run on, so it counts only after the process has ended. */
  readonly isSurvivable?: true;
}

/** A server with such a line does not come up. */
const ends = (kind: FixKind, ...texts: string[]): Cause => ({ kind, texts });
/** A server may come up, or run, in spite of such a line. */
const mayEnd = (kind: FixKind, ...texts: string[]): Cause => ({ kind, texts, isSurvivable: true });

/** Limits of the container, and what every program needs of it. */
const container: readonly Cause[] = [
  ends('world-locked', 'session.lock: already locked', 'directorylock$lockexception'),
  ends('address', 'cannot assign requested address'),
  ends(
    'memory',
    'java.lang.outofmemoryerror: java heap space',
    'java.lang.outofmemoryerror: gc overhead limit',
    'java.lang.outofmemoryerror: metaspace',
    'java.lang.outofmemoryerror: direct buffer memory',
    'there is insufficient memory for the java runtime',
    'javascript heap out of memory',
  ),
  mayEnd('memory', 'std::bad_alloc', 'ran out of memory allocating'),
  ends(
    'disk',
    'server is exceeding the assigned disk space limit',
    'filesystem: not enough disk space',
    'no space left on device',
    'disk quota exceeded',
  ),
  mayEnd('disk-read-only', 'read-only file system'),
  ends(
    'port',
    'address already in use',
    'failed to bind to port',
    'port is already allocated',
    'may be in use by another process',
    'network port occupied',
    'could not bind local port',
  ),
  ends(
    'processes',
    'pthread_create failed',
    'failed to create thread',
    'unable to create thread',
    'unable to create native thread',
    'unable to create new native thread',
    'exception in thread "craft async scheduler management thread"',
  ),
  ends(
    'image',
    'image for server: error response from daemon',
    'no such image:',
    'manifest unknown',
    'pull access denied for',
  ),
  ends('architecture', 'exec format error'),
  ends(
    'start-file',
    "cannot find module '/home/container/{}'",
    "can't open file '{}': [errno 2]",
    'entrypoint.sh: line…: {}: no such file or directory',
    'bash: line…: {}: no such file or directory',
    'bash: {}: no such file or directory',
  ),
  ends(
    'start-permission',
    'entrypoint.sh: line…: {}: permission denied',
    'bash: line…: {}: permission denied',
    'bash: {}: permission denied',
    'exec: "{}": permission denied',
  ),
  ends(
    'start-command',
    'entrypoint.sh: line…: {}: command not found',
    'bash: line…: {}: command not found',
    'bash: {}: command not found',
    'exec: "{}": executable file not found',
    'sh: 1: {}: not found',
  ),
  ends('start-syntax', 'syntax error near unexpected token', 'unexpected eof while looking for matching'),
  ends('glibc', "version `{}' not found"),
  ends('native-missing', 'error while loading shared libraries: {}:'),
];

const java: readonly Cause[] = [
  ends(
    'java',
    'unsupported major.minor version',
    'unsupportedclassversionerror',
    'has been compiled by a more recent version of the java runtime',
    'requires running the server with java',
  ),
  ends('jar-missing', 'unable to access jarfile {}'),
  ends('jar-broken', 'invalid or corrupt jarfile {}'),
  ends('loader-files', "error: could not open `{}'"),
  ends('main-class', 'could not find or load main class {}', 'no main manifest attribute, in {}'),
  ends(
    'heap-size',
    'invalid maximum heap size',
    'invalid initial heap size',
    'too small maximum heap',
    'initial heap size set to a larger value',
    'could not reserve enough space for',
    'exceeds the maximum representable size',
  ),
  ends('java-option', "unrecognized vm option '{}'", 'unrecognized option: {}'),
  ends('download', 'failed to download mojang_', 'failed to download vanilla'),
  mayEnd('native-library', '# c  [{}+0x'),
  mayEnd('native-crash', 'a fatal error has been detected by the java runtime environment'),
  mayEnd(
    'java-too-new',
    'unsupported class file major version',
    'cannot be cast to class java.net.urlclassloader',
    'inaccessibleobjectexception: unable to make',
  ),
];

const minecraft: readonly Cause[] = [
  ends('eula', 'you need to agree to the eula in order to run the server'),
  ends(
    'proxy-config',
    'unable to read/load/save your velocity.toml',
    'your configuration is invalid. velocity will not start',
    'illegalargumentexception: no servers defined',
  ),
  mayEnd('restart-script', "startup script '{}' does not exist"),
  mayEnd(
    'mod-client',
    'for invalid dist dedicated_server',
    'in environment type server',
    'noclassdeffounderror: net/minecraft/client/',
  ),
  mayEnd(
    'mod-missing',
    "mod id: '{}'…actual version: '[missing]'",
    'requires…{}, which is missing!',
    'currently, {} is not installed',
    'missingmodsexception…requires [{}@',
    'missing mod: {} required by',
    'required mod "{}" not found',
  ),
  mayEnd('mod-version', "mod id: '{}'…expected range", 'requires…{}, but only the wrong version is present'),
  mayEnd(
    'mod-loader',
    'file {} is a fabric mod and',
    'file {} is for minecraft forge or an older version of neoforge',
  ),
  mayEnd('mod-twice', 'duplicatemodsfoundexception', 'found duplicate mods', 'module.resolutionexception'),
  mayEnd('mod-mixin', 'mixin apply for mod {} failed', 'critical injection failure…from mod {} failed'),
  mayEnd(
    'plugin-dependency',
    'unknown/missing dependency plugins: [{}]',
    'unknowndependencyexception: {}',
    'due to missing dependency {}',
  ),
  mayEnd('plugin-folia', "could not load plugin '{}' as it is not marked as supporting folia"),
  mayEnd('plugin-api', 'unsupported api version {}'),
  mayEnd(
    'plugin-paper',
    'noclassdeffounderror: com/destroystokyo/paper/',
    'noclassdeffounderror: io/papermc/paper/',
    'classnotfoundexception: com.destroystokyo.paper.',
    'classnotfoundexception: io.papermc.paper.',
  ),
  mayEnd(
    'plugin-version',
    'noclassdeffounderror: org/bukkit/craftbukkit/',
    'noclassdeffounderror: net/minecraft/server/v1_',
    'classnotfoundexception: org.bukkit.craftbukkit.',
    'classnotfoundexception: net.minecraft.server.v1_',
  ),
  mayEnd('plugin-twice', "ambiguous plugin name '{}'", "ambiguous plugin name `{}'"),
  mayEnd(
    'world-newer',
    'saved with newer version of minecraft',
    'saved with a newer version',
    'because it is higher than the game version',
  ),
  mayEnd(
    'world-broken',
    'failed to load level.dat',
    'failed to read level.dat',
    'failed to load world data from',
    'zipexception: not in gzip format',
    'unexpected end of zlib input stream',
    'load failed! no backup found',
  ),
  mayEnd(
    'mod-load',
    'failed to create mod instance. modid: {},',
    "due to errors, provided by '{}'",
    'failed to load mod "{}"',
  ),
  mayEnd('mod-error', 'the mod {} caused a non-recoverable error', "from mod '{}' failed"),
  mayEnd(
    'plugin-enable',
    'error occurred while enabling {} (is it up to date?)',
    'exception encountered when loading plugin: {}',
  ),
  mayEnd(
    'plugin-load',
    "could not load '{}' in folder",
    "could not load plugin '{}' in folder",
    "can't create plugin {}",
  ),
  mayEnd('ticking-block', 'description: ticking block entity'),
  mayEnd('ticking-entity', 'description: ticking entity'),
  mayEnd(
    'hang',
    'a single server tick took',
    'considering it to be crashed',
    'the server has stopped responding',
    'description: watching server',
  ),
];

const steam: readonly Cause[] = [
  ends('steam-account', '(gsl token expired)', '(account not found)'),
  ends(
    'steam-disk',
    'steamcmd needs 250mb of free disk space to update',
    '0x202 after update job',
    'failed to install app…(disk write failure)',
  ),
  mayEnd(
    'steam-login',
    'to steam public…failed (',
    'failed login with result code',
    'failed to install app…(no subscription)',
  ),
  mayEnd('steam-update', "failed to install app '{}'", "error! app '{}' state is"),
  ends('server-password', 'error bad password:'),
  mayEnd('map-missing', 'map load failed: {} not found', "no such map '{}'"),
];

/** Programs in Node.js and Python. */
const programs: readonly Cause[] = [
  mayEnd('bot-token', 'an invalid token was provided', 'improper token has been passed', '[token_invalid]'),
  mayEnd('bot-intents', 'disallowed intents', 'privilegedintentsrequired'),
  mayEnd('node-abi', 'was compiled against a different node.js version'),
  mayEnd('node-version', 'requires node.js', 'the engine "node" is incompatible'),
  mayEnd('package-missing', "cannot find module '{}'", "cannot find package '{}'", "no module named '{}'"),
  mayEnd('database-login', "access denied for user '{}'@"),
  mayEnd(
    'database-away',
    'communications link failure',
    'connect econnrefused',
    "can't connect to mysql server",
    'mongoserverselectionerror',
  ),
];

/** Signs that say little about the cause. */
const general: readonly Cause[] = [
  mayEnd('config-file', 'failed loading config file {} of type', 'cannot load plugins/{}'),
  mayEnd(
    'config-broken',
    'snakeyaml.scanner.scannerexception',
    'snakeyaml.parser.parserexception',
    'invalidconfigurationexception',
    'malformedjsonexception',
    'jsonsyntaxexception',
    'in json at position',
    'is not valid json',
    'yaml.scanner.scannererror',
    'json.decoder.jsondecodeerror',
    'nightconfig.core.io.parsingexception',
  ),
  mayEnd('code-syntax', 'syntaxerror: ', 'indentationerror: ', 'taberror: '),
  mayEnd(
    'native-missing',
    'unsatisfiedlinkerror: no {} in java.library.path',
    'unsatisfiedlinkerror: {}:',
    'failed to dlopen {} error=',
  ),
  mayEnd(
    'host-unknown',
    'unknownhostexception: {}:',
    'unknownhostexception: {}',
    'could not resolve host: {}',
    'getaddrinfo enotfound {}',
  ),
  mayEnd(
    'file-permission',
    'filenotfoundexception: {} (permission denied)',
    'accessdeniedexception: {}',
    "eacces: permission denied, open '{}'",
    "[errno 13] permission denied: '{}'",
  ),
  mayEnd(
    'file-missing',
    "enoent: no such file or directory, open '{}'",
    "[errno 2] no such file or directory: '{}'",
    'filenotfoundexception: {} (no such file or directory)',
    'nosuchfileexception: {}',
    'specified configfile not found: {}',
  ),
  mayEnd(
    'game-crash',
    '(core dumped)',
    'signal 11 caught',
    'caught fatal signal - signo:11',
    'unhandled exception: sigsegv',
    'unhandled exception: sigabrt',
    'lowlevelfatalerror',
  ),
];

export const causes: readonly Cause[] = [
  ...container,
  ...java,
  ...minecraft,
  ...steam,
  ...programs,
  ...general,
];
