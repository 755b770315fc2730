/** The editor of one text: CodeMirror with the keys, languages and look of the window. */
import { defaultKeymap, history, historyKeymap, indentWithTab, redo, undo } from '@codemirror/commands';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { linter, lintKeymap } from '@codemirror/lint';
import {
  gotoLine,
  highlightSelectionMatches,
  openSearchPanel,
  search,
  searchKeymap,
} from '@codemirror/search';
import {
  Compartment,
  EditorState,
  type ChangeSpec,
  type Extension,
  type StateEffect,
} from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { codeTheme } from './code-theme.js';
import { keepingLineEnds, textWithEnds } from './line-ends.js';
import { loadLanguage, type LanguageName } from './languages.js';
import { markedPlace, markPlace, type MarkedPlace } from './marked-place.js';
import { mistakesIn, type Mistake } from './mistakes.js';
import { phrases } from './panel-words.js';

/** Line and column of the cursor, from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

interface CodeEditorParts {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly language: LanguageName;
  /** Accessible name. */
  readonly label: string;
  readonly isReadOnly: boolean;
  readonly wraps: boolean;
  readonly onchange: () => void;
  readonly onplace: (place: TextPlace) => void;
  readonly onmistakes: (mistakes: readonly Mistake[]) => void;
}

const checkAfterMs = 400;

export class CodeEditor {
  readonly #view: EditorView;
  readonly #language = new Compartment();
  readonly #readOnly = new Compartment();
  readonly #wrap = new Compartment();
  #languageName: LanguageName;

  constructor(private readonly parts: CodeEditorParts) {
    this.#languageName = parts.language;
    this.#view = new EditorView({ parent: parts.parent, state: this.#stateOf(parts.text, parts) });
    void this.#loadLanguage();
  }

  /** The text with the line ends of the file. */
  get text(): string {
    return textWithEnds(this.#view.state);
  }

  /** The text with `\n` as its line end, to which all offsets refer. */
  get content(): string {
    return this.#view.state.doc.toString();
  }

  /** Shows another text, without an undo to the previous text. */
  show(text: string, now: Pick<CodeEditorParts, 'isReadOnly' | 'wraps'>): void {
    this.#view.setState(this.#stateOf(text, now));
    void this.#loadLanguage();
  }

  focus(): void {
    this.#view.focus();
  }

  find(): void {
    openSearchPanel(this.#view);
  }

  goToLine(): void {
    gotoLine(this.#view);
  }

  /** Puts the cursor on a place of the text. */
  goTo({ from }: Pick<Mistake, 'from'>): void {
    const anchor = Math.min(from, this.#view.state.doc.length);
    this.#view.dispatch({ selection: { anchor }, scrollIntoView: true });
    this.#view.focus();
  }

  /** Changes the text from outside; `isTyping` = a part of a value that is typed, undone together with its other parts. */
  change(changes: ChangeSpec, { isTyping }: { readonly isTyping: boolean }): void {
    this.#view.dispatch({ changes, userEvent: isTyping ? 'input.type.form' : 'input.form' });
  }

  undo(): void {
    undo(this.#view);
  }

  redo(): void {
    redo(this.#view);
  }

  /** Marks a place and its line, and scrolls there; null = no mark. */
  mark(place: MarkedPlace | null): void {
    // A long text is read a moment after a change, so the place may be gone.
    const isThere = place !== null && place.to <= this.#view.state.doc.length;
    const effects: StateEffect<unknown>[] = [markPlace.of(isThere ? place : null)];
    if (isThere) effects.push(EditorView.scrollIntoView(place.from, { yMargin: 48, xMargin: 48 }));
    this.#view.dispatch({ effects });
  }

  lineAt(offset: number): number {
    const { doc } = this.#view.state;
    return doc.lineAt(Math.min(offset, doc.length)).number;
  }

  /** Colours and checks the text in another language. */
  setLanguage(name: LanguageName): void {
    if (name === this.#languageName) return;
    this.#languageName = name;
    void this.#loadLanguage();
  }

  setReadOnly(isReadOnly: boolean): void {
    this.#view.dispatch({ effects: this.#readOnly.reconfigure(readOnly(isReadOnly)) });
  }

  setWraps(wraps: boolean): void {
    this.#view.dispatch({ effects: this.#wrap.reconfigure(wraps ? EditorView.lineWrapping : []) });
  }

  /** Mistakes of the present text. */
  mistakes(): Promise<readonly Mistake[]> {
    return mistakesIn(this.#languageName, this.content);
  }

  destroy(): void {
    this.#view.destroy();
  }

  #stateOf(text: string, { isReadOnly, wraps }: Pick<CodeEditorParts, 'isReadOnly' | 'wraps'>): EditorState {
    const { label, onchange, onplace } = this.parts;
    return EditorState.create({
      doc: text,
      extensions: [
        keepingLineEnds(text),
        history(),
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        highlightSelectionMatches(),
        markedPlace,
        bracketMatching(),
        search({ top: true }),
        indentUnit.of('  '),
        keymap.of([...searchKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
        this.#language.of([]),
        this.#readOnly.of(readOnly(isReadOnly)),
        this.#wrap.of(wraps ? EditorView.lineWrapping : []),
        this.#checking(),
        codeTheme,
        phrases(),
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
        EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
          if (docChanged) onchange();
          if (docChanged || selectionSet) onplace(placeIn(state));
        }),
      ],
    });
  }

  /** Marks mistakes a moment after the last key. */
  #checking(): Extension {
    return linter(
      async () => {
        const mistakes = await this.mistakes();
        this.parts.onmistakes(mistakes);
        return mistakes.map(({ from, to, why }) => ({ from, to, severity: 'error' as const, message: why }));
      },
      {
        delay: checkAfterMs,
        // The mistakes of the earlier language no longer count.
        needsRefresh: ({ transactions }) => transactions.some(({ reconfigured }) => reconfigured),
      },
    );
  }

  async #loadLanguage(): Promise<void> {
    const name = this.#languageName;
    const language = await loadLanguage(name);
    if (name !== this.#languageName) return;
    this.#view.dispatch({ effects: this.#language.reconfigure(language) });
  }
}

const readOnly = (isReadOnly: boolean): Extension => [
  EditorState.readOnly.of(isReadOnly),
  EditorView.editable.of(!isReadOnly),
  // A read-only text can still be reached and selected by keys, and accessibility checks see that keys scroll a long
  // line.
  EditorView.contentAttributes.of({ tabindex: '0' }),
];

function placeIn({ doc, selection }: EditorState): TextPlace {
  const { head } = selection.main;
  const { number, from } = doc.lineAt(head);
  return { line: number, column: head - from + 1 };
}
