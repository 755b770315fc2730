/** Finds texts for people in the sources: texts of markup, and literals that look like prose. */
import { parse as parseSvelte } from 'svelte/compiler';
import ts from 'typescript';

export interface Prose {
  readonly line: number;
  readonly text: string;
}

/** Two words in a row, or one word with a capital letter at a sentence's start. */
const looksLikeProse = /\p{L}{2,}[,;:.!?)”"]* \p{L}{2,}|^\p{Lu}\p{Ll}+[.…!?]?$/u;

/** Capitalised names of programs and protocols. */
const names = new Set(
  [
    'Enter',
    'Escape',
    'Tab',
    'Home',
    'End',
    'Delete',
    'Backspace',
    'Insert',
    'Space',
    'Esc',
    'Arrow',
    'Meta',
    'Control',
  ].concat([
    'Shift',
    'Alt',
    'Cookie',
    'Location',
    'Authorization',
    'Origin',
    'Accept',
    'Server',
    'Bearer',
    'Perch',
    'Date',
  ]),
);

/** Attributes whose text is visible or read aloud. */
const spokenAttributes = new Set([
  'title',
  'alt',
  'placeholder',
  'aria-label',
  'aria-description',
  'label',
  'hint',
  'data-tip',
]);

export function proseOf(path: string, source: string): Prose[] {
  return path.endsWith('.svelte') ? proseOfSvelte(source) : proseOfScript(source);
}

function proseOfScript(source: string, firstLine = 0): Prose[] {
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  const found: Prose[] = [];
  const visit = (node: ts.Node): void => {
    if (isNotSeen(node)) return;
    const text = textOf(node);
    if (text !== null && looksLikeProse.test(text) && !names.has(text)) {
      found.push({ line: firstLine + file.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => `x${literal.text}`).join('');
}

/** Code whose strings no person sees: imports, types, the log, internal errors and selectors. */
function isNotSeen(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isNewExpression(node))
    return (
      /(?:Error|Failure)$/.test(node.expression.getText()) && !/PerchError$/.test(node.expression.getText())
    );
  return (
    ts.isCallExpression(node) &&
    /(?:^|\.|#)log\.\w+$|\.(?:closest|querySelector|querySelectorAll|matches)$|matchMedia$/.test(
      node.expression.getText(),
    )
  );
}

function proseOfSvelte(source: string): Prose[] {
  const lineAt = (position: number): number => source.slice(0, position).split('\n').length;
  const found: Prose[] = [];
  const { fragment, instance, module } = parseSvelte(source, { modern: true });
  for (const script of [instance, module]) {
    if (!script) continue;
    const { start, end } = script.content as unknown as { start: number; end: number };
    found.push(...proseOfScript(source.slice(start, end), lineAt(start) - 1));
  }
  walk(fragment, (node) => {
    const text = node['type'] === 'Text' ? String(node['data']).trim() : '';
    if (/\p{L}{2}/u.test(text) && !names.has(text)) {
      found.push({ line: lineAt(Number(node['start'])), text });
    }
    if (node['type'] === 'StyleDirective') return false;
    if (node['type'] === 'Attribute') return isSpoken(node);
    if (node['type'] === 'ExpressionTag' || 'expression' in node) {
      const expression = (node['expression'] ?? null) as { start: number; end: number } | null;
      if (expression !== null) {
        const text = source.slice(expression.start, expression.end);
        found.push(...proseOfScript(`(${text})`, lineAt(expression.start) - 1));
      }
    }
    return true;
  });
  return found;
}

type Node = Record<string, unknown>;

/** Attributes such as `type` and `role` hold names, but their expressions are checked; a class is a name in any form. */
function isSpoken(attribute: Node): boolean {
  if (attribute['name'] === 'class') return false;
  if (spokenAttributes.has(String(attribute['name']))) return true;
  const values = [attribute['value']].flat() as (Node | true)[];
  return values.every((value) => value !== true && value['type'] === 'ExpressionTag');
}

/** Visits all nodes below; `enter` returns whether to descend. Expressions are checked as a whole. */
function walk(value: unknown, enter: (node: Node) => boolean): void {
  if (Array.isArray(value)) return value.forEach((one) => walk(one, enter));
  if (typeof value !== 'object' || value === null) return;
  const node = value as Node;
  if (typeof node['type'] === 'string' && !enter(node)) return;
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'expression' && key !== 'metadata') walk(child, enter);
  }
}
