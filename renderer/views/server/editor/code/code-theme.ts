/** Look of the editor, in the colours of the window. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  { tag: [tags.comment, tags.meta], color: 'var(--text-faint)', fontStyle: 'italic' },
  {
    tag: [tags.propertyName, tags.attributeName, tags.definition(tags.propertyName)],
    color: 'var(--term-blue)',
  },
  { tag: [tags.string, tags.attributeValue, tags.special(tags.string)], color: 'var(--term-green)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--term-magenta)' },
  {
    tag: [tags.keyword, tags.tagName, tags.heading, tags.labelName, tags.typeName],
    color: 'var(--term-cyan)',
  },
  { tag: [tags.variableName, tags.definition(tags.variableName)], color: 'var(--term-blue)' },
  { tag: tags.invalid, color: 'var(--term-red)' },
]);

const look = EditorView.theme({
  '&': {
    height: '100%',
    color: 'var(--text)',
    backgroundColor: 'var(--surface-sunken)',
    fontSize: 'var(--size-small)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--text)', padding: 'var(--s2) 0' },
  '.cm-line': { padding: '0 var(--s3)' },
  '.cm-gutters': {
    color: 'var(--text-faint)',
    backgroundColor: 'var(--surface-sunken)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 var(--s2) 0 var(--s3)', minWidth: '40px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--surface-hover)' },
  '.cm-activeLineGutter': { color: 'var(--text)' },
  '.cm-markedPlace': { backgroundColor: 'var(--chart-band)', borderRadius: '2px' },
  '.cm-markedLine': { backgroundColor: 'var(--accent-soft)', boxShadow: 'inset 2px 0 0 var(--accent)' },
  '& .cm-content ::selection, & .cm-line::selection': { backgroundColor: 'var(--term-selection)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--line-control)',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--term-match)' },
  '.cm-searchMatch-selected': {
    color: 'var(--term-on-match-current)',
    backgroundColor: 'var(--term-match-current)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--surface-selected)' },
  '.cm-specialChar': { color: 'var(--term-red)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--state-crashed)',
    textUnderlineOffset: '3px',
  },
  '.cm-panels': {
    color: 'var(--text)',
    backgroundColor: 'var(--surface-raised)',
    fontFamily: 'var(--font)',
  },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-search, .cm-panel.cm-gotoLine': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: 'var(--s1) var(--s2)',
    padding: 'var(--s2) var(--s8) var(--s2) var(--s3)',
    fontSize: 'var(--size-small)',
  },
  '.cm-panel.cm-search br': { flexBasis: '100%', content: '""' },
  '.cm-panel.cm-search label': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 'var(--s1)',
    fontSize: 'inherit',
  },
  '.cm-textfield': {
    height: 'var(--control)',
    padding: '0 var(--s2)',
    margin: '0',
    color: 'var(--text)',
    backgroundColor: 'var(--surface-control)',
    border: '1px solid var(--line-control)',
    borderRadius: 'var(--radius)',
    fontFamily: 'var(--mono)',
    fontSize: 'var(--size-small)',
  },
  '.cm-textfield:focus-visible, .cm-button:focus-visible': { outline: 'var(--ring)', outlineOffset: '1px' },
  '.cm-button': {
    height: 'var(--control)',
    padding: '0 var(--s2)',
    margin: '0',
    color: 'var(--text)',
    backgroundColor: 'var(--surface-control)',
    backgroundImage: 'none',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    fontSize: 'var(--size-small)',
    fontWeight: '500',
  },
  '.cm-button:hover': { backgroundColor: 'var(--surface-hover)' },
  '.cm-panel.cm-search [name=close], .cm-panel.cm-gotoLine [name=close]': {
    width: '24px',
    height: '24px',
    color: 'var(--text-soft)',
    cursor: 'default',
  },
  '.cm-tooltip': {
    color: 'var(--text)',
    backgroundColor: 'var(--surface-raised)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    boxShadow: 'var(--shadow-large)',
  },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--state-crashed)' },
});

/** Look of the comparison of two texts. */
const changes = EditorView.theme({
  '&.cm-merge-a .cm-changedLine': { backgroundColor: 'var(--error-soft)' },
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--accent-soft)' },
  '&.cm-merge-a .cm-changedText, &.cm-merge-a .cm-deletedChunk .cm-deletedText': {
    background: 'none',
    backgroundColor: 'var(--error-line)',
  },
  '&.cm-merge-b .cm-changedText': {
    background: 'none',
    backgroundColor: 'var(--chart-band)',
  },
  '&.cm-merge-a .cm-changedLineGutter': { backgroundColor: 'var(--state-crashed)' },
  '&.cm-merge-b .cm-changedLineGutter': { backgroundColor: 'var(--accent)' },
  '.cm-collapsedLines': {
    color: 'var(--text-soft)',
    background: 'var(--surface-side)',
    padding: '2px var(--s3)',
  },
});

export const codeTheme: Extension = [look, syntaxHighlighting(colours)];
export const compareTheme: Extension = [codeTheme, changes];
