import { capabilities } from '../capabilities.mjs';
import { modules } from '../import-rules.mjs';
import { pathOf } from './import-rule.mjs';
import { isSpec, moduleOf } from './modules.mjs';

/**
 * @typedef {import('estree').Node & { parent?: import('estree').Node }} Node
 * @typedef {import('../import-rules.mjs').Capability} Capability
 */

/** @type {Map<string, { capability: Capability, members: readonly string[] }>} */
const guarded = new Map(
  Object.entries(capabilities).flatMap(([capability, globals]) =>
    Object.entries(globals).map(([name, members]) => [
      name,
      { capability: /** @type {Capability} */ (capability), members },
    ]),
  ),
);
/** Names of the global object, through which other globals can be reached. */
const everything = new Set(['globalThis', 'window', 'self', 'global']);

/** @type {ReadonlySet<string>} */
const wrappers = new Set([
  'TSAsExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
]);

/**
 * Requires ports for time, randomness, the network and the process in modules that have ports.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const globalsRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Which globals a module may use is listed in docs/import-rules.md.' },
    schema: [],
    messages: {
      refused: '{{module}} gets {{capability}} through a port, not from `{{name}}` (docs/import-rules.md).',
      hidden: '{{module}} has to name what it takes from `{{name}}` (docs/import-rules.md).',
    },
  },
  create(context) {
    const path = pathOf(context.filename);
    const module = moduleOf(path);
    const allowed = modules[module ?? '']?.globals ?? [];
    if (module === undefined || isSpec(path) || allowed === '*') return {};

    /** @param {Node} node @param {string} name */
    const judge = (node, name) => {
      const guard = guarded.get(name);
      if (!guard || allowed.includes(guard.capability) || isHarmless(name, guard.members, node)) return;
      context.report({ node, messageId: 'refused', data: { module, capability: guard.capability, name } });
    };

    return {
      'Program:exit'() {
        for (const { identifier } of globalReferences(context.sourceCode)) {
          const { name } = identifier;
          const node = asWritten(/** @type {Node} */ (identifier));
          if (!everything.has(name)) {
            judge(node, name);
            continue;
          }
          const reached = memberOf(node.parent, node);
          if (node.parent && reached !== undefined) judge(asWritten(node.parent), reached);
          else if (hidesMember(node)) context.report({ node, messageId: 'hidden', data: { module, name } });
        }
      },
    };
  },
};

/** @param {import('eslint').SourceCode} code */
function globalReferences({ scopeManager }) {
  const scope = scopeManager.globalScope;
  if (!scope) return [];
  const known = scope.variables
    .filter(({ defs }) => defs.length === 0)
    .flatMap(({ references }) => references);
  return [...new Set([...known, ...scope.through])];
}

/**
 * The node with its TypeScript wrappers, which a bundle leaves out: `(a as B)`, `a!`, `a satisfies B`.
 *
 * @param {Node} node
 * @returns {Node}
 */
function asWritten(node) {
  const { parent } = node;
  return parent && wrappers.has(parent.type) ? asWritten(parent) : node;
}

/**
 * Whether the global object gets another name, or a member is computed. Passing it as an argument is allowed, for
 * example as the target of events.
 *
 * @param {Node} node
 */
function hidesMember(node) {
  const user = node.parent;
  if (!user || /^TS/.test(user.type)) return false;
  const isHandedOver = user.type === 'CallExpression' && user.callee !== node;
  return !isHandedOver && user.type !== 'UnaryExpression' && user.type !== 'BinaryExpression';
}

/**
 * Whether the use is a type, or does not touch restricted members: `new Date(ms)`, `Math.max`.
 *
 * @param {string} name
 * @param {readonly string[]} members
 * @param {Node} node
 */
function isHarmless(name, members, node) {
  const user = node.parent;
  if (!user || /^TS/.test(user.type)) return true;
  if (members.length === 0) return false;
  if (user.type === 'NewExpression' && name === 'Date') return user.arguments.length > 0;
  if (user.type === 'BinaryExpression') return true;
  const member = memberOf(user, node);
  return member !== undefined && !members.includes(member);
}

/**
 * @param {Node | undefined} user
 * @param {Node} node
 * @returns {string | undefined}
 */
function memberOf(user, node) {
  if (user?.type !== 'MemberExpression' || user.object !== node) return undefined;
  const { property, computed } = user;
  if (!computed && property.type === 'Identifier') return property.name;
  return property.type === 'Literal' ? String(property.value) : undefined;
}
