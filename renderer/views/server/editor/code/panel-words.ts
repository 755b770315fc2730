/** Words of CodeMirror's own panels, in the language of the window. */
import { EditorState, type Extension } from '@codemirror/state';
import { say } from '../../../../../messages/messages.js';

export function phrases(): Extension {
  return EditorState.phrases.of({
    Find: say('texts.find'),
    Replace: say('texts.replace-with'),
    next: say('texts.find-next'),
    previous: say('texts.find-previous'),
    all: say('texts.find-all'),
    'match case': say('texts.find-case'),
    regexp: say('texts.find-regexp'),
    'by word': say('texts.find-word'),
    replace: say('texts.replace'),
    'replace all': say('texts.replace-all'),
    close: say('texts.close-find'),
    'current match': say('texts.find-current'),
    'replaced $ matches': say('texts.replaced-matches'),
    'replaced match on line $': say('texts.replaced-match'),
    'on line': say('texts.find-on-line'),
    'Go to line': say('texts.go-to-line'),
    go: say('texts.go'),
    'Control character': say('texts.control-character'),
    '$ unchanged lines': say('texts.unchanged-lines'),
    'Revert this chunk': say('texts.take-part'),
  });
}
