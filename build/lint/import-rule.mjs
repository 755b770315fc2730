import { relative, sep } from 'node:path';
import { root } from '../setup/paths.mjs';
import { modules } from '../import-rules.mjs';
import { isSpec, refusal, moduleOf } from './modules.mjs';

/** @typedef {import('estree').Node} Node */

/**
 * Checks every import of another file: imports of values and types, re-exports, `import()`, `typeof import()`,
 * `require`, and the forms that the bundler follows (`new URL`, `import.meta.glob`).
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const importRule = {
  meta: {
    type: 'problem',
    docs: { description: 'What a module may import is listed in docs/import-rules.md.' },
    schema: [],
    messages: {
      refused: '{{why}}: docs/import-rules.md lists the allowed imports.',
      unknown: '{{module}} may import only what is written out.',
    },
  },
  create(context) {
    const from = pathOf(context.filename);

    /** @param {Node | null | undefined} node @param {boolean} [typeOnly] */
    const judge = (node, typeOnly = false) => {
      if (!node) return;
      const source = textOf(node);
      if (source === undefined) return judgeUnknown(node);
      const why = refusal(from, source, { typeOnly });
      if (why !== undefined) context.report({ node, messageId: 'refused', data: { why } });
    };

    /** @param {Node} node */
    const judgeUnknown = (node) => {
      const module = moduleOf(from) ?? from;
      if (isSpec(from) || modules[module]?.loads) return;
      context.report({ node, messageId: 'unknown', data: { module } });
    };

    return {
      ImportDeclaration: (node) => judge(node.source, isType(node)),
      ExportAllDeclaration: (node) => judge(node.source, isType(node)),
      ExportNamedDeclaration: (node) => judge(node.source, isType(node)),
      ImportExpression: ({ source }) => judge(source),
      TSImportType: (/** @type {{ source: Node }} */ { source }) => judge(source),
      TSExternalModuleReference: (/** @type {{ expression: Node }} */ { expression }) => judge(expression),
      CallExpression: ({ callee, arguments: [first] }) => {
        if (isRequire(callee) || isMeta(callee, ['glob', 'resolve'])) judge(first);
      },
      NewExpression: ({ callee, arguments: [first, base] }) => {
        const isUrl = callee.type === 'Identifier' && callee.name === 'URL';
        if (isUrl && base && isMeta(base, ['url'])) judge(first);
      },
    };
  },
};

/**
 * True for `import type` and `export type`, which add nothing to the bundle.
 *
 * @param {object} node
 */
function isType(node) {
  const { importKind, exportKind } = /** @type {{ importKind?: string, exportKind?: string }} */ (node);
  return importKind === 'type' || exportKind === 'type';
}

/** @param {string} filename */
export function pathOf(filename) {
  return relative(root, filename).split(sep).join('/');
}

/**
 * @param {Node} node
 * @returns {string | undefined} undefined if only known at run time
 */
function textOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  const isPlain = node.type === 'TemplateLiteral' && node.expressions.length === 0;
  return isPlain ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
}

/** @param {Node} callee */
function isRequire(callee) {
  const called = callee.type === 'MemberExpression' ? callee.object : callee;
  return called.type === 'Identifier' && called.name === 'require';
}

/**
 * @param {Node} node
 * @param {readonly string[]} members of `import.meta`
 */
function isMeta(node, members) {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'MetaProperty' &&
    node.property.type === 'Identifier' &&
    members.includes(node.property.name)
  );
}
