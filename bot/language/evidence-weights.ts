/**
 * How much each figure of the evidence weighs (evidence.ts), for a command and for none. Fitted on the set "weigh" of test/language by `npm run fit`, which
 * prints them.
 */
export const weights = {
  command: [
    0.98, 2.36, 1.12, -0.2, -0.5, -0.48, -0.83, -0.84, 1.56, 0.77, 0.4, 1.34, -0.92, 0.42, 1.05, 0.32, -0.93, 1.71,
    -3.11, -0.13, 1.94, 0.74, 1.06, -1.37, 0.26, -0.33, 0.01, 1.44, 0.31, -1.17, 0.8, 0.32, -1.08, -1.44, -0.62, -1.65,
    -0.76, 0.86, 0.89, 0.6, 0.32, -0.16, 0.47, 0.09,
  ],
  none: [-1.97, 0.54, -0.03, -0.14, -0.37, 0.9, 1.4, 1.09, -0.15],
}
