/** Id of an order of a rule: a run walks each place once, so its id and the place of the step name the order. */
export function orderIdOf(runId: string, place: string): string {
  return `${runId}#${place}`;
}
