import type { StoreTest } from '../store.js'

/** Makes an empty store for one test. */
export type Fresh = () => Promise<StoreTest>
