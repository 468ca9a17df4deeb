/**
 * How much each figure of the evidence weighs (evidence.ts), for a command and for none. Fitted on the set "weigh" of test/language by `npm run fit`, which
 * prints them.
 */
export const weights = {
  command: [
    0.99, 2.11, 1.32, -0.03, -0.47, -0.53, -0.89, -0.94, 1.68, 0.47, -0.13, 1.67, -0.66, 0.38, 1.11, 0.24, -0.92, 1.79,
    -3.07, -0.2, 1.92, -0.36, 1.95, 0.47, 0.98, -1.53, 0.07, -0.05, 0.02, 1.3, 0.28, -1.33, 0.71, 0.5, -0.94, -1.74,
    -0.47, -1.47, -0.47, 0.74, 1.38, 0.86, 0.51, -0.24, 0.87, -0.15,
  ],
  none: [-1.21, 0.63, 0.08, -0.39, -0.43, 0.79, 1.21, 1.39, 0.09],
}
