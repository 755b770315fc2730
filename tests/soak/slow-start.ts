/** When a start that comes to nothing is told: shorter than people set it, so that a short history has some. */
export const slowStartMinutes = 2;
