import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import type { Problem } from './problem.js'

/** Keys and indices from a file's root to a value. */
export type Path = readonly (string | number)[]

/** A YAML file that knows where each of its values stands. */
export class SourceFile {
  readonly #document: Document
  readonly #lines = new LineCounter()

  constructor(
    readonly name: string,
    text: string,
  ) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, merge: true })
  }

  /** What is wrong with it as YAML: the first mistake, since the others usually follow from it. */
  syntaxProblem(): Problem | undefined {
    const [error] = this.#document.errors
    if (!error) return undefined
    const message = `${error.message} (not valid YAML; text that contains { } [ ] , : or # belongs in quotes)`
    return { file: this.name, ...this.#place(error.pos[0]), message }
  }

  /** What it says; not to be asked for where its syntax is wrong. */
  value(): unknown {
    return this.#document.toJS()
  }

  /** A mistake at a value; where the value is absent, at the nearest one around it. */
  problem(path: Path, message: string): Problem {
    return { file: this.name, ...this.#place(this.#offset(path)), message }
  }

  /** A mistake in the name of a key rather than in its value. */
  problemAtKey(path: Path, key: string, message: string): Problem {
    const around = this.#nodeAt(path)
    const pair = isMap(around)
      ? around.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      : undefined
    const offset = isNode(pair?.key) ? pair.key.range?.[0] : undefined
    return { file: this.name, ...this.#place(offset ?? this.#offset(path)), message }
  }

  #place(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }

  #offset(path: Path): number {
    for (let length = path.length; length > 0; length--) {
      const range = this.#nodeAt(path.slice(0, length))?.range
      if (range) return range[0]
    }
    return this.#document.contents?.range?.[0] ?? 0
  }

  #nodeAt(path: Path): Node | undefined {
    let node: unknown = this.#document.contents
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(this.#document)
      if (!isMap(node) && !isSeq(node)) return undefined
      node = node.get(step, true)
    }
    return isNode(node) ? node : undefined
  }
}
