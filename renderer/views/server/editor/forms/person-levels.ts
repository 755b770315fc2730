import { say } from '../../../../../messages/messages.js';

/** The levels of operators, in words. */
export const levels = (): { value: string; label: string }[] => [
  { value: '1', label: say('config-forms.level-1') },
  { value: '2', label: say('config-forms.level-2') },
  { value: '3', label: say('config-forms.level-3') },
  { value: '4', label: say('config-forms.level-4') },
];
