/** Two texts side by side: the panel's text, which can't be changed, and the text to save. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { compareTheme } from './code-theme.js';
import { keepingLineEnds, textWithEnds } from './line-ends.js';
import { phrases } from './panel-words.js';

interface CompareParts {
  readonly parent: HTMLElement;
  readonly theirs: string;
  readonly own: string;
  /** Accessible names. */
  readonly labels: { readonly theirs: string; readonly own: string };
}

export class CompareView {
  readonly #view: MergeView;

  constructor({ parent, theirs, own, labels }: CompareParts) {
    this.#view = new MergeView({
      parent,
      a: {
        doc: theirs,
        extensions: [common(labels.theirs), EditorState.readOnly.of(true), EditorView.editable.of(false)],
      },
      b: {
        doc: own,
        extensions: [
          common(labels.own),
          keepingLineEnds(own),
          history(),
          // Tab leaves the text, as in every dialog.
          keymap.of([...historyKeymap, ...defaultKeymap]),
        ],
      },
      revertControls: 'a-to-b',
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
    });
  }

  /** The text that is going to be saved, with its line ends. */
  get own(): string {
    return textWithEnds(this.#view.b.state);
  }

  destroy(): void {
    this.#view.destroy();
  }
}

const common = (label: string): Extension => [
  lineNumbers(),
  highlightSpecialChars(),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false' }),
  compareTheme,
  phrases(),
];
