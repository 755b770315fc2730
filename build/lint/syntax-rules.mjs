/*
 * Ways to write code that hide a mistake from TypeScript, or go around a service that Perch has only once, such as its
 * clock or its storage. ESLint reports each through `no-restricted-syntax`; `syntax-rules.spec.ts` has a probe for
 * each.
 */

/** @typedef {{ selector: string, message: string }} SyntaxRule */

/** @type {readonly SyntaxRule[]} */
const everywhere = [
  {
    selector: 'ObjectExpression > SpreadElement > ObjectExpression',
    message: 'List the properties: TypeScript does not report a surplus property inside a spread literal.',
  },
];

/** Specs and tests are exempt from these rules, because they make ill-typed values on purpose. */
/** @type {readonly SyntaxRule[]} */
const inProduction = [
  {
    selector:
      'TSAsExpression:not([typeAnnotation.type="TSUnknownKeyword"]) > CallExpression[callee.object.name="JSON"][callee.property.name="parse"]',
    message:
      'Parse what JSON.parse answers with a schema, or look at it as `unknown`: a cast checks nothing.',
  },
  {
    selector: 'TSAsExpression > TSAsExpression',
    message: 'A cast over `unknown` switches the type check off: say the type where the value is made.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^toLocale/][arguments.length=0]',
    message: "This formats in the system's language: pass `locale()` of messages/messages.ts.",
  },
  {
    selector: 'NewExpression[callee.object.name="Intl"][arguments.length=0]',
    message: "This formats in the system's language: pass `locale()` of messages/messages.ts.",
  },
  {
    selector:
      'Program > ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > NewExpression:not([callee.name=/^(Set|Map|WeakMap|RegExp|URL)$/])',
    message: 'An object that works from its import on has no owner: make it in the composition root.',
  },
  {
    selector: 'MemberExpression[object.name="window"][property.name="perch"]',
    message: 'Windows reach main through `PerchClient` of renderer/api.ts only.',
  },
  {
    selector: 'MemberExpression[object.name="ipcMain"][property.name=/^(handle|handleOnce|on|once)$/]',
    message: 'Main has one channel for calls, in main/shell/pages/serve-pages.ts.',
  },
];

/** Storage of the browser, which pages must not use: main stores the user's data. */
export const pageStores = ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore'];

/**
 * Files that may do one of these, with the reason.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const exceptions = {
  // A table of functions by name loses the link between a name and its input. The table's own type keeps this link.
  'TSAsExpression > TSAsExpression': [
    'cli/mcp/tools.ts',
    'main/actions/actions.ts',
    'main/ipc/feeds.ts',
    'main/ipc/guard.ts',
    'main/remote/client-connection.ts',
    // undici's types of Node's own `connect` differ from Node's.
    'main/net/socket.ts',
  ],
  // The sandbox's parent writes these lines; both sides are one program.
  [inProduction[0]?.selector ?? '']: [
    'sandbox/games/ailments.ts',
    'sandbox/games/orders.ts',
    'sandbox/games/terminal.ts',
  ],
  'Program > ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > NewExpression:not([callee.name=/^(Set|Map|WeakMap|RegExp|URL)$/])':
    ['main/base/clock.ts'],
  'MemberExpression[object.name="window"][property.name="perch"]': ['renderer/mount-window.ts'],
  'MemberExpression[object.name="ipcMain"][property.name=/^(handle|handleOnce|on|once)$/]': [
    'main/shell/pages/serve-pages.ts',
  ],
};

/** @param {readonly SyntaxRule[]} rules */
const restricting = (rules) => ({ 'no-restricted-syntax': /** @type {const} */ (['error', ...rules]) });

const production = ['{main,cli,bridge,preload,renderer,sandbox,messages}/**/*.{ts,svelte}'];

/** Entries for `eslint.config.js`, in order: a later entry replaces an earlier one. */
export const syntaxRules = [
  { rules: restricting(everywhere) },
  {
    files: production,
    ignores: ['**/*.spec.ts'],
    rules: restricting([...everywhere, ...inProduction]),
  },
  {
    files: ['renderer/**'],
    rules: { 'no-restricted-globals': /** @type {const} */ (['error', ...pageStores]) },
  },
  ...[...new Set(Object.values(exceptions).flat())].map((file) => ({
    files: [file],
    rules: restricting([
      ...everywhere,
      ...inProduction.filter(({ selector }) => !exceptions[selector]?.includes(file)),
    ]),
  })),
];
