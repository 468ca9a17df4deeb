import { tokensOf, type Token } from '../tokens.js'
import type { TongueWords } from './tongue-words.js'

/**
 * Cuts a text of a language into comparable words: as English is cut, and beside it accents gone ("fuer", "für" and "fur" are one word), what
 * an apostrophe or a hyphen joins taken apart ("d'astreinte", "montre-moi"), articles and courtesies dropped. Spans stay those of the text.
 * @param apart whether hyphens part words: in a phrase they do, in names that people say they do not
 */
export function cutTongue(text: string, { idle, courtesies }: TongueWords, apart: boolean): Token[] {
  const words = tokensOf(text.replace(/[¿¡]/g, ' ')).flatMap((token) => parted(token, apart))
  const left = courtesies.reduce((rest, phrase) => without(rest, phrase), words)
  return left.filter(({ word }) => !idle.has(word))
}

/** Letters by which people write what their keyboards have not. */
const plain = (word: string): string =>
  word
    .replaceAll('ß', 'ss')
    .replace(/ä/g, 'a')
    .replace(/ö/g, 'o')
    .replace(/ü/g, 'u')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/fuer/g, 'fur')
    .replace(/^ueber/, 'uber')
    .replace(/stoerung/, 'storung')
    .replace(/^loese/, 'lose')

function parted(token: Token, apart: boolean): Token[] {
  const [, elided, rest] = /^(qu|[cdjlmnst])'(.+)$/.exec(token.word) ?? []
  const pieces = elided !== undefined && rest !== undefined ? [elided, rest] : [token.word]
  return pieces
    .flatMap((piece) => (apart || joined.test(piece) ? piece.split('-') : [piece]))
    .filter(Boolean)
    .map((word) => ({ ...token, word: plain(word) }))
}

/** What a hyphen joins in French questions and requests, and in no name. */
const joined = /-(moi|toi|tu|je|il|elle|on|ce|nous|vous)$|^est-ce|^(a|passe)-t-/

function without(tokens: Token[], phrase: readonly string[]): Token[] {
  const at = tokens.findIndex((_, start) => phrase.every((word, index) => tokens[start + index]?.word === word))
  return at < 0 ? tokens : [...tokens.slice(0, at), ...tokens.slice(at + phrase.length)]
}
