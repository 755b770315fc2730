/**
 * YAML, by the ranges of its nodes.
 *
 * `yaml` rewrites a changed document with another indentation and other quotation marks. So a change replaces the range
 * of the value alone. A key is the path of names, joined by points; no known name has a point.
 */
import { isMap, isScalar, parseAllDocuments, Scalar, type Document, type Node, type YAMLMap } from 'yaml';
import { isOneLine, type Format, type Place } from './place.js';

export const yamlFormat: Format = (text) => {
  const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false });
  const [first, ...others]: Document[] = [...documents];
  if (first === undefined || others.length > 0 || first.errors.length > 0) return null;
  const root = first.contents;
  return { at: (key) => placesAt(root, key.split('.'), text), add: () => null };
};

/** All values of a path; more than one if a name on the way is repeated. */
function placesAt(node: Node | null, path: readonly string[], text: string): readonly Place[] {
  const [name, ...rest] = path;
  if (name === undefined) return node === null ? [] : [yamlPlace(node, text)];
  if (!isMap(node)) return [];
  return valuesOf(node, name).flatMap((value) => placesAt(value, rest, text));
}

function valuesOf({ items }: YAMLMap, name: string): readonly (Node | null)[] {
  return items
    .filter(({ key }) => isScalar(key) && String(key.value) === name)
    .map(({ value }) => value as Node | null);
}

function yamlPlace(node: Node, text: string): Place {
  const [from, to] = node.range ?? [0, 0];
  const isOdd =
    !isScalar(node) ||
    from === to ||
    node.anchor !== undefined ||
    node.tag !== undefined ||
    text.slice(from, to).includes('\n');
  const style = isScalar(node) ? node.type : undefined;
  const value = isOdd || !isWritten(style) ? null : scalarText(node, text.slice(from, to));
  return { from, to, value, write: (next, isText) => written(next, style, isText) };
}

const isWritten = (style: unknown): boolean =>
  style === Scalar.PLAIN || style === Scalar.QUOTE_SINGLE || style === Scalar.QUOTE_DOUBLE;

/** Plain values as they stand in the text, so that `1.50` stays `1.50`. */
function scalarText(node: Scalar, source: string): string | null {
  if (node.type === Scalar.PLAIN) return source;
  return typeof node.value === 'string' ? node.value : null;
}

/** Switches and numbers, which YAML takes for texts only between quotation marks. */
const typedWord = /^(?:true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?)$/i;
/** A text that every reader of YAML takes for a text, without quotation marks. */
const plainText = /^(?!(?:true|false|y|n|yes|no|on|off|null)$)[a-z]\w*$/i;

function written(value: string, style: unknown, isText: boolean): string | null {
  if (!isOneLine(value)) return null;
  const isPlain = plainText.test(value) || (!isText && typedWord.test(value));
  if (style === Scalar.PLAIN && isPlain) return value;
  if (style === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
  return `'${value.replaceAll("'", "''")}'`;
}
