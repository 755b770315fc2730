/** Text of a failed rule. `kind` = whether a size rule counted characters or compared numbers. */
export type RuleText = (
  rule: string,
  field: string,
  parameters: readonly string[],
  kind: 'numeric' | 'string',
) => string;

type Texts = Record<string, string | { numeric: string; string: string }>;

/** Current texts of the framework, as in the API reference. The panel uses them where it has no own text. */
const current: Texts = {
  alpha: 'The :field field must only contain letters.',
  alpha_dash: 'The :field field must only contain letters, numbers, dashes, and underscores.',
  alpha_num: 'The :field field must only contain letters and numbers.',
  array: 'The :field field must be an array.',
  ascii: 'The :field field must only contain single-byte alphanumeric characters and symbols.',
  between: {
    numeric: 'The :field field must be between :0 and :1.',
    string: 'The :field field must be between :0 and :1 characters.',
  },
  boolean: 'The :field field must be true or false.',
  confirmed: 'The :field field confirmation does not match.',
  date: 'The :field field must be a valid date.',
  decimal: 'The :field field must have :0 decimal places.',
  digits: 'The :field field must be :0 digits.',
  digits_between: 'The :field field must be between :0 and :1 digits.',
  email: 'The :field field must be a valid email address.',
  ends_with: 'The :field field must end with one of the following: :all.',
  filled: 'The :field field must have a value.',
  gt: {
    numeric: 'The :field field must be greater than :0.',
    string: 'The :field field must be greater than :0 characters.',
  },
  gte: {
    numeric: 'The :field field must be greater than or equal to :0.',
    string: 'The :field field must be greater than or equal to :0 characters.',
  },
  in: 'The selected :field is invalid.',
  integer: 'The :field field must be an integer.',
  ip: 'The :field field must be a valid IP address.',
  ipv4: 'The :field field must be a valid IPv4 address.',
  ipv6: 'The :field field must be a valid IPv6 address.',
  json: 'The :field field must be a valid JSON string.',
  lowercase: 'The :field field must be lowercase.',
  lt: {
    numeric: 'The :field field must be less than :0.',
    string: 'The :field field must be less than :0 characters.',
  },
  lte: {
    numeric: 'The :field field must be less than or equal to :0.',
    string: 'The :field field must be less than or equal to :0 characters.',
  },
  max: {
    numeric: 'The :field field must not be greater than :0.',
    string: 'The :field field must not be greater than :0 characters.',
  },
  min: {
    numeric: 'The :field field must be at least :0.',
    string: 'The :field field must be at least :0 characters.',
  },
  not_in: 'The selected :field is invalid.',
  not_regex: 'The :field field format is invalid.',
  numeric: 'The :field field must be a number.',
  present: 'The :field field must be present.',
  regex: 'The :field field format is invalid.',
  required: 'The :field field is required.',
  required_unless: 'The :field field is required unless :0 is in :1.',
  size: { numeric: 'The :field field must be :0.', string: 'The :field field must be :0 characters.' },
  starts_with: 'The :field field must start with one of the following: :all.',
  string: 'The :field field must be a string.',
  timezone: 'The :field field must be a valid timezone.',
  unique: 'The :field has already been taken.',
  uppercase: 'The :field field must be uppercase.',
  url: 'The :field field must be a valid URL.',
  uuid: 'The :field field must be a valid UUID.',
};

/** Older texts of the panel itself (PROTOCOL 3.1). */
const panel: Texts = {
  ...current,
  alpha: 'The :field may only contain letters.',
  alpha_dash: 'The :field may only contain letters, numbers, and dashes.',
  alpha_num: 'The :field may only contain letters and numbers.',
  array: 'The :field must be an array.',
  between: {
    numeric: 'The :field must be between :0 and :1.',
    string: 'The :field must be between :0 and :1 characters.',
  },
  confirmed: 'The :field confirmation does not match.',
  date: 'The :field is not a valid date.',
  digits: 'The :field must be :0 digits.',
  digits_between: 'The :field must be between :0 and :1 digits.',
  email: 'The :field must be a valid email address.',
  filled: 'The :field field is required.',
  integer: 'The :field must be an integer.',
  ip: 'The :field must be a valid IP address.',
  json: 'The :field must be a valid JSON string.',
  max: {
    numeric: 'The :field may not be greater than :0.',
    string: 'The :field may not be greater than :0 characters.',
  },
  min: {
    numeric: 'The :field must be at least :0.',
    string: 'The :field must be at least :0 characters.',
  },
  numeric: 'The :field must be a number.',
  regex: 'The :field format is invalid.',
  size: { numeric: 'The :field must be :0.', string: 'The :field must be :0 characters.' },
  string: 'The :field must be a string.',
  timezone: 'The :field must be a valid zone.',
  url: 'The :field format is invalid.',
};

function textsOf(texts: Texts): RuleText {
  return (rule, field, parameters, kind) => {
    const entry = texts[rule] ?? 'The :field is invalid.';
    const text = typeof entry === 'string' ? entry : entry[kind];
    return text
      .replace(':field', field.replaceAll('_', ' '))
      .replace(':all', parameters.join(', '))
      .replace(/:([01])/g, (_, at: string) => parameters[Number(at)] ?? '');
  };
}

export const panelTexts = textsOf(panel);
export const currentTexts = textsOf(current);
