/**
 * How much each figure of the evidence weighs (evidence.ts), for a command and for none. Fitted on the set "weigh" of test/language by `npm run fit`, which
 * prints them.
 */
export const weights = {
  command: [
    0.99, 2.08, 1.31, -0.02, -0.67, -0.67, -0.87, -0.94, 1.66, 0.47, -0.05, 1.59, -0.67, 0.4, 1.11, 0.26, -1.12, 1.85,
    -2.92, -0.2, 1.93, -0.45, 2.03, 0.49, 0.97, -1.54, 0.08, -0.07, 0.02, 1.37, 1.06, 0.6, -0.02, -0.67, 0.2, -1.3,
    0.73, 0.49, -0.98, -1.72, -0.39, -1.59, -0.45, 0.75, 1.29, 0.93, 0.58, -0.22, 0.96, 0.03,
  ],
  none: [-1.21, 0.64, 0.05, -0.43, -0.49, 0.77, 1.22, 1.42, 0.09],
}
