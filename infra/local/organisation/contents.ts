import type { z } from 'zod/v4'
import type { files } from './schema/files.js'
import type { SourceFile } from './source-file.js'

/** A file of an organisation's folder. */
export type FileName = keyof typeof files

/** What the files say after their shapes were checked; a file with mistakes is absent. */
export type Contents = { [F in FileName]?: z.output<(typeof files)[F]> }

/** The files as they are written, to say where a mistake is. */
export type Sources = Map<FileName, SourceFile>
