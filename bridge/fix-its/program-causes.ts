/** Causes of other programs, and signs that every program may show. */
import { mayEnd, type Cause } from './cause.js';

/** Programs in Node.js and Python. */
export const programsCauses: readonly Cause[] = [
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
export const generalCauses: readonly Cause[] = [
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
    'assertion failed:…[file:',
    'factorio crashed. generating symbolized stacktrace',
    'caused an access violation (0x',
    'program terminated with signal sig',
    'program terminated with signal 11',
  ),
];
