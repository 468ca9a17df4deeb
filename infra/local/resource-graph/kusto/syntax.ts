import { createRequire } from 'node:module'

/** A node of a query's tree: Microsoft's parser's, copied into plain objects so that the rest of the code is typed. */
export interface SyntaxNode {
  /** Name of the parser's `SyntaxKind`, such as `FilterOperator`. */
  kind: string
  /** First and one past the last character of the query that the node covers, without leading blanks. */
  start: number
  end: number
  /** A token's text as written, undefined for a node with children. */
  text?: string
  /** A literal token's value: a string without its quotes and escapes. */
  value?: string
  /** Children by the parser's own names, such as `Condition`; lists are flattened to their elements in `items`. */
  parts: Record<string, SyntaxNode>
  items: SyntaxNode[]
}

/** What the parser objected to. */
export interface SyntaxProblem {
  code: string
  message: string
  start: number
  length: number
}

interface KustoElement {
  Kind: number
  TextStart: number
  End: number
  ChildCount: number
  IsToken?: boolean
  Text?: string
  ValueText?: string
  GetChild(index: number): KustoElement | null
  GetName(index: number): string | null
}

interface KustoLanguage {
  KustoCode: {
    Parse(text: string): {
      Syntax: KustoElement
      GetSyntaxDiagnostics(): {
        Count: number
        getItem(index: number): { Code: string; Message: string; Start: number; Length: number }
      }
    }
  }
  Syntax: { SyntaxKind: Record<string, number> }
}

let language: { kusto: KustoLanguage; kinds: string[] } | undefined

/**
 * Loads the parser at the first query, not at start-up: it costs 0.2 s to load and up to 2 s to warm up. It is a compiled
 * .NET library that registers itself on the global object; its own type declarations are 1.7 MB and are left out.
 */
function load(): { kusto: KustoLanguage; kinds: string[] } {
  if (language) return language
  const require = createRequire(import.meta.url)
  require('@kusto/language-service-next/bridge.min.js')
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js')
  const kusto = (globalThis as unknown as { Kusto: { Language: KustoLanguage } }).Kusto.Language
  const kinds: string[] = []
  for (const [name, number] of Object.entries(kusto.Syntax.SyntaxKind)) {
    if (typeof number === 'number') kinds[number] = name
  }
  language = { kusto, kinds }
  return language
}

/** Parses a query. The tree is complete even where `problems` is not empty; it is then not to be run. */
export function parseQuery(text: string): { root: SyntaxNode; problems: SyntaxProblem[] } {
  const { kusto, kinds } = load()
  const code = kusto.KustoCode.Parse(text)
  const found = code.GetSyntaxDiagnostics()
  const problems = Array.from({ length: found.Count }, (_, index) => {
    const { Code, Message, Start, Length } = found.getItem(index)
    return { code: Code, message: Message, start: Start, length: Length }
  })
  return { root: copy(code.Syntax, kinds), problems }
}

function copy(element: KustoElement, kinds: string[]): SyntaxNode {
  const node: SyntaxNode = {
    kind: kinds[element.Kind] ?? `Kind${element.Kind}`,
    start: element.TextStart,
    end: element.End,
    parts: {},
    items: [],
  }
  if (element.IsToken) {
    node.text = element.Text ?? ''
    node.value = element.ValueText ?? node.text
  }
  for (let index = 0; index < element.ChildCount; index++) {
    const child = element.GetChild(index)
    if (!child) continue
    const name = element.GetName(index)
    const copied = copy(child, kinds)
    if (name) node.parts[name] = copied
    // A list holds `SeparatedElement`s, each an element and its comma: only the element matters.
    else node.items.push(copied.kind === 'SeparatedElement' ? (copied.items[0] ?? copied) : copied)
  }
  return node
}
