/** Whose claims a record holds: of the sources that are synced, or of the skills that publish. An entity is what both say. */
export type Layer = 'sources' | 'published'
