/** Names of all Laravel rules. A panel throws on any other name. */
export const ruleNames: ReadonlySet<string> = new Set(
  `accepted accepted_if active_url after after_or_equal alpha alpha_dash alpha_num array ascii bail before
  before_or_equal between boolean can confirmed contains current_password date date_equals date_format decimal
  declined declined_if different digits digits_between dimensions distinct doesnt_contain doesnt_end_with
  doesnt_start_with email ends_with enum exclude exclude_if exclude_unless exclude_with exclude_without exists
  extensions file filled gt gte hex_color image in in_array in_array_keys integer ip ipv4 ipv6 json list lowercase
  lt lte mac_address max max_digits mimes mimetypes min min_digits missing missing_if missing_unless missing_with
  missing_with_all multiple_of not_in not_regex nullable numeric present present_if present_unless present_with
  present_with_all prohibited prohibited_if prohibited_unless prohibits regex required required_array_keys
  required_if required_if_accepted required_if_declined required_unless required_with required_with_all
  required_without required_without_all same size sometimes starts_with string timezone ulid unique uploaded
  uppercase url uuid`.split(/\s+/),
);

/**
 * Implicit rules: Laravel also applies them to an empty value, and applies no further rule after an implicit rule
 * fails.
 */
export const isImplicit = (name: string): boolean =>
  /^(?:accepted|declined|filled|missing|present|required)(?:_|$)/.test(name) &&
  name !== 'required_array_keys';
