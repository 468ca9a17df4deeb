/**
 * How much each figure of the evidence weighs (evidence.ts), for a command and for none. Fitted on the set "weigh" of test/language by `npm run fit`, which
 * prints them.
 */
export const weights = {
  command: [
    1.01, 2.05, 1.15, 0.02, -0.53, -0.66, -0.95, -1.1, 1.61, 0.35, -0.06, 1.42, -0.82, 0.29, 1.08, 0.37, -0.52, 1.54,
    -3.27, -0.3, 1.91, 0.43, 0.95, -1.46, 0.2, 0.06, 0.0, 1.26, 0.31, -1.38, 0.6, 0.51, -0.94, -1.7, -0.5, -1.45, -0.47,
    0.58, 1.12, 0.7, 0.24, -0.21, 0.71, -0.24,
  ],
  none: [-1.43, 0.63, 0.06, -0.15, -0.48, 0.79, 1.13, 1.16, -0.05],
}
